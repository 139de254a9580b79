import path from 'node:path';
import {decodeText} from '../bytes/decode-text.js';
import {safeText} from '../bytes/safe-text.js';
import {configuredEndpoints} from '../checks/configured-endpoints.js';
import {openCheckFile, usualFile} from '../checks/file/open-check-file.js';
import {readCheckFile} from '../checks/file/read-check-file.js';
import {type CheckEndpoint, type InvalidEndpoint, listEndpoints} from '../checks/list-endpoints.js';
import type {ProbeOptions} from '../engine/probe-options.js';
import {wrap} from '../formats/fill.js';
import {collectLeftOut} from '../lists/left-out.js';
import {policies} from '../policy/policies/index.js';
import {products} from '../server-configs/index.js';
import {readConfiguration} from './checking/read-configuration.js';
import {readInitFile, readInitRoute, readInitTargets} from './checking/read-init.js';
import {showChecks} from './checking/show-checks.js';
import {writeInit} from './checking/write-init.js';
import {type Context, defineCommand, type ExitCode, type FlagValues, UsageError} from './command.js';
import {planOutputs} from './probing/plan-outputs.js';
import {takeFlags} from './probing/probe-flags.js';
import {readHooks, readOptions} from './probing/read-options.js';
import {readWords} from './probing/read-words.js';
import {readAll} from './read-all.js';
import {allowOnly} from './read-flags.js';
import {readCount} from './read-values.js';

const checkFlags = {
	init: {type: 'boolean'},
	config: {type: 'string', value: 'file'},
	configType: {type: 'string', value: 'products'},
	configHost: {type: 'string', value: 'text'},
	configVersion: {type: 'string', value: 'text'},
	expect: {type: 'string', value: 'policies', isList: true, isMultiple: true},
	...takeFlags(
		'policy',
		'output',
		'format',
		'json',
		'samples',
		'timeout',
		'deadline',
		'retries',
		'wait',
		'confirm',
		'probes',
		'full',
		'ca',
		'online',
		'ctLogs',
		'concurrency',
		'proxy',
		'starttls',
		'proxyProtocol',
		'alpn',
		'dns',
		'bail',
		'quiet',
	),
} as const;

type CheckFlags = FlagValues<typeof checkFlags>;

/** Expectations that are kept in a file, for build systems. */
export default defineCommand({
	name: 'check',
	summary: 'check endpoints against a file of expectations',
	operands: 'file',
	flags: checkFlags,
	help: `Usage
  $ tlsprobe check [FILE]
  $ tlsprobe check --config FILE
  $ tlsprobe check --init HOST[:PORT]...

Probes every endpoint in FILE, and reports which expectations are broken, by
which rule, and what was found. The default FILE is tlsprobe.yaml, tlsprobe.yml
or tlsprobe.json; - is standard input.

The file, YAML or JSON
  | defaults:
  |   expect: {rejects: [TLSv1.0, TLSv1.1], acceptsAny: [TLSv1.2, TLSv1.3]}
  | endpoints:
  |   - target: edge.example.com:443
  |     name: public edge
  |     servername: portal.example.com   # the name to send (SNI)
  |     address: 127.0.0.1:8443          # connect here instead
  |   - include: hosts.txt               # a list of targets, as for --hosts
  |     expect: azure                    # a policy

  Fields of an expectation: rejects (all of them), accepts (all of them),
  acceptsAny (at least one), minimum (only this version and higher).

  Policies: ${policies.map(({name}) => name).join(', ')}
            and those below "policies:". \${NAME} stands for an environment variable.

The configuration of a server
  --config FILE       probe the listeners in FILE, and report where the running
                      server accepts other versions, suites or groups than
                      FILE says
  --config-type NAME  ${wrap(`${products.map(({name}) => name).join(', ')}  [recognised]`, 56).join(`\n${' '.repeat(22)}`)}
  --config-host HOST  the address of listeners on all addresses  [127.0.0.1, for
                      Kubernetes the address in its status, or each name]
  --config-version V  the product's version, such as 2.4.58, if FILE depends
                      on it  [that of the program installed here]
  --expect NAME       with --config: also apply this policy, as --policy does

Options
  --policy NAME       also apply this policy to every endpoint; repeatable
  --init              write a first FILE from the current state of the hosts;
                      with --probes or --full, also from what these find
  --proxy URL, --starttls NAME, --proxy-protocol 1|2
                      with --init: the route, which is written to the file
                      without a password
  -o, --output FILE   with --init: the file to write  [tlsprobe.yaml]; else
                      also write the results to FILE, by its extension;
                      repeatable
  --format NAME       junit, sarif, github, markdown, tap, jsonl, html and
                      others of tlsprobe --help  [rules]
  --json              short for --format jsonl
  --samples N         connections for each version: several servers may answer
                      at one address  [3 for rejected old versions]
  --timeout TIME      limit for a connection, and for an answer  [5s]
  --deadline TIME     limit for a whole endpoint  [30s]
  --retries N         retries of failed connections  [1]
  --wait TIME         wait up to TIME for an endpoint that is not up yet
  --confirm           also complete the handshakes, and ask the services; rules
                      about the service, such as azure's, judge its answer
  --probes LIST       also run these probes, as in tlsprobe --help
  --full              run every probe that is harmless
  --ca FILE           also trust the authorities in FILE (PEM), and run the
                      probe certificates
  --online            fetch revocation and missing issuers from the URLs in
                      certificates, and run the probe certificates
  --ct-logs FILE      check the signatures of SCTs by this list of logs, and run
                      the probe certificates
  --alpn LIST         offer these application protocols, such as mqtt, in every
                      hello
  --concurrency N     endpoints probed at the same time  [16]
  --dns SERVER        use this name server; repeatable
  --bail              stop at the first endpoint that breaks an expectation
  -q, --quiet         print only errors on stderr
  --no-color          no colours

Exit code
  0 every expectation met  1 one broken  2 wrong usage, or an error in FILE
  3 none broken, but one could not be decided

Examples
  $ tlsprobe check --init portal.example.com
  $ tlsprobe check
  $ tlsprobe check --config /etc/nginx/nginx.conf --policy rfc8996
  $ tlsprobe check staging.yaml --json | jq -r '.judgements[].message'
`,
	async run(input, values, context) {
		if (values.init) {
			allowOnly({ca: values.ca, online: values.online, ctLogs: values.ctLogs}, [], 'does not go with --init');
		}

		// The way there is for the file to say.
		const {proxy: _proxy, starttls: _starttls, proxyProtocol: _proxyProtocol, ...flagsOfRun} = values;
		const probe = readOptions(flagsOfRun, context, {asksLargeHello: false});
		if (values.init) {
			const file = readInitFile(values);
			allowOnly(values, initFlags, 'does not go with --init');
			return writeInit(
				readInitTargets(input),
				{file, probe, hooks: readHooks(values, context), route: readInitRoute(values, context)},
				context,
			);
		}

		if (values.config !== undefined) {
			return checkConfiguration(values.config, input, values, probe, context);
		}

		checkFlagsOfOthers(values);
		if (input.length > 1) {
			throw new UsageError(`check takes one file, not ${input.length}; add --init to write a file for hosts`);
		}

		return checkFile(input[0] ?? usualFile(), values, probe, context);
	},
});

