import {logList, makeLog} from './certificates/scts.js';
import {at, type Row, type Rows, type Seen, type Stage} from './option-rows.js';
import {fixture} from './peers/fixtures.js';

/** How the targets of a mode are named, and what else is said. */
export type Naming = (targets: readonly string[], ...options: readonly string[]) => readonly string[];

const briefly = ['--versions', '1.2'] as const;

const linesOf = ({stdout}: Seen): readonly string[] => stdout.split('\n').filter(line => line !== '');
const both = ({good}: Stage) => [`both.example:${good.port}`, `both.example:${good.port}:127.0.0.1,[::1]`] as const;

/** The authorities of a file, by which certificates are judged. */
export const caRow: Row = {
	option: ['--ca', fixture('rsa')],
	sees: ({stdout}) => stdout.includes('"certificates"'),
};

/** Revocation, which is asked for at others. */
export const onlineRow: Row = {option: ['--online'], sees: ({stdout}) => stdout.includes('"certificates"')};

/** A list of logs, by which timestamps of certificates are judged. */
export const ctLogsRow: Row = {
	option: ({file}) => ['--ct-logs', file('logs.json', logList({Example: makeLog()}))],
	sees: ({stdout}) => stdout.includes('"certificates"'),
};

/** Flags that say which probes are run. */
export const chosenRows: Rows = {
	probes: {option: ['--probes', 'cipher-suites'], sees: ({stdout}) => stdout.includes('"cipherSuites"')},
	full: {option: ['--full'], sees: ({stdout}) => stdout.includes('"cipherSuites"') && stdout.includes('"extensions"')},
};

/** Rows of flags that say what is probed and how. @param name - The argv for targets; their results are to be lines of JSON. */
export function probingRows(name: Naming): Rows {
	const addresses = (stage: Stage): readonly string[] => name([both(stage)[0]], '--resolve', both(stage)[1], '--retries', '0');
	return {
		versions: {option: ['--versions', '1.2'], sees: ({stdout}) => stdout.includes('TLSv1.2') && !stdout.includes('TLSv1.3')},
		ca: caRow,
		online: onlineRow,
		ctLogs: ctLogsRow,
		...chosenRows,
		samples: {option: ['--samples', '2'], sees: ({stdout}) => stdout.includes('"samples":{"accepted":2,')},
		timeout: {
			// Far below the deadline, which a busy machine takes a good part of, and which is below the default of five seconds.
			option: ['--timeout', '100ms'],
			base: ({silent}) => name([at(silent)], ...briefly, '--deadline', '4s'),
			sees: ({stdout}) => stdout.includes('"silent"'),
		},
		deadline: {
			option: ['--deadline', '300ms'],
			base: ({silent}) => name([at(silent)], ...briefly, '--timeout', '1s'),
			sees: ({stdout}) => stdout.includes('"unanswered"'),
		},
		retries: {
			option: ['--retries', '0'],
			base: ({good, closing}) => name([at(good)], ...briefly, '--proxy', `http://${at(closing)}`),
			sees: ({stage}) => stage.closing.counters.connections === 1,
		},
		maxConnections: {
			option: ['--max-connections', '1'],
			base: ({silent}) => name([at(silent)], '--timeout', '300ms'),
			// The server may learn late that a connection was closed.
			sees: ({stage}) => stage.silent.counters.mostOpen <= 2,
		},
		addresses: {option: ['--addresses', 'first'], base: addresses, sees: seen => linesOf(seen).length === 1},
		ipv4: {option: ['-4'], base: addresses, sees: seen => linesOf(seen).length === 1 && !seen.stdout.includes('::1')},
		ipv6: {option: ['-6'], base: addresses, sees: seen => !seen.stdout.includes('"address":"127.0.0.1"')},
		resolve: {
			option: ({good}) => ['--resolve', `x.invalid:${good.port}:127.0.0.1`],
			base: ({good}) => name([`x.invalid:${good.port}`]),
			sees: ({stdout}) => stdout.includes('"address":"127.0.0.1"'),
		},
		dns: {
			option: ({names}) => ['--dns', names.address],
			base: ({good}) => name([`named.example:${good.port}`]),
			sees: ({stdout, stage}) => stdout.includes('"address":"127.0.0.1"') && stage.names.asked.includes('A named.example'),
		},
		servername: {option: ['--servername', 'a.example'], sees: ({stdout}) => stdout.includes('"serverName":"a.example"')},
		confirm: {option: ['--confirm'], sees: ({stdout}) => stdout.includes('"confirmed"')},
		source: {option: ['--source', '::1'], sees: ({stdout}) => stdout.includes('EAFNOSUPPORT')},
		proxy: {option: ({closing}) => ['--proxy', `http://${at(closing)}`], sees: ({stdout}) => stdout.includes('"proxy":')},
		compareDirect: {
			option: ['--compare-direct'],
			base: ({good, closing}) => name([at(good)], '--proxy', `http://${at(closing)}`),
			sees: ({stdout}) => stdout.includes('"direct"'),
		},
		proxyProtocol: {option: ['--proxy-protocol', '1', '--timeout', '1s'], sees: ({stdout}) => stdout.includes('"proxyProtocol":1')},
		starttls: {
			option: ['--starttls', 'smtp'],
			base: ({closing}) => name([at(closing)]),
			sees: ({stdout}) => stdout.includes('"starttls":"smtp"'),
		},
		alpn: {option: ['--alpn', 'mqtt,x/1'], sees: ({stdout}) => stdout.includes('"alpn":["mqtt","x/1"]')},
	};
}

