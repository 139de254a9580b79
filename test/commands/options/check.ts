import {at, colorRows, plainRows, type Rows, refusedRows, type Stage, testMode} from '../../helpers/option-rows.js';
import {caRow, chosenRows, ctLogsRow, onlineRow} from '../../helpers/probe-rows.js';

const place = 'test/commands/options/check.ts';

/** A file for check with these fields of its one endpoint. */
const checkFile = (stage: Stage, target: string, fields = ''): string =>
	stage.file('check.yaml', `endpoints:\n  - {target: '${target}'${fields === '' ? '' : `, ${fields}`}}\n`);
const checked =
	(server: (stage: Stage) => string, ...options: readonly string[]) =>
	(stage: Stage): readonly string[] => ['check', checkFile(stage, server(stage)), '--json', ...options];
const bothChecked = (stage: Stage, ...options: readonly string[]): readonly string[] => [
	'check',
	stage.file('check.yaml', `endpoints: ['${at(stage.old)}', '${at(stage.silent)}']\n`),
	'--json',
	'--timeout',
	'1s',
	'--deadline',
	'2s',
	...options,
];

/** Whether the second endpoint was begun when the first was done. Each takes a second or longer. */
function isOneByOne(stdout: string): boolean {
	const [first, second] = stdout
		.trim()
		.split('\n')
		.map(line => JSON.parse(line) as {startedAt: string; durationMs: number});
	// Two clocks measure.
	const toleranceMs = 100;
	return Date.parse(second!.startedAt) >= Date.parse(first!.startedAt) + first!.durationMs - toleranceMs;
}

const slowly = ['--json', '--timeout', '1s', '--deadline', '1s'] as const;

const checkRows: Rows = {
	output: {
		option: ({file}) => ['--output', file('results.jsonl')],
		base: stage => ['check', checkFile(stage, at(stage.good))],
		sees: ({stdout, stage}) => stdout === '' && stage.read('results.jsonl') !== '',
	},
	format: {
		option: ['--format', 'tap'],
		base: stage => ['check', checkFile(stage, at(stage.good))],
		sees: ({stdout}) => stdout.startsWith('TAP version'),
	},
	json: {
		option: ['--json'],
		base: stage => ['check', checkFile(stage, at(stage.good))],
		sees: ({stdout}) => stdout.startsWith('{"target"'),
	},
	samples: {option: ['--samples', '2'], sees: ({stdout}) => stdout.includes('"samples":{"accepted":2,')},
	timeout: {
		option: ['--timeout', '100ms'],
		base: checked(({silent}) => at(silent), '--deadline', '4s'),
		sees: ({stdout}) => stdout.includes('"silent"'),
	},
	deadline: {
		option: ['--deadline', '300ms'],
		base: checked(({silent}) => at(silent), '--timeout', '1s'),
		sees: ({stdout}) => /"un(?:answered|asked)"/.test(stdout) && !stdout.includes('"silent"'),
	},
	retries: {
		option: ['--retries', '0'],
		base: stage => ['check', checkFile(stage, at(stage.good), `proxy: 'http://${at(stage.closing)}'`), '--json'],
		sees: ({stage}) => stage.closing.counters.connections <= 6,
	},
	ca: caRow,
	online: onlineRow,
	ctLogs: ctLogsRow,
	...chosenRows,
	confirm: {option: ['--confirm'], sees: ({stdout}) => stdout.includes('"confirmed"')},
	alpn: {option: ['--alpn', 'mqtt'], sees: ({stdout}) => stdout.includes('"alpn":["mqtt"]')},
	wait: {
		option: ['--wait', '300ms'],
		base: checked(({closing}) => at(closing), '--deadline', '1s'),
		sees: ({stderr}) => stderr.includes('is not up yet'),
	},
	concurrency: {
		option: ['--concurrency', '1'],
		base: ({silent, file}) => [
			'check',
			file('check.yaml', `endpoints: [${[1, 2].map(count => `{target: 'name-${count}.example:${silent.port}', address: '127.0.0.1'}`)}]\n`),
			...slowly,
		],
		sees: ({stdout}) => isOneByOne(stdout),
	},
	dns: {
		option: ({names}) => ['--dns', names.address],
		base: checked(({good}) => `named.example:${good.port}`),
		sees: ({stdout}) => stdout.includes('"address":"127.0.0.1"'),
	},
	bail: {
		option: ['--bail'],
		base: bothChecked,
		sees: ({stdout, code}) => stdout.trim().split('\n').length === 1 && code === 1,
	},
	quiet: {option: ['--quiet'], base: stage => [...bothChecked(stage), '--bail'], sees: ({stderr, code}) => stderr === '' && code === 1},
	...colorRows(stage => ['check', checkFile(stage, at(stage.good))]),
};