/** What writing a first file takes. */
const initFlags = ['init', 'output', 'probes', 'full', 'timeout', 'deadline', 'retries', 'proxy', 'starttls', 'proxyProtocol', 'dns'];

/** Flags that mean something elsewhere alone. */
function checkFlagsOfOthers({configType, configHost, configVersion, expect, proxy, starttls, proxyProtocol}: CheckFlags): void {
	allowOnly({configType, configHost, configVersion}, [], 'goes with --config FILE');
	allowOnly({expect}, [], 'goes with --config FILE; for a file of expectations it is --policy NAME');
	checkRouteFlags({proxy, starttls, 'proxy-protocol': proxyProtocol});
}

/** What lies between is for the file to say. */
function checkRouteFlags(flags: Readonly<Record<string, string | undefined>>): void {
	const flag = Object.entries(flags).find(([, value]) => value !== undefined)?.[0];
	if (flag !== undefined) {
		const field = flag === 'proxy-protocol' ? 'proxyProtocol' : flag;
		throw new UsageError(`--${flag} goes with --init; in a file of expectations, write "${field}:" in an endpoint or in defaults`);
	}
}

async function checkConfiguration(
	file: string,
	input: readonly string[],
	values: CheckFlags,
	probe: ProbeOptions,
	context: Context,
): Promise<ExitCode> {
	checkRouteFlags({proxy: values.proxy, starttls: values.starttls, 'proxy-protocol': values.proxyProtocol});
	if (input.length > 0) {
		throw new UsageError(`--config reads the endpoints from ${file}; leave out ${input[0]}, or check it separately`);
	}

	const words = policies.map(({name}) => name);
	const names = new Set([...readWords('--expect', values.expect, words), ...readWords('--policy', values.policy, words)]);
	const {endpoints, notes} = configuredEndpoints({
		...readConfiguration(file, values, context),
		expect: [...names].map(name => ({kind: 'policy', name})),
	});
	for (const note of notes) {
		context.warn(`${safeText(note, context.look)}\n`);
	}

	return showChecks(
		endpoints,
		{
			policies: [],
			probe: {...probe, policies: [...names]},
			hooks: readHooks(values, context),
			concurrency: readConcurrency(values),
			bails: values.bail ?? false,
			outputs: planOutputs({...values, evidence: false, resume: false}, 'rules'),
			inputs: [{name: '--config', path: file}],
		},
		context,
	);
}

const readConcurrency = ({concurrency}: CheckFlags): number =>
	concurrency === undefined ? 16 : readCount('--concurrency', concurrency, 1, 1000);

async function checkFile(file: string, values: CheckFlags, probe: ProbeOptions, context: Context): Promise<ExitCode> {
	const isInput = file === '-';
	const name = isInput ? 'standard input' : file;
	const text = isInput ? decodeText(await readAll(context)) : openCheckFile(file);
	const read = readCheckFile(text, name, context.environment);
	for (const note of read.notes) {
		context.warn(`${note}\n`);
	}

	const words = [...policies, ...read.policies].map(policy => policy.name);
	const names = [...new Set(readWords('--policy', values.policy, words))];
	const besides = names.map(policy => ({kind: 'policy', name: policy}) as const);
	const endpoints: (CheckEndpoint | InvalidEndpoint)[] = [];
	const leftOut = collectLeftOut();
	for await (const endpoint of listEndpoints(read, path.dirname(file), leftOut.of)) {
		endpoints.push(endpoint.kind === 'endpoint' ? {...endpoint, expect: [...endpoint.expect, ...besides]} : endpoint);
	}

	for (const line of leftOut.lines()) {
		context.warn(line);
	}

	return showChecks(
		endpoints,
		{
			policies: read.policies,
			probe: {...probe, policies: names},
			hooks: readHooks(values, context),
			concurrency: readConcurrency(values),
			bails: values.bail ?? false,
			outputs: planOutputs({...values, evidence: false, resume: false}, 'rules'),
			inputs: [
				{name: 'the file', path: file},
				...read.endpoints.flatMap(entry =>
					entry.kind === 'include' ? [{name: 'the list', path: path.resolve(path.dirname(file), entry.path)}] : [],
				),
			],
		},
		context,
	);
}
