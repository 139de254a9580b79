import {isIP} from 'node:net';
import {defaultOptions, type ProbeOptions, probeTarget, type TargetResult} from '../engine/probe-target.js';
import {likelyMeant, parseTarget, type Target} from '../engine/target.js';
import {jsonLine} from '../formats/json.js';
import {worstVerdict} from '../policy/default-expectation.js';
import {defaultVersions} from '../registry/versions.js';
import {type Context, defineCommand, type ExitCode, type FlagValues, UsageError} from './command.js';
import {readCount, readDuration, readOverride, readVersions} from './read-values.js';

const flags = {
	versions: {type: 'string', isMultiple: true},
	timeout: {type: 'string'},
	deadline: {type: 'string'},
	retries: {type: 'string'},
	maxConnections: {type: 'string'},
	addresses: {type: 'string'},
	ipv4: {type: 'boolean'},
	ipv6: {type: 'boolean'},
	resolve: {type: 'string', isMultiple: true},
	servername: {type: 'string', isNegatable: true},
	alsoWithoutServername: {type: 'boolean'},
	source: {type: 'string'},
	json: {type: 'boolean'},
	evidence: {type: 'boolean'},
	explain: {type: 'boolean'},
	record: {type: 'string'},
	pcap: {type: 'string'},
} as const;

/** The main job, and what runs where no command is named. */
export default defineCommand({
	name: 'probe',
	summary: 'tell which TLS versions servers accept, with proof (the default)',
	flags,
	help: `Usage
  $ tlsprobe HOST[:PORT]...

Tells which TLS versions each server accepts, on every address its name has.
A target is a host, host:port, [IPv6]:port or a URL; the port is 443 if not given.

What to ask
  --versions LIST            ssl2, ssl3, 1.0, 1.1, 1.2, 1.3, a range such as
                             1.0..1.2, or all  [1.0..1.3]
  --servername NAME          ask for this name (SNI) instead of the host's
  --no-servername            send no name
  --also-without-servername  ask again without a name, and show what changes

Where to ask
  -4, -6                     only IPv4, only IPv6 addresses
  --addresses all|first      every address of a name, or one  [all]
  --resolve HOST:PORT:ADDR   use this address instead of looking HOST up
  --source ADDRESS           connect from this local address

How long, how hard
  --timeout TIME             of a connection, and of an answer  [5s]
  --deadline TIME            of a whole target  [30s]
  --retries N                of connections that cannot be made  [1]
  --max-connections N        at once, to one address  [6]

What to print
  --json                     one line of JSON per address
  --evidence                 with --json: the bytes sent and received
  --explain                  the bytes, field by field, and how to check it
                             with other tools
  --record DIR               keep each connection as a readable file
  --pcap FILE                keep them all for Wireshark
  --no-color                 no colours; NO_COLOR and FORCE_COLOR work too

Exit code
  0 as it should be: 1.1 and older refused, 1.2 or 1.3 accepted
  1 not so  2 wrong usage  3 could not be decided

Examples
  $ tlsprobe portal.azure.com
  $ tlsprobe --versions all old.example.com:8443
  $ tlsprobe --resolve portal.example.com:443:192.0.2.7 portal.example.com
  $ tlsprobe --json a.example.com b.example.com | jq -r 'select(.verdict != "pass").target'
`,
	async run(input, values, context) {
		const targets = input.map(readTarget);
		if (targets.length === 0) {
			throw new UsageError('name a host, such as tlsprobe portal.azure.com; see tlsprobe --help, or try tlsprobe lab');
		}

		if (values.evidence && !values.json) {
			throw new UsageError('--evidence goes with --json; --explain shows the bytes in words');
		}

		const options = readOptions(targets, values, context);
		const extras = await makeExtras(values, context);
		for (const target of targets) {
			hintAtSlip(target, context);
		}

		const pending = targets.map(target => probeTarget(target, options));
		const results: TargetResult[] = [];
		for (const item of pending) {
			const result = await item;
			results.push(result);
			await show(result, results.length === 1, values, context);
			await extras(result);
		}

		return context.signal.aborted ? 130 : exitCodeOf(results);
	},
});

type Values = FlagValues<typeof flags>;

function readTarget(text: string): Target {
	const parsed = parseTarget(text);
	if (parsed.kind === 'invalid') {
		throw new UsageError(`${JSON.stringify(text)}: ${parsed.problem}`);
	}

	return parsed.target;
}