testMode(
	{
		title: 'tlsprobe check FILE',
		command: 'check',
		base: checked(({good}) => at(good)),
		rows: {
			...checkRows,
			...refusedRows(['configType', 'configHost', 'configVersion', 'expect'], /goes with --config FILE/),
			...refusedRows(['proxy', 'starttls', 'proxyProtocol'], /goes with --init; in a file of expectations, write/),
			config: {refused: /--config reads the endpoints from/},
			init: {refused: /./},
			policy: {
				option: ['--policy', 'default'],
				base: stage => ['check', checkFile(stage, at(stage.old), 'expect: {accepts: [TLSv1.3]}'), '--json'],
				sees: ({stdout, code}) => stdout.includes('"fail"') && code === 1,
			},
		},
	},
	place,
);

const initialised = ({good, file}: Stage): readonly string[] => ['check', '--init', at(good), '--output', file('new.yaml')];

testMode(
	{
		title: 'tlsprobe check --init',
		command: 'check',
		base: initialised,
		rows: {
			...plainRows,
			...refusedRows(
				[
					'config',
					'configType',
					'configHost',
					'configVersion',
					'confirm',
					'ca',
					'online',
					'ctLogs',
					'expect',
					'format',
					'json',
					'samples',
					'concurrency',
					'policy',
					'bail',
					'alpn',
					'wait',
				],
				/--init/,
			),
			probes: {option: ['--probes', 'cipher-suites'], sees: ({stage}) => stage.read('new.yaml').includes('cipherSuites')},
			full: {option: ['--full'], sees: ({stage}) => stage.read('new.yaml').includes('cipherSuites')},
			init: {
				option: ['--init'],
				base: ({good, file}) => ['check', at(good), '--output', file('new.yaml')],
				sees: ({stage}) => stage.read('new.yaml').includes('endpoints'),
			},
			output: {
				option: ({file}) => ['--output', file('new.yaml')],
				base: ({good}) => ['check', '--init', at(good)],
				sees: ({stage}) => stage.read('new.yaml').includes('endpoints'),
				// Else it would be written where the test runs.
				isAlone: true,
			},
			timeout: {
				option: ['--timeout', '100ms'],
				base: ({silent, file}) => ['check', '--init', at(silent), '--output', file('new.yaml'), '--deadline', '4s'],
				sees: ({stage}) => stage.silent.counters.connections > 4,
			},
			deadline: {
				option: ['--deadline', '300ms'],
				base: ({silent, file}) => ['check', '--init', at(silent), '--output', file('new.yaml'), '--timeout', '500ms'],
				sees: ({stage}) => stage.silent.counters.connections <= 4,
			},
			retries: {
				option: ['--retries', '0'],
				base: ({good, closing, file}) => ['check', '--init', at(good), '--output', file('new.yaml'), '--proxy', `http://${at(closing)}`],
				sees: ({stage}) => stage.closing.counters.connections <= 6,
			},
			proxy: {
				option: ({closing}) => ['--proxy', `http://${at(closing)}`],
				sees: ({stage}) => stage.closing.counters.connections > 0,
			},
			starttls: {option: ['--starttls', 'smtp', '--timeout', '500ms'], sees: ({stage}) => !stage.read('new.yaml').includes('1.3')},
			proxyProtocol: {
				option: ['--proxy-protocol', '1', '--timeout', '1s'],
				sees: ({stage}) => stage.read('new.yaml').includes('proxyProtocol'),
			},
			dns: {
				option: ({names}) => ['--dns', names.address],
				base: ({good, file}) => ['check', '--init', `named.example:${good.port}`, '--output', file('new.yaml')],
				sees: ({stage}) => stage.names.asked.length > 0,
			},
			quiet: {option: ['--quiet'], sees: ({stderr}) => stderr === ''},
		},
	},
	place,
);

const configuration = ({good, file}: Stage): string =>
	file('nginx.conf', `events {}\nhttp { server { listen ${good.port} ssl; ssl_protocols TLSv1.2 TLSv1.3; } }\n`);
