import {readdirSync} from 'node:fs';
import {at, colorRows, type Row, refusedRows, type Stage, testMode} from '../../helpers/option-rows.js';
import {catalogRows, type Naming, printingRows, probingRows} from '../../helpers/probe-rows.js';

const place = 'test/commands/options/probe.ts';

const named: Naming = (targets, ...options) => [...options, ...targets];
const namedJson: Naming = (targets, ...options) => ['--json', ...options, ...targets];
const slip = ({good}: Stage): readonly string[] => [
	'--json',
	'--resolve',
	`azure.portal.com:${good.port}:127.0.0.1`,
	`azure.portal.com:${good.port}`,
];

/** An address is its own mail server. */
const mxRow = (name: Naming): Row => ({
	option: ['--mx'],
	base: ({closing}) => name([at(closing)], '--versions', '1.2', '--deadline', '1s'),
	sees: ({stdout}) => stdout.includes('"mx":{"domain":"127.0.0.1"}') && stdout.includes('"starttls":"smtp"'),
});

testMode(
	{
		title: 'tlsprobe HOST',
		command: 'probe',
		base: ({good}) => namedJson([at(good)]),
		rows: {
			...probingRows(namedJson),
			...catalogRows(namedJson),
			policy: {option: ['--policy', 'rfc8996'], sees: ({stdout}) => stdout.includes('"ruleId":"rfc8996-no-tls-1-0"')},
			...printingRows(named),
			...colorRows(({good}) => [at(good)]),
			...refusedRows(
				['shard', 'resume', 'hostsFormat', 'scannedPorts', 'concurrency', 'rate', 'workers', 'ordered', 'progress', 'queue', 'run', 'from'],
				/^tlsprobe: --[a-z-]+ goes with --hosts FILE\n$/,
			),
			alsoWithoutServername: {
				option: ['--also-without-servername'],
				base: stage => namedJson([`a.example:${stage.good.port}`], '--resolve', `*:${stage.good.port}:127.0.0.1`),
				sees: ({stdout}) => stdout.includes('"withoutServerName"'),
			},
			explain: {option: ['--explain'], base: ({good}) => [at(good)], sees: ({stdout}) => stdout.includes('ClientHello')},
			record: {option: ({file}) => ['--record', file('flows')], sees: ({stage}) => isFolder(stage.file('flows'))},
			pcap: {option: ({file}) => ['--pcap', file('all.pcap')], sees: ({stage}) => stage.read('all.pcap') !== ''},
			hosts: {
				option: ({old, file}) => ['--hosts', file('hosts.txt', `${at(old)}\n`)],
				sees: ({stdout}) => stdout.includes('"fail"'),
			},
			only: {option: ['--only', 'fail'], sees: ({stdout, code}) => stdout === '' && code === 0},
			mx: mxRow(namedJson),
			wait: {
				option: ['--wait', '300ms'],
				base: ({closing}) => namedJson([at(closing)], '--versions', '1.2', '--max-time', '1s'),
				sees: ({stderr}) => stderr.includes('is not up yet (connections are closed without an answer), waiting up to 0.3 s\n'),
			},
			maxTime: {
				option: ['--max-time', '300ms'],
				base: ({silent}) => namedJson([at(silent)], '--timeout', '2s', '--deadline', '2s'),
				sees: ({stderr, code}) => stderr.includes('--max-time') && code === 3,
			},
			bail: {
				option: ['--bail'],
				base: ({old, silent}) => namedJson([at(old), at(silent)], '--timeout', '2s', '--deadline', '2s'),
				sees: ({stdout, stderr, code}) => !stdout.includes('inconclusive') && stderr.includes('--bail') && code === 1,
			},
			quiet: {option: ['--quiet'], base: slip, sees: ({stdout, stderr}) => stderr === '' && stdout.includes('"pass"')},
		},
	},
	place,
);

function isFolder(path: string): boolean {
	try {
		return readdirSync(path).length > 0;
	} catch {
		return false;
	}
}

/** The targets of `listed`, which go to standard input. */
const input = ({good, old, silent}: Stage): string => `${at(good)}\n${at(old)}\n${at(silent)}\n`;
const listed: Naming = (targets, ...options) => ['--hosts', '-', ...options, ...targets];
const listedJson: Naming = (targets, ...options) => ['--hosts', '-', '--json', ...options, ...targets];
const fast = ['--versions', '1.2', '--timeout', '500ms'] as const;

