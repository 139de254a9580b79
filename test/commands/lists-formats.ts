import test from 'ava';
import {briefly, lines, makeFolder, readResults} from '../helpers/lists.js';
import {onLinux} from '../helpers/platforms.js';
import {runInProcess} from '../helpers/run-in-process.js';

const scan =
	'# Nmap 7.93 scan\nHost: 127.0.0.1 ()\tPorts: 1/open/tcp//tcpmux///, 443/closed/tcp//https///, 2/open/tcp//ssl|http///, 53/open/udp//domain///\n';

test('every open TCP port of a scan is probed, and what is left out is counted and named', async t => {
	const {code, stdout, stderr} = await runInProcess(['--hosts', makeFolder(t)('scan.gnmap', scan), '--json', '--ordered', ...briefly]);
	t.deepEqual(
		readResults(stdout).map(({target}) => target),
		['127.0.0.1:1', '127.0.0.1:2'],
	);
	t.regex(stderr, /scan\.gnmap: left out, open ports other than TCP: 1 \(53\/udp\)\n/);
	t.is(code, 3);
});

test('--scanned-ports tls narrows a scan, and says what that leaves out', async t => {
	const file = makeFolder(t)('scan.gnmap', scan);
	const {stdout, stderr} = await runInProcess(['--hosts', file, '--scanned-ports', 'tls', '--json', '--ordered', ...briefly]);
	t.deepEqual(
		readResults(stdout).map(({target}) => target),
		['127.0.0.1:2'],
	);
	t.regex(stderr, /left out, open ports that the scan does not report as TLS: 1 \(1\)\n/);
});

test('--scanned-ports is for lists, and takes two words', async t => {
	const alone = await runInProcess(['--scanned-ports', 'all', 'localhost']);
	t.is(alone.code, 2);
	t.regex(alone.stderr, /--scanned-ports goes with --hosts FILE/);
	const other = await runInProcess(['--scanned-ports', 'https', '--hosts', makeFolder(t)('list', '')]);
	t.is(other.code, 2);
	t.regex(other.stderr, /--scanned-ports takes all, tls/);
});

for (const [name, text] of [
	['masscan-list', '#masscan\nopen tcp 1 127.0.0.1 1700000000\n'],
	['masscan-json', '[\n{"ip": "127.0.0.1", "ports": [{"port": 1, "proto": "tcp", "status": "open"}]}\n]\n'],
	['rank-domain', '1,127.0.0.1:1\n'],
	['csv', 'IP Address|TCP Port\n127.0.0.1|1\n'],
	['nmap-grepable', 'Timestamp: 1700000000\tHost: 127.0.0.1 ()\tPorts: 1/open/tcp////\n'],
] as const) {
	test(`--hosts-format ${name} reads it, as no option does`, async t => {
		const file = makeFolder(t)('list', text);
		for (const options of name === 'rank-domain' ? [['--hosts-format', name]] : [[], ['--hosts-format', name]]) {
			const {stdout} = await runInProcess(['--hosts', file, ...options, '--json', ...briefly]);
			t.deepEqual(
				readResults(stdout).map(({target}) => target),
				['127.0.0.1:1'],
			);
		}
	});
}

for (const [name, text] of [
	['ansible-ini', '[web]\na.example.com ansible_host=127.0.0.1\n[all:children]\nweb\n'],
	['ansible-yaml', 'all:\n  hosts:\n    a.example.com:\n      ansible_host: 127.0.0.1\n'],
] as const) {
	test(`--hosts-format ${name} reads an inventory, as no option does`, async t => {
		const file = makeFolder(t)('list', text);
		for (const options of [[], ['--hosts-format', name]]) {
			const {stdout} = await runInProcess(['--hosts', file, ...options, '--json', ...briefly]);
			t.deepEqual(
				readResults(stdout).map(({target, address, serverName}) => [target, address, serverName]),
				[['a.example.com:443', '127.0.0.1', 'a.example.com']],
			);
		}
	});
}

test('a spreadsheet is named as one, by file and with the next step', async t => {
	const file = makeFolder(t)(
		'hosts.xlsx',
		Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(26), Buffer.from('xl/workbook.xml')]),
	);
	const {code, stderr} = await runInProcess(['--hosts', file, ...briefly]);
	t.is(code, 3);
	t.regex(stderr, /hosts\.xlsx:1: .*this is a spreadsheet \(\.xlsx or \.ods\), not a list of hosts; save the sheet as CSV/);
});

onLinux('a small block on the command line is probed target by target', async t => {
	const {code, stdout} = await runInProcess(['127.0.0.0/30:1', '127.0.0.9-10:1', '127.0.0.20:1,2', '--json', ...briefly]);
	t.deepEqual(
		readResults(stdout).map(({target}) => target),
		[...['0', '1', '2', '3', '9', '10', '20'].map(byte => `127.0.0.${byte}:1`), '127.0.0.20:2'],
	);
	t.is(code, 3);
});

