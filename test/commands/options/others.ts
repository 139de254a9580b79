import {once} from 'node:events';
import {existsSync} from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';
import clients from '../../../source/commands/clients.js';
import windowsCommand from '../../../source/commands/windows.js';
import {
	at,
	colorRows,
	plainRows,
	type Row,
	type Rows,
	refusedRows,
	type Stage,
	testCommonFlags,
	testMode,
} from '../../helpers/option-rows.js';
import {fixture} from '../../helpers/peers/fixtures.js';
import {catalogRows, type Naming, probingRows} from '../../helpers/probe-rows.js';
import type {Running} from '../../helpers/run-in-process.js';

const place = 'test/commands/options/others.ts';

testCommonFlags();

/** The hello of a client. */
const recorded = 'fixtures/flows/openssl-tls10-to-tls13/004-TLSv1.3-short.flow';

/** As tlsprobe windows --json has it. */
const windowsReport = JSON.stringify({
	os: 'windows-server-2012-r2',
	cipherSuites: ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'],
	clients: [{client: 'schannel', bits: 64, offers: ['TLSv1.2'], confidence: 'high', remedy: []}],
});

const quick = ['--versions', '1.2', '--retries', '0'] as const;

testMode(
	{
		title: 'tlsprobe baseline',
		command: 'baseline',
		base: ({good, file}) => ['baseline', at(good), '--output', file('kept.jsonl')],
		rows: {
			...keptRows({...probingRows(kept), ...catalogRows(kept)}),
			...plainRows,
			output: {
				option: ({file}) => ['-o', file('kept.jsonl')],
				base: ({good}) => ['baseline', at(good), ...quick],
				sees: ({stage, code}) => code === 0 && stage.read('kept.jsonl') !== '',
			},
			hosts: {
				option: ({old, file}) => ['--hosts', file('hosts.txt', `${at(old)}\n`)],
				sees: ({stage}) => stage.read('kept.jsonl').includes(at(stage.old)),
			},
			hostsFormat: {
				option: ['--hosts-format', 'lines'],
				base: ({good, file}) => [
					'baseline',
					'--hosts',
					file('hosts.txt', `host,port\n127.0.0.1,${good.port}\n`),
					'--output',
					file('kept.jsonl'),
				],
				sees: ({stage}) => stage.read('kept.jsonl').includes('invalid-target'),
			},
			concurrency: {
				option: ['--concurrency', '1'],
				base: ({silent, file}) => [
					'baseline',
					...['a', 'b', 'c', 'd'].map(name => `${name}.example:${silent.port}`),
					'--resolve',
					`*:${silent.port}:127.0.0.1`,
					'--output',
					file('kept.jsonl'),
					'--timeout',
					'500ms',
					...quick,
				],
				sees: ({stage}) => stage.silent.counters.mostOpen <= 2,
			},
			rate: {
				option: ['--rate', '0.5'],
				sees: ({stage}) => (JSON.parse(stage.read('kept.jsonl')) as {durationMs: number}).durationMs > 5500,
			},
			format: {
				option: ['--format', 'json'],
				base: ({good, file}) => ['baseline', at(good), ...quick, '-o', file('kept')],
				sees: ({stage}) => stage.read('kept').startsWith('['),
			},
			// A baseline is that by itself.
			json: 'plain',
			quiet: {option: ['--quiet'], sees: ({stderr, code}) => stderr === '' && code === 0},
		},
	},
	place,
);

function kept(targets: readonly string[], ...options: readonly string[]): readonly string[] {
	return ['baseline', ...options, ...targets];
}

/** A baseline prints nothing: what it keeps is looked at instead. */
function keptRows(rows: Rows): Rows {
	return Object.fromEntries(
		Object.entries(rows).map(([name, row]): [string, Row] => {
			if (row === 'plain' || 'refused' in row) {
				return [name, row];
			}

			const base = row.base ?? (({good}: Stage) => ['baseline', at(good)]);
			return [
				name,
				{
					...row,
					base: stage => [...base(stage), '--output', stage.file('kept.jsonl')],
					sees: seen => row.sees({...seen, stdout: seen.stage.read('kept.jsonl')}),
				},
			];
		}),
	);
}