/** Rows of flags that choose and fill in catalogs. */
export function catalogRows(name: Naming): Rows {
	const catalog = ({good, file}: Stage, host: string): readonly string[] => [
		'--catalog',
		file(
			'catalog.json',
			JSON.stringify({
				name: 'ours',
				entries: [{hosts: {public: [`${host}:${good.port}`], usgov: [`gov.example:${good.port}`]}}],
			}),
		),
		'--resolve',
		`*:${good.port}:127.0.0.1`,
	];
	const filled = (variable: string): Row => ({
		option: variable === 'shard' ? ['--set', 'shard=west'] : [`--${variable}`, 'west'],
		base: stage => name([at(stage.good)], ...catalog(stage, `{${variable}}.example`)),
		sees: ({stdout}) => stdout.includes('west.example'),
	});
	return {
		catalog: {
			option: stage => catalog(stage, 'cataloged.example'),
			sees: ({stdout}) => stdout.includes('cataloged.example'),
		},
		cloud: {
			option: ['--cloud', 'usgov'],
			base: stage => name([at(stage.good)], ...catalog(stage, 'cataloged.example')),
			sees: ({stdout}) => stdout.includes('gov.example') && !stdout.includes('cataloged.example'),
		},
		region: filled('region'),
		account: filled('account'),
		vault: filled('vault'),
		namespace: filled('namespace'),
		workspace: filled('workspace'),
		set: filled('shard'),
	};
}

/** Rows of flags that say what is printed, where results are printed. @param name - The argv for targets, with no format named. */
export function printingRows(name: Naming): Rows {
	const two = ({good, old}: Stage): readonly string[] => name([at(good), at(old)], ...briefly);
	return {
		json: {option: ['--json'], base: two, sees: ({stdout}) => stdout.startsWith('{"target"')},
		format: {option: ['--format', 'csv'], base: two, sees: ({stdout}) => stdout.startsWith('target,')},
		output: {
			option: ({file}) => ['--output', file('results.jsonl')],
			base: two,
			sees: ({stdout, stage}) => stdout === '' && stage.read('results.jsonl').startsWith('{"target"'),
		},
		evidence: {option: ['--evidence'], base: stage => [...two(stage), '--json'], sees: ({stdout}) => stdout.includes('"sent"')},
	};
}
