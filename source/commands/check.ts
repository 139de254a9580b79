import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {defaultOptions, type ProbeOptions} from '../engine/probe-target.js';
import {policies} from '../policy/policies/index.js';
import {defaultVersions} from '../registry/versions.js';
import {checkSupported} from './checking/check-endpoint.js';
import {initFile} from './checking/init-file.js';
import {type CheckEndpoint, type InvalidEndpoint, listEndpoints} from './checking/list-endpoints.js';
import {readCheckFile} from './checking/read-check-file.js';
import {runChecks} from './checking/run-checks.js';
import {type Context, defineCommand, type ExitCode, type FlagValues, UsageError} from './command.js';
import {readTarget} from './probing/read-options.js';
import {readCount, readDuration} from './read-values.js';

const defaultFile = 'tlsprobe.yaml';

const checkFlags = {
	init: {type: 'boolean'},
	output: {type: 'string', shortFlag: 'o'},
	json: {type: 'boolean'},
	timeout: {type: 'string'},
	deadline: {type: 'string'},
	retries: {type: 'string'},
	concurrency: {type: 'string'},
} as const;

type CheckFlags = FlagValues<typeof checkFlags>;

/** Expectations that are kept in a file, for build systems. */
export default defineCommand({
	name: 'check',
	summary: 'hold endpoints to what a file says must hold',
	flags: checkFlags,
	help: `Usage
  $ tlsprobe check [FILE]
  $ tlsprobe check --init HOST[:PORT]...

Probes every endpoint that FILE names, tlsprobe.yaml if not given, and says
which of its expectations are broken, by which rule, and what was seen.

The file, YAML or JSON
  defaults:
    expect: {rejects: [TLSv1.0, TLSv1.1], acceptsAny: [TLSv1.2, TLSv1.3]}
  endpoints:
    - target: edge.example.com:443
      name: public edge
      servername: portal.example.com   # what to ask for
      address: 127.0.0.1:8443          # where to connect instead
    - include: hosts.txt               # a list, as --hosts reads it
      expect: azure                    # a policy

  Words of an expectation: rejects (every one), accepts (every one),
  acceptsAny (at least one), minimum (this or higher alone).
  Policies: ${wrapped(policies.map(({name}) => name)).join('\n            ')}
  and those below "policies:". \${NAME} stands for an environment variable.

Options
  --init            write a first FILE from what the hosts do now
  -o, --output FILE with --init: where to  [tlsprobe.yaml]
  --json            one line of JSON per address
  --timeout TIME    of a connection, and of an answer  [5s]
  --deadline TIME   of a whole endpoint  [30s]
  --retries N       of connections that cannot be made  [1]
  --concurrency N   endpoints at once  [16]
  --no-color        no colours

Exit code
  0 every expectation met  1 one broken  2 wrong usage, or a fault in FILE
  3 none broken, but one could not be decided

Examples
  $ tlsprobe check --init portal.example.com
  $ tlsprobe check
  $ tlsprobe check staging.yaml --json | jq -r '.judgements[].message'
`,
	async run(input, values, context) {
		const probe = readProbeOptions(values, context);
		if (values.init) {
			return initFile(input.map(readTarget), {file: values.output ?? defaultFile, probe}, context);
		}

		if (values.output !== undefined) {
			throw new UsageError('--output goes with --init; send the results to a file with > FILE');
		}

		if (input.length > 1) {
			throw new UsageError(`check takes one file, not ${input.length}; to write one for hosts, add --init`);
		}

		return checkFile(input[0] ?? defaultFile, values, probe, context);
	},
});

function wrapped(names: readonly string[]): string[] {
	const lines: string[] = [];
	for (const name of names) {
		const last = lines.at(-1);
		if (last === undefined || last.length + name.length > 60) {
			lines.push(name);
		} else {
			lines[lines.length - 1] = `${last}, ${name}`;
		}
	}

	return lines.map((line, index) => (index < lines.length - 1 ? `${line},` : line));
}

const readProbeOptions = ({timeout, deadline, retries}: CheckFlags, {signal, toolVersion}: Context): ProbeOptions => ({
	...defaultOptions,
	versions: defaultVersions,
	timeoutMs: timeout === undefined ? defaultOptions.timeoutMs : readDuration('--timeout', timeout),
	deadlineMs: deadline === undefined ? defaultOptions.deadlineMs : readDuration('--deadline', deadline),
	retries: retries === undefined ? defaultOptions.retries : readCount('--retries', retries, 0, 100),
	signal,
	toolVersion,
});

async function checkFile(file: string, values: CheckFlags, probe: ProbeOptions, context: Context): Promise<ExitCode> {
	const concurrency = values.concurrency === undefined ? 16 : readCount('--concurrency', values.concurrency, 1, 1000);
	const read = readCheckFile(readText(file), file, context.environment);
	const endpoints: (CheckEndpoint | InvalidEndpoint)[] = [];
	for await (const endpoint of listEndpoints(read, path.dirname(file))) {
		if (endpoint.kind === 'endpoint') {
			checkSupported(endpoint);
		}

		endpoints.push(endpoint);
	}

	return runChecks(endpoints, {policies: read.policies, probe, concurrency, isJson: values.json ?? false}, context);
}

function readText(file: string): string {
	if (!existsSync(file)) {
		throw new UsageError(`there is no file ${file}; write one with tlsprobe check --init HOST`);
	}

	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		throw new UsageError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
	}
}