const clientsOf: Naming = (targets, ...options) => ['clients', '--json', '--client', 'java-8u161', ...options, ...targets];
const {
	versions: _versions,
	samples: _samples,
	confirm: _confirm,
	ca: _ca,
	online: _online,
	ctLogs: _ctLogs,
	probes: _probes,
	full: _full,
	source: _source,
	compareDirect: _compareDirect,
	proxyProtocol: _proxyProtocol,
	...asked
} = probingRows((targets, ...options) => clientsOf(targets, ...options.filter(option => !['--versions', '1.2'].includes(option))));
const asText = ({good}: Stage): readonly string[] => ['clients', '--client', 'java-8u161', at(good)];

/** Of a command that prints something else than results. */
const printingRows = (base: (stage: Stage) => readonly string[]): Rows => ({
	json: {option: ['--json'], base, sees: ({stdout}) => stdout.startsWith('{"')},
	format: {option: ['--format', 'json'], base, sees: ({stdout}) => /^[[{]/.test(stdout) && JSON.parse(stdout) !== undefined},
	output: {
		option: ({file}) => ['-o', file('printed.jsonl')],
		base,
		sees: ({stdout, stage}) => stdout === '' && stage.read('printed.jsonl').startsWith('{"'),
	},
});

testMode(
	{
		title: 'tlsprobe clients HOST',
		command: 'clients',
		base: ({good}) => clientsOf([at(good)]),
		rows: {
			...asked,
			...catalogRows(clientsOf),
			...colorRows(asText),
			...printingRows(asText),
			addresses: {
				option: ['--addresses', 'all'],
				base: ({good}) => clientsOf([`both.example:${good.port}`], '--resolve', `both.example:${good.port}:127.0.0.1,127.0.0.1`),
				sees: ({stdout}) => stdout.trim().split('\n').length === 2,
			},
			ipv4: {
				option: ['-4'],
				base: ({good}) => clientsOf([`both.example:${good.port}`], '--resolve', `both.example:${good.port}:[::1],127.0.0.1`),
				sees: ({stdout}) => stdout.includes('"address":"127.0.0.1"'),
			},
			ipv6: {
				option: ['-6'],
				base: ({good}) => clientsOf([`both.example:${good.port}`], '--resolve', `both.example:${good.port}:127.0.0.1,[::1]`),
				sees: ({stdout}) => !stdout.includes('"address":"127.0.0.1"'),
			},
			timeout: {
				option: ['--timeout', '100ms'],
				base: ({silent}) => clientsOf([at(silent)], '--deadline', '4s'),
				sees: ({stage}) => stage.silent.counters.connections > 1,
			},
			deadline: {
				option: ['--deadline', '300ms'],
				base: ({silent}) => clientsOf([at(silent)], '--timeout', '1s'),
				// None, where the machine is so busy that the time is up first.
				sees: ({stage}) => stage.silent.counters.connections <= 1,
			},
			retries: {
				option: ['--retries', '0'],
				base: ({good, closing}) => clientsOf([at(good)], '--proxy', `http://${at(closing)}`),
				// The hello, and one for each version that finds out what the failure was about.
				sees: ({stage}) => stage.closing.counters.connections <= 6,
			},
			maxConnections: {
				option: ['--max-connections', '1'],
				base: ({silent}) => [
					'clients',
					...['java-8u161', 'windows-7', 'curl', 'go'].flatMap(name => ['--client', name]),
					at(silent),
					'--timeout',
					'300ms',
					'--deadline',
					'1s',
				],
				// The server may learn late that a connection was closed.
				sees: ({stage}) => stage.silent.counters.mostOpen <= 2,
			},
			proxy: {option: ({closing}) => ['--proxy', `http://${at(closing)}`], sees: ({stage}) => stage.closing.counters.connections > 0},
			starttls: {
				option: ['--starttls', 'smtp'],
				base: ({closing}) => clientsOf([at(closing)]),
				sees: ({stdout}) => stdout.includes('no STARTTLS'),
			},
			// What is offered shows in the bytes alone: test/engine/alpn.ts. Here it is read.
			alpn: {option: ['--alpn', ','], sees: ({code, stderr}) => code === 2 && stderr.includes('--alpn takes protocol ids')},
			client: {
				option: ['--client', 'java-8u161'],
				base: ({good}) => ['clients', '--json', at(good)],
				sees: ({stdout}) => !stdout.includes('windows'),
			},
			clientHello: {
				option: ['--client-hello', recorded],
				base: ({good}) => ['clients', '--json', '--client', 'java-8u161', at(good)],
				sees: ({stdout}) => stdout.includes('004-TLSv1.3-short') && stdout.includes('java-8u161'),
			},
			from: {
				option: ({file}) => ['--from', file('windows.json', windowsReport)],
				base: ({good}) => ['clients', '--json', '--client', 'java-8u161', at(good)],
				sees: ({stdout}) => stdout.includes('schannel') && stdout.includes('java-8u161'),
			},
			list: {refused: /does not go with --list/},
			quiet: {option: ['--quiet'], base: ({good}) => clientsOf([at(good)], '--proxy', 'env'), sees: ({stderr}) => stderr === ''},
		},
	},
	place,
);

/** Every flag of a command but these. */
const flagsBut = (flags: object, ...names: readonly string[]): readonly string[] =>
	Object.keys(flags).filter(name => !names.includes(name));

function listed(): readonly string[] {
	return ['clients', '--list'];
}

testMode(
	{
		title: 'tlsprobe clients --list',
		command: 'clients',
		base: listed,
		rows: {
			...plainRows,
			...refusedRows(flagsBut(clients.flags, 'list', 'json', 'format', 'output', 'quiet'), /does not go with --list/),
			...printingRows(listed),
			list: {option: ['--list'], base: () => ['clients'], sees: ({stdout}) => stdout.includes('java-8')},
			quiet: {
				option: ['--quiet'],
				base: ({file}) => ['clients', '--list', '-o', file('list.txt')],
				sees: ({stderr, stage}) => stderr === '' && stage.read('list.txt') !== '',
			},
		},
	},
	place,
);

const result = ({port}: {readonly port: number}, more = {}): string =>
	`${JSON.stringify({target: `127.0.0.1:${port}`, host: '127.0.0.1', port, address: '127.0.0.1', serverName: null, versions: {'TLSv1.2': {status: 'accepted', reason: 'server-hello'}}, verdict: 'pass', ...more})}\n`;
/** The server is silent: what is asked again is asked for long. */
const since = (stage: Stage): readonly string[] => ['diff', stage.file('old.jsonl', result(stage.silent))];
/** Through a proxy that closes every connection. */
const proxied = ({good, closing, file}: Stage): readonly string[] => [
	'diff',
	file('old.jsonl', result(good, {proxy: `http://${at(closing)}`})),
];
const secret = ({good, closing, file}: Stage): readonly string[] => [
	'diff',
	file('old.jsonl', result(good, {proxy: `http://user:***@${at(closing)}`})),
];
const named = ({good, file}: Stage): readonly string[] => [
	'diff',
	file('old.jsonl', result(good, {target: `named.example:${good.port}`, host: 'named.example', serverName: 'named.example'})),
	'--json',
];
/** Of a server that refuses TLS 1.2, which it is said to accept. */
const changed = ({closing, file}: Stage): readonly string[] => ['diff', file('old.jsonl', result(closing))];

testMode(
	{
		title: 'tlsprobe diff OLD',
		command: 'diff',
		base: since,
		rows: {
			...plainRows,
			...printingRows(changed),
			samples: {
				option: ['--samples', '3'],
				base: ({good, file}) => ['diff', file('old.jsonl', result(good))],
				sees: ({stage}) => stage.good.counters.connections >= 3,
			},
			timeout: {
				option: ['--timeout', '100ms'],
				base: stage => [...since(stage), '--deadline', '4s'],
				sees: ({stage}) => stage.silent.counters.connections > 1,
			},
			deadline: {
				option: ['--deadline', '300ms'],
				base: stage => [...since(stage), '--timeout', '1s'],
				// None, where the machine is so busy that the time is up first.
				sees: ({stage}) => stage.silent.counters.connections <= 1,
			},
			retries: {
				option: ['--retries', '0'],
				base: proxied,
				sees: ({stage}) => stage.closing.counters.connections === 1,
			},
			proxy: {
				option: ({closing}) => ['--proxy', `http://user:secret@${at(closing)}`],
				base: secret,
				sees: ({stage}) => stage.closing.counters.connections > 0,
			},
			ca: {argv: ['--ca', fixture('rsa')], refused: /that run used no file of authorities/},
			resolve: {
				option: ({good}) => ['--resolve', `named.example:${good.port}:127.0.0.1`],
				base: named,
				sees: ({stage}) => stage.good.counters.connections > 0,
			},
			dns: {option: ({names}) => ['--dns', names.address], base: named, sees: ({stage}) => stage.good.counters.connections > 0},
			ipv4: {
				option: ['-4'],
				base: stage => [...named(stage), '--resolve', `named.example:${stage.good.port}:[::1],127.0.0.1`],
				sees: ({stdout}) => !stdout.includes('::1'),
			},
			ipv6: {
				option: ['-6'],
				base: stage => [...named(stage), '--resolve', `named.example:${stage.good.port}:[::1],127.0.0.1`],
				sees: ({stage}) => stage.good.counters.connections === 0,
			},
			quiet: {
				option: ['--quiet'],
				base: ({good, file}) => ['diff', file('old.jsonl', result(good)), '--proxy', 'env'],
				sees: ({stderr}) => stderr === '',
			},
		},
	},
	place,
);

const compared = ({good, old, file}: Stage): readonly string[] => ['diff', file('old.jsonl', result(good)), file('new.jsonl', result(old))];

testMode(
	{
		title: 'tlsprobe diff OLD NEW',
		command: 'diff',
		base: compared,
		rows: {
			...plainRows,
			...printingRows(compared),
			...refusedRows(['samples', 'timeout', 'deadline', 'retries', 'ipv4', 'ipv6'], /with two files, nothing is probed/),
			...Object.fromEntries(
				Object.entries({ca: fixture('rsa'), proxy: 'http://127.0.0.1:1', resolve: 'a:1:127.0.0.1', dns: '127.0.0.1'}).map(
					([name, value]): [string, Row] => [name, {refused: /with two files, nothing is probed/, argv: [`--${name}`, value]}],
				),
			),
			quiet: {
				option: ['--quiet'],
				base: stage => [...compared(stage), '-o', stage.file('changes.txt')],
				sees: ({stderr, stage}) => stderr === '' && stage.read('changes.txt') !== '',
			},
		},
	},
	place,
);

const windows = (): readonly string[] => ['windows', '--os', 'Windows Server 2012'];

testMode(
	{
		title: 'tlsprobe windows',
		command: 'windows',
		base: windows,
		rows: {
			...colorRows(),
			os: {option: ['--os', 'Windows Server 2012'], base: () => ['windows'], sees: ({stdout}) => stdout.includes('2012')},
			...printingRows(windows),
			update: {option: ['--update', 'KB3140245'], sees: ({stdout}) => stdout !== '' && !stdout.includes('KB3140245 is not given')},
			arch: {option: ['--arch', 'x86'], sees: ({stdout}) => stdout.startsWith('Windows Server 2012, 32-bit')},
			codeProtocols: {
				option: ['--code-protocols', '1.0'],
				sees: ({stdout}) => stdout.includes('the program names TLS 1.0 to SChannel'),
			},
			switch: {
				option: ['--switch', 'DontEnableSchUseStrongCrypto=true'],
				sees: ({stdout}) => stdout.includes('DontEnableSchUseStrongCrypto'),
			},
			service: {option: ['--service', 'azure-storage'], sees: ({stdout}) => /storage/i.test(stdout)},
			role: {option: ['--role', 'server'], sees: ({stdout}) => stdout.includes(', as a server\n')},
			server: {option: ['--server', 'rdp'], sees: ({stdout}) => /^rdp /m.test(stdout) && !/^iis /m.test(stdout)},
			client: {option: ['--client', 'mars-agent'], sees: ({stdout}) => !stdout.includes('powershell')},
			fix: {option: ({file}) => ['--fix', file('fix.reg')], sees: ({stage}) => stage.read('fix.reg') !== ''},
			beforeAfter: {option: ['--before-after', '--json'], sees: ({stdout}) => /"(?:effects|steps|beforeAfter)"/.test(stdout)},
			collector: {
				option: ['--collector'],
				base: () => ['windows'],
				sees: ({stdout}) => stdout.includes('PowerShell') || stdout.includes('param'),
			},
			quiet: {
				option: ['--quiet'],
				base: ({file}) => [
					...windows(),
					file('odd.reg', 'Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Other]\r\n"x"=dword:1\r\n'),
				],
				sees: ({stderr}) => stderr === '',
			},
		},
	},
	place,
);

testMode(
	{
		title: 'tlsprobe windows --collector',
		command: 'windows',
		base: () => ['windows', '--collector'],
		rows: {
			...plainRows,
			...refusedRows(flagsBut(windowsCommand.flags, 'collector', 'format', 'output', 'quiet'), /does not go with --collector/),
			collector: {option: ['--collector'], base: () => ['windows'], sees: ({stdout}) => stdout !== ''},
			// There is no other.
			format: {refused: /--format takes text/, argv: ['--format', 'json']},
			output: {
				option: ({file}) => ['-o', file('collect.ps1')],
				sees: ({stdout, stage}) => stdout === '' && stage.read('collect.ps1').includes('Get-'),
			},
			quiet: {
				option: ['--quiet'],
				base: ({file}) => ['windows', '--collector', '-o', file('collect.ps1')],
				sees: ({stderr, stage}) => stderr === '' && stage.read('collect.ps1') !== '',
			},
		},
	},
	place,
);

const page = (): readonly string[] => ['catalog', 'azure-portal'];
const list = (): readonly string[] => ['catalog'];

testMode(
	{
		title: 'tlsprobe catalog NAME',
		command: 'catalog',
		base: page,
		rows: {
			...colorRows(),
			...printingRows(page),
			cloud: {option: ['--cloud', 'china'], sees: ({stdout}) => stdout.includes('  china ') && !stdout.includes('  public ')},
			due: {option: ['--due'], sees: ({stdout}) => /^\d{4}-\d\d-\d\d {2}/m.test(stdout)},
		},
	},
	place,
);

testMode(
	{
		title: 'tlsprobe catalog',
		command: 'catalog',
		base: list,
		rows: {
			...colorRows(),
			...printingRows(list),
			cloud: {option: ['--cloud', 'china'], sees: ({stdout}) => !stdout.includes('Seamless single sign-on')},
			due: {option: ['--due'], sees: ({stdout}) => /^\d{4}-\d\d-\d\d {2}/m.test(stdout)},
		},
	},
	place,
);

testMode(
	{
		title: 'tlsprobe explain',
		command: 'explain',
		base: () => ['explain'],
		input: () => `160303${(4 + 100).toString(16).padStart(4, '0')}0b000064${'00'.repeat(100)}`,
		rows: {
			...colorRows(),
			full: {option: ['--full'], sees: ({stdout}) => !stdout.includes('...') && !stdout.includes('…')},
			// There is no other.
			format: {refused: /--format takes text/, argv: ['--format', 'json']},
			output: {
				option: ({file}) => ['-o', file('explained.txt')],
				sees: ({stdout, stage}) => stdout === '' && stage.read('explained.txt') !== '',
			},
		},
	},
	place,
);

const lab = (): readonly string[] => ['lab', '--peer', 'compliant'];

testMode(
	{
		title: 'tlsprobe lab',
		command: 'lab',
		base: lab,
		rows: {
			...colorRows(),
			...printingRows(lab),
			peer: {option: ['--peer', 'mixed'], sees: ({stdout}) => stdout.includes('mixed')},
			serve: {
				option: ['--serve'],
				base: stage => [...lab(), '-o', stage.file('ports.json')],
				meanwhile: async ({said, interrupt}) => {
					await said(/ports\.json/);
					interrupt();
				},
				sees: ({stage}) => stage.read('ports.json').includes('"proxy"'),
			},
			confirm: {option: ['--confirm', '--json'], sees: ({stdout}) => stdout.includes('"confirmed"')},
		},
	},
	place,
);

const served = (): readonly string[] => ['lab', '--serve', '--peer', 'compliant'];
/** Ends it as soon as it has said where the servers are. */
const interrupted: Row = {
	option: ({file}) => ['-o', file('ports.txt')],
	sees: ({stdout, stage}) => stdout === '' && stage.read('ports.txt') !== '',
	meanwhile: async ({said, interrupt}) => {
		await said(/ports\.txt/);
		interrupt();
	},
	isAlone: true,
};

testMode(
	{
		title: 'tlsprobe lab --serve',
		command: 'lab',
		base: served,
		rows: {
			...colorRows(),
			peer: {option: ['--peer', 'mixed'], sees: ({stdout}) => stdout.includes('mixed')},
			serve: 'plain',
			confirm: {refused: /--confirm does not go with --serve/},
			json: {option: ['--json'], sees: ({stdout}) => stdout.startsWith('{"')},
			format: {option: ['--format', 'json'], sees: ({stdout}) => stdout.startsWith('{"')},
			output: interrupted,
		},
		meanwhile: async ({printed, interrupt}) => {
			await printed(/proxy|--proxy/);
			interrupt();
		},
	},
	place,
);

/** Waits until it listens, and connects as a client does. @returns Whether there was a handshake. */
async function greet(port: number): Promise<string> {
	const socket = tls.connect({port, host: '127.0.0.1', rejectUnauthorized: false});
	const outcome = await Promise.race([
		once(socket, 'secureConnect').then(() => 'handshake'),
		once(socket, 'close').then(() => 'closed'),
	]).catch(() => 'refused');
	socket.destroy();
	return outcome;
}

/** Connects, and says nothing. */
async function keepSilent(port: number): Promise<net.Socket> {
	const socket = net.connect({port, host: '127.0.0.1'}).on('error', () => {});
	await once(socket, 'connect');
	return socket;
}

const portOf = async ({said}: Running): Promise<number> => Number((await said(/port (\d+)\n/))[1]);

const one = (): readonly string[] => ['listen', '--port', '0', '--count', '1'];
const many = (): readonly string[] => ['listen', '--port', '0', '--json'];

testMode(
	{
		title: 'tlsprobe listen',
		command: 'listen',
		base: one,
		async meanwhile(running, {notes}) {
			notes.push(await greet(await portOf(running)));
		},
		rows: {
			...colorRows(),
			...printingRows(one),
			port: {
				option: ({good}) => ['--port', String(good.port)],
				base: () => ['listen'],
				// The port is taken.
				sees: ({stderr, stage, code}) => code === 2 && stderr.includes(`port ${stage.good.port}: another program`),
				isAlone: true,
			},
			address: {option: ['--address', '0.0.0.0'], sees: ({stderr}) => stderr.startsWith('listening on 0.0.0.0 port ')},
			answer: {option: ['--answer', 'refuse'], sees: ({stage}) => stage.notes[0] === 'refused'},
			count: {
				option: ['--count', '1'],
				base: many,
				async meanwhile(running) {
					const port = await portOf(running);
					await greet(port);
					await greet(port);
					await running.printed(/\n.*\n/);
					running.interrupt();
				},
				sees: ({stdout}) => stdout.trim().split('\n').length === 1,
			},
			timeout: {
				option: ['--timeout', '50ms'],
				base: many,
				async meanwhile(running, {notes}) {
					const socket = await keepSilent(await portOf(running));
					// The default is ten seconds.
					await once(socket, 'close', {signal: AbortSignal.timeout(2000)}).then(
						() => notes.push('closed'),
						() => notes.push('open'),
					);
					socket.destroy();
					running.interrupt();
				},
				sees: ({stage}) => stage.notes[0] === 'closed',
			},
			maxClients: {
				option: ['--max-clients', '1'],
				base: many,
				async meanwhile(running, {notes}) {
					const port = await portOf(running);
					const socket = await keepSilent(port);
					notes.push(await greet(port));
					socket.destroy();
					running.interrupt();
				},
				sees: ({stage}) => stage.notes[0] !== 'handshake',
			},
			save: {option: ({file}) => ['--save', file('hellos')], sees: ({stage}) => existsSync(stage.file('hellos'))},
			quiet: {
				option: ['--quiet'],
				base: many,
				async meanwhile({interrupt}) {
					interrupt();
				},
				sees: ({stderr}) => stderr === '',
			},
		},
	},
	place,
);