function readOptions(targets: readonly Target[], values: Values, {signal, toolVersion}: Context): ProbeOptions {
	if (values.ipv4 && values.ipv6) {
		throw new UsageError('-4 and -6 leave no address; give one of them');
	}

	const overrides = values.resolve.map(readOverride);
	for (const {host, port} of overrides) {
		if (host !== '*' && !targets.some(target => target.host === host && target.port === port)) {
			throw new UsageError(`--resolve names ${host}:${port}, which is not among the targets`);
		}
	}

	return {
		...defaultOptions,
		versions: values.versions.length === 0 ? defaultVersions : readVersions(values.versions),
		timeoutMs: values.timeout === undefined ? defaultOptions.timeoutMs : readDuration('--timeout', values.timeout),
		deadlineMs: values.deadline === undefined ? defaultOptions.deadlineMs : readDuration('--deadline', values.deadline),
		retries: values.retries === undefined ? defaultOptions.retries : readCount('--retries', values.retries, 0, 100),
		maxConnections:
			values.maxConnections === undefined ? defaultOptions.maxConnections : readCount('--max-connections', values.maxConnections, 1, 1000),
		addresses: readAddresses(values.addresses),
		family: values.ipv4 ? 4 : values.ipv6 ? 6 : undefined,
		serverName: readServerName(values.servername),
		alsoWithoutServerName: values.alsoWithoutServername ?? false,
		addressesFor: ({host, port}) => overrides.find(item => (item.host === '*' || item.host === host) && item.port === port)?.addresses,
		localAddress: readSource(values.source),
		evidence: values.evidence ?? false,
		isRecorded: values.explain === true || values.record !== undefined || values.pcap !== undefined,
		signal,
		toolVersion,
	};
}

function readAddresses(text: string | undefined): 'all' | 'first' {
	if (text !== undefined && text !== 'all' && text !== 'first') {
		throw new UsageError(`--addresses takes all or first, not ${JSON.stringify(text)}`);
	}

	return text ?? defaultOptions.addresses;
}

function readServerName(value: string | false | undefined): string | null | undefined {
	if (value === undefined) {
		return undefined;
	}

	if (value === false) {
		return null;
	}

	const parsed = parseTarget(value);
	if (parsed.kind === 'invalid' || isIP(value) !== 0 || value.includes(':') || value.includes('/')) {
		throw new UsageError(`--servername takes a host name, not ${JSON.stringify(value)}`);
	}

	return parsed.target.host;
}

function readSource(text: string | undefined): string | undefined {
	if (text !== undefined && isIP(text) === 0) {
		throw new UsageError(`--source takes an IP address of this machine, not ${JSON.stringify(text)}`);
	}

	return text;
}

function hintAtSlip({host}: Target, {warn}: Context): void {
	const meant = likelyMeant(host);
	if (meant !== undefined) {
		warn(`hint: ${host} is probably meant to be ${meant}\n`);
	}
}

async function show(result: TargetResult, isFirst: boolean, values: Values, {write, warn, look}: Context): Promise<void> {
	for (const {address, code} of result.skipped) {
		warn(`${result.target.target}: ${address} left out, this machine has no route to it (${code})\n`);
	}

	if (values.json) {
		for (const {report} of result.recordings) {
			await write(jsonLine(report));
		}

		return;
	}

	const {targetTable} = await import('../formats/table.js');
	await write(`${isFirst ? '' : '\n'}${await targetTable(result, look)}`);
}

/** What is done with the bytes of a result, by the flags that ask for it. Nothing of it is loaded where none does. */
async function makeExtras({explain, json, record, pcap}: Values, {write, look}: Context): Promise<(result: TargetResult) => Promise<void>> {
	if (explain && json) {
		throw new UsageError('--explain is for people; with --json, --evidence adds the bytes');
	}

	const extras: ((result: TargetResult) => Promise<void>)[] = [];
	if (explain) {
		const {explainResult} = await import('../formats/explain.js');
		extras.push(result => write(explainResult(result, {look, isFull: false})));
	}

	if (record !== undefined || pcap !== undefined) {
		const {keepFlows, keepPackets} = await import('./keeping/keep-flows.js');
		extras.push(...(record === undefined ? [] : [await keepFlows(record)]), ...(pcap === undefined ? [] : [await keepPackets(pcap)]));
	}

	return async result => {
		for (const extra of extras) {
			await extra(result);
		}
	};
}

const exitCodes = {pass: 0, fail: 1, inconclusive: 3} as const;

const exitCodeOf = (results: readonly TargetResult[]): ExitCode => exitCodes[worstVerdict(results.map(({verdict}) => verdict))];