testMode(
	{
		title: 'tlsprobe --hosts',
		command: 'probe',
		// What is on the command line is part of the list.
		base: ({good}) => listedJson([at(good)]),
		rows: {
			...probingRows(listedJson),
			...catalogRows(listedJson),
			policy: {option: ['--policy', 'rfc8996'], sees: ({stdout}) => stdout.includes('"ruleId":"rfc8996-no-tls-1-0"')},
			...printingRows(listed),
			...colorRows(({good}) => listed([at(good)])),
			mx: mxRow(listedJson),
			...refusedRows(['wait'], /does not go with a list$/m),
			// Runs on a queue are tested with Redis, in test/queue.
			...refusedRows(['queue'], /^tlsprobe: --queue: not the URL of a Redis server: /),
			...refusedRows(['run', 'from'], /^tlsprobe: --[a-z]+ goes with --queue URL\n$/),
			...refusedRows(
				['explain', 'record', 'pcap'],
				/^tlsprobe: --[a-z]+ is for targets on the command line, not for lists and large blocks;/,
			),
			alsoWithoutServername: {
				option: ['--also-without-servername'],
				base: ({good}) => listedJson([`a.example:${good.port}`], '--resolve', `*:${good.port}:127.0.0.1`),
				sees: ({stdout}) => stdout.includes('"withoutServerName"'),
			},
			hosts: {
				option: ({old, file}) => ['--hosts', file('hosts.txt', `${at(old)}\n`)],
				sees: ({stdout}) => stdout.includes('"fail"'),
			},
			hostsFormat: {
				option: ['--hosts-format', 'lines'],
				base: () => listedJson([]),
				input: ({good}) => `host,port\n127.0.0.1,${good.port}\n`,
				sees: ({stdout}) => stdout.includes('invalid-target'),
			},
			scannedPorts: {
				option: ['--scanned-ports', 'tls'],
				base: () => listedJson([], ...fast),
				input: ({good, old}) => `Host: 127.0.0.1 ()\tPorts: ${good.port}/open/tcp//ssl|http///, ${old.port}/open/tcp//unknown///\n`,
				sees: ({stdout, stage}) => stdout.includes(at(stage.good)) && !stdout.includes(at(stage.old)),
			},
			shard: {
				option: ['--shard', '1/1000'],
				sees: ({stdout}) => stdout === '',
			},
			resume: {
				option: ['--resume'],
				base: ({good, file}) => listed([at(good)], '--output', file('done.jsonl', doneLine(at(good)))),
				sees: ({stderr, stage}) => stderr.includes('1 more was done') && stage.good.counters.connections === 0,
			},
			concurrency: {
				option: ['--concurrency', '1'],
				base: ({silent}) =>
					listedJson(
						['a.example', 'b.example', 'c.example', 'd.example'].map(name => `${name}:${silent.port}`),
						'--resolve',
						`*:${silent.port}:127.0.0.1`,
						...fast,
					),
				// The server may learn late that a connection was closed.
				sees: ({stage}) => stage.silent.counters.mostOpen <= 2,
			},
			rate: {
				// Each of the four versions is a connection.
				option: ['--rate', '0.5'],
				sees: ({stdout}) => (JSON.parse(stdout) as {durationMs: number}).durationMs > 5500,
			},
			workers: {
				option: ['--workers', '2'],
				base: () => listedJson([], '--versions', '1.2', '--retries', '0'),
				input: () => '127.1.0.0-255:1\n127.1.1.0-255:1\n',
				environment: {NODE_DEBUG: 'worker'},
				isBuilt: true,
				sees: ({stderr}) => /created Worker/i.test(stderr),
			},
			ordered: {
				option: ['--ordered'],
				base: ({silent, good}) => listedJson([at(silent), at(good)], ...fast),
				sees: ({stdout, stage}) => stdout.startsWith(`{"target":"${at(stage.silent)}"`),
			},
			only: {option: ['--only', 'fail'], sees: ({stdout, code}) => stdout === '' && code === 0},
			progress: {
				option: ['--progress'],
				base: ({silent}) => listedJson([at(silent)], '--versions', '1.2', '--timeout', '6s', '--deadline', '6s'),
				sees: ({stderr}) => /^\d+ of \d+ \(\d+%\)/m.test(stderr) || /^0, 0\/s/m.test(stderr),
			},
			maxTime: {
				option: ['--max-time', '200ms'],
				base: ({silent}) =>
					listedJson(
						['a.example', 'b.example', 'c.example', 'd.example'].map(name => `${name}:${silent.port}`),
						'--resolve',
						`*:${silent.port}:127.0.0.1`,
						'--concurrency',
						'1',
						...fast,
					),
				sees: ({stdout}) => stdout.includes('"not-reached"'),
			},
			bail: {
				option: ['--bail'],
				base: () => listedJson([], '--timeout', '3s', '--deadline', '3s'),
				input,
				sees: ({stdout, stderr, code}) => !stdout.includes('inconclusive') && stderr.includes('--bail') && code === 1,
			},
			quiet: {option: ['--quiet'], sees: ({stdout, stderr}) => stderr === '' && stdout.includes('"pass"')},
		},
	},
	place,
);

const doneLine = (target: string): string => {
	const [host, port] = target.split(':');
	return `${JSON.stringify({target, host, port: Number(port), address: host, serverName: null, versions: {}, verdict: 'pass', position: 0})}\n`;
};