const configured = (stage: Stage): readonly string[] => ['check', '--config', configuration(stage), '--json'];
const bothConfigured = ({old, silent, file}: Stage): readonly string[] => [
	'check',
	'--config',
	file(
		'nginx.conf',
		`events {}\nhttp { ${[old, silent].map(({port}) => `server { listen ${port} ssl; ssl_protocols TLSv1.2; }`).join(' ')} }\n`,
	),
	'--json',
	'--timeout',
	'1s',
	'--deadline',
	'2s',
];
const {confirm, samples, alpn} = checkRows;

testMode(
	{
		title: 'tlsprobe check --config',
		command: 'check',
		base: configured,
		rows: {
			...plainRows,
			...refusedRows(['proxy', 'starttls', 'proxyProtocol'], /goes with --init; in a file of expectations, write/),
			init: {refused: /./},
			config: {
				option: stage => ['--config', configuration(stage)],
				base: () => ['check', '--json'],
				sees: ({stdout, stage}) => stdout.includes(at(stage.good)),
			},
			configType: {option: ['--config-type', 'stunnel'], sees: ({code}) => code === 2},
			configHost: {option: ['--config-host', '127.0.0.2'], sees: ({stdout}) => stdout.includes('127.0.0.2:')},
			configVersion: {
				option: ['--config-version', '1.29.5'],
				base: ({good, file}) => ['check', '--config', file('nginx.conf', `events {}\nhttp { server { listen ${good.port} ssl; } }\n`)],
				sees: ({stderr}) => !/set another version with --config-version|ssl_protocols is not set/.test(stderr),
			},
			expect: {option: ['--expect', 'pci-dss'], sees: ({stdout}) => stdout.includes('pci-dss')},
			policy: {option: ['--policy', 'pci-dss'], sees: ({stdout}) => stdout.includes('pci-dss')},
			output: {
				option: ({file}) => ['--output', file('results.jsonl')],
				base: stage => ['check', '--config', configuration(stage)],
				sees: ({stdout, stage}) => stdout === '' && stage.read('results.jsonl') !== '',
			},
			format: {
				option: ['--format', 'tap'],
				base: stage => ['check', '--config', configuration(stage)],
				sees: ({stdout}) => stdout.startsWith('TAP version'),
			},
			json: {
				option: ['--json'],
				base: stage => ['check', '--config', configuration(stage)],
				sees: ({stdout}) => stdout.startsWith('{"target"'),
			},
			ca: caRow,
			online: onlineRow,
			ctLogs: ctLogsRow,
			...chosenRows,
			confirm: confirm!,
			samples: samples!,
			alpn: alpn!,
			wait: {
				option: ['--wait', '300ms'],
				base: stage => ['check', '--config', configuration({...stage, good: stage.closing}), '--json', '--deadline', '1s'],
				sees: ({stderr}) => stderr.includes('is not up yet'),
			},
			timeout: {
				option: ['--timeout', '100ms'],
				base: stage => ['check', '--config', configuration({...stage, good: stage.silent}), '--json', '--deadline', '4s'],
				sees: ({stdout}) => stdout.includes('"silent"'),
			},
			deadline: {
				option: ['--deadline', '300ms'],
				base: stage => ['check', '--config', configuration({...stage, good: stage.silent}), '--json', '--timeout', '1s'],
				sees: ({stdout}) => !stdout.includes('"silent"'),
			},
			retries: {
				option: ['--retries', '0'],
				base: ({closing, file}) => [
					'check',
					'--config',
					file(
						'nginx.conf',
						`events {}\nmail { server { listen ${closing.port}; protocol smtp; starttls only; ssl_protocols TLSv1.2; } }\n`,
					),
					'--json',
				],
				sees: ({stage}) => stage.closing.counters.connections < 10,
			},
			concurrency: {
				option: ['--concurrency', '1'],
				base: ({silent, file}) => [
					'check',
					'--config',
					file(
						'nginx.conf',
						`events {}\nhttp { ${['a', 'b'].map(name => `server { server_name ${name}.example; listen ${silent.port} ssl; }`).join(' ')} }\n`,
					),
					...slowly,
				],
				sees: ({stdout}) => isOneByOne(stdout),
			},
			dns: {
				option: ({names}) => ['--dns', names.address],
				base: stage => [...configured(stage), '--config-host', 'named.example'],
				sees: ({stage}) => stage.names.asked.length > 0,
			},
			bail: {option: ['--bail'], base: bothConfigured, sees: ({stdout, code}) => stdout.trim().split('\n').length === 1 && code === 1},
			quiet: {option: ['--quiet'], base: stage => [...bothConfigured(stage), '--bail'], sees: ({stderr}) => stderr === ''},
		},
	},
	place,
);