onLinux('a large block on the command line is a list: a line each, with totals, and the options of lists', async t => {
	const {code, stdout, stderr} = await runInProcess(['127.0.0.0/27:1', ...briefly]);
	t.is(stdout.trimEnd().split('\n').length, 32);
	t.regex(stderr, /^32 targets in /m);
	t.is(code, 3);
	const ordered = await runInProcess(['localhost:1', '127.0.0.0/27:1', '--ordered', '--json', '-4', '--only', 'inconclusive', ...briefly]);
	const asList = await runInProcess(['--hosts', '-', '--ordered', '--json', '-4', ...briefly], {
		input: lines(['localhost:1', '127.0.0.0/27:1']),
	});
	const targetsOf = (text: string) => readResults(text).map(({target}) => target);
	t.is(targetsOf(ordered.stdout).length, 33);
	t.deepEqual(targetsOf(ordered.stdout), targetsOf(asList.stdout));
});

for (const [text, problem] of [
	['127.000.000.010', /"127\.000\.000\.010": not the standard form of an address, .*; write 127\.0\.0\.10\n$/],
	['127.0.0.0/33', /a block of IPv4 ends in \/0 to \/32\n$/],
	['127.0.0.0/255.0.0.0', /a block ends in its number of bits, as in 192\.0\.2\.0\/24\n$/],
	['fe80::1', /a link-local address needs its network interface/],
	['*.example.com', /a wildcard matches many hosts; write the name of one/],
	['localhost:', /no port after the colon/],
] as const) {
	test(`${text} on the command line is wrong usage, on one line`, async t => {
		const {code, stdout, stderr} = await runInProcess([text, '127.0.0.0/8']);
		t.is(code, 2);
		t.is(stdout, '');
		t.regex(stderr, problem);
		t.is(stderr.trimEnd().split('\n').length, 1);
	});
}

for (const [title, argv, problem] of [
	[
		'--resolve',
		['--resolve', 'a.example:443:127.000.000.010', 'a.example'],
		/"127\.000\.000\.010" is not the standard form .*write 127\.0\.0\.10/,
	],
	['--resolve', ['--resolve', 'a.example:443:[fe80::1]', 'a.example'], /a link-local address needs its network interface/],
	['--proxy', ['--proxy', 'http://127.000.000.010:3128', 'a.example'], /write 127\.0\.0\.10/],
	['clients', ['clients', '127.0.0.0/24'], /clients takes a block or range of up to 16 addresses/],
] as const) {
	test(`${title} ${argv.at(2) ?? ''} ${argv[1]}: an address that is none, and too many of them, are wrong usage`, async t => {
		const {code, stderr} = await runInProcess(argv);
		t.is(code, 2);
		t.regex(stderr, problem);
	});
}

onLinux('an interface that is not there is named', async t => {
	const {code, stdout} = await runInProcess(['[fe80::1%nosuch0]:443', ...briefly]);
	t.is(code, 3);
	t.regex(stdout, /no such network interface/);
	t.regex(stdout, /write a network interface of this machine after the %/);
	t.notRegex(stdout, /route/);
});

test('a check file expands targets as lists do', async t => {
	const at = makeFolder(t);
	const file = at('tlsprobe.yaml', 'endpoints:\n  - 127.0.0.0/30:1\n  - target: 127.0.0.9:1,2\n    name: both\n  - smtp://127.0.0.10:1\n');
	const {stdout} = await runInProcess(['check', file, '--json', '--retries', '0']);
	const results = readResults(stdout);
	t.deepEqual(
		results.map(({target, name}) => [target, name]),
		[
			...['0', '1', '2', '3'].map(byte => [`127.0.0.${byte}:1`, undefined]),
			['127.0.0.9:1', 'both'],
			['127.0.0.9:2', 'both'],
			['127.0.0.10:1', undefined],
		],
	);
	t.is(results.at(-1)?.given?.starttls, 'smtp');
	const large = await runInProcess(['check', at('large.yaml', 'endpoints:\n  - 127.0.0.0/8\n')]);
	t.is(large.code, 2);
	t.regex(large.stderr, /large\.yaml:2:5: .*a block or range of more than 1024 targets; put it into a list, and include the list/);
	const padded = await runInProcess(['check', at('padded.yaml', 'endpoints:\n  - target: a.example\n    address: 127.000.000.010:1\n')]);
	t.is(padded.code, 2);
	t.regex(padded.stderr, /padded\.yaml:3:\d+: .*write 127\.0\.0\.10/);
});
