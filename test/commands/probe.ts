import {readFileSync} from 'node:fs';
import test from 'ava';
import {probeFlags} from '../../source/commands/probing/probe-flags.js';
import type {Report} from '../../source/engine/report.js';
import {runCli} from '../helpers/run-cli.js';
import {runInProcess} from '../helpers/run-in-process.js';
import {startSilentServer, startTlsServer} from '../helpers/tls-server.js';

const compliant = {minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3'} as const;
const legacy = {minVersion: 'TLSv1', maxVersion: 'TLSv1.2'} as const;
/** Nothing listens there, and nothing ever will: it is nobody's to give out. */
const nobody = '127.0.0.1:1';

const reportsOf = (stdout: string): Report[] =>
	stdout
		.split('\n')
		.slice(0, -1)
		.map(line => JSON.parse(line));

const mistakes: readonly (readonly [argv: readonly string[], message: RegExp])[] = [
	[[], /^name a host, such as tlsprobe portal\.azure\.com; see tlsprobe --help, or try tlsprobe lab$/],
	[['--json'], /^name a host/],
	[['--'], /^name a host/],
	[[''], /^a target is empty, for example because a variable is not set; name a host$/],
	[['a b'], /^"a b": not a host name$/],
	[['host', '443'], /^"443": a number is not a host; a port follows its host, as in host:443$/],
	[['host:99999'], /^"host:99999": not a port from 1 to 65535: "99999"$/],
	[['ssh://host'], /^"ssh:\/\/host": ssh:\/\/ is not a scheme with a TLS port; write host:port$/],
	[['ho\u001B[31mst'], /^"ho\\u001b\[31mst": not a host name$/],
	[['--jsno', 'host'], /^unknown option --jsno; did you mean --json\?$/],
	[['--time-out', '5s', 'host'], /^unknown option --time-out; did you mean --timeout\?$/],
	[['--frobnicate', 'host'], /^unknown option --frobnicate; see --help$/],
	[['-z', 'host'], /^unknown option -z; see --help$/],
	[['--constructor', 'host'], /^unknown option --constructor; see --help$/],
	[['-4', '-6', 'host'], /^-4 and -6 together leave no address; use one of them$/],
	[
		['--versions', '1.4', 'host'],
		/^--versions takes ssl2, ssl3, 1\.0, 1\.1, 1\.2, 1\.3, a range such as 1\.0\.\.1\.2, or all, not "1\.4"$/,
	],
	[['--versions', 'host', 'other'], /^--versions takes .* not "host"$/],
	[['--timeout', '0', 'host'], /^--timeout takes a duration such as 5s, 500ms or 2m, not "0"$/],
	[['--timeout', 'soon', 'host'], /^--timeout takes a duration/],
	[['--timeout=-1', 'host'], /^--timeout takes a duration/],
	[['--deadline', '1d', 'host'], /^--deadline takes a duration/],
	[['--retries=-1', 'host'], /^--retries takes a whole number from 0 to 100, not "-1"$/],
	[['--retries', 'often', 'host'], /^--retries takes a whole number/],
	[['--max-connections', '0', 'host'], /^--max-connections takes a whole number from 1 to \d+, not "0"$/],
	[['--addresses', 'both', 'host'], /^--addresses takes all or first, not "both"$/],
	[['--resolve', 'host:443', 'host'], /^--resolve takes HOST:PORT:ADDRESS, such as portal\.azure\.com:443:127\.0\.0\.1, not "host:443"$/],
	[['--resolve', 'other:443:127.0.0.1', 'host'], /^--resolve names other:443, which is not among the targets$/],
	[['--resolve', 'host:8443:127.0.0.1', 'host'], /^--resolve names host:8443, which is not among the targets$/],
	[['--servername', '127.0.0.1', 'host'], /^--servername takes a host name, not "127\.0\.0\.1"$/],
	[['--servername', 'a:443', 'host'], /^--servername takes a host name, not "a:443"$/],
	[['--servername', 'https://a/', 'host'], /^--servername takes a host name/],
	[['--source', 'eth0', 'host'], /^--source takes an IP address of this machine, not "eth0"$/],
	[['--evidence', 'host'], /^--evidence goes with --json,.*; --explain shows the bytes in words$/],
	[['--json=yes', 'host'], /^--json takes no value; see --help$/],
	[['--no-timeout', 'host'], /^--no-timeout is not supported; see --help$/],
	[['--timeout', '1s', '--timeout', '2s', 'host'], /^--timeout is given more than once; use it once$/],
];

for (const [argv, message] of mistakes) {
	test(`${JSON.stringify(argv)} is wrong usage, reported in one line`, async t => {
		const {code, stdout, stderr} = await runInProcess(argv);
		t.is(stdout, '');
		t.regex(stderr, /^tlsprobe: [^\n]+\n$/);
		t.regex(stderr.slice('tlsprobe: '.length, -1), message);
		t.is(code, 2);
	});
}

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);

for (const [name, {type}] of Object.entries(probeFlags).filter(([, flag]) => flag.type === 'string' && !('alone' in flag))) {
	test(`--${kebab(name)} needs its ${type}`, async t => {
		for (const argv of [[`--${kebab(name)}`], [`--${kebab(name)}=`, 'host'], [`--${kebab(name)}`, '--json', 'host']]) {
			t.deepEqual(await runInProcess(argv), {code: 2, stdout: '', stderr: `tlsprobe: --${kebab(name)} needs a value; see --help\n`});
		}
	});
}

test('--help names every option and every command, on stdout', async t => {
	const {code, stdout, stderr} = await runInProcess(['--help']);
	t.is(code, 0);
	t.is(stderr, '');
	const shown: Readonly<Record<string, string>> = {ipv4: '-4', ipv6: '-6'};
	const missing = Object.keys(probeFlags).filter(name => !new RegExp(`(?:^|\\s)${shown[name] ?? `--${kebab(name)}`}\\b`).test(stdout));
	t.deepEqual(missing, []);
	t.regex(stdout, /^ {2}lab +\S/m);
	t.deepEqual(
		stdout.split('\n').filter(line => line.length > 100),
		[],
	);
	t.is((await runInProcess(['-h'])).stdout, stdout);
	t.is((await runInProcess(['probe', '--help'])).code, 0);
});

test('--version prints the version alone', async t => {
	const {version} = JSON.parse(readFileSync('package.json', 'utf8')) as {version: string};
	t.deepEqual(await runCli(['--version']), {code: 0, stdout: `${version}\n`, stderr: ''});
	t.deepEqual(await runCli(['-V']), {code: 0, stdout: `${version}\n`, stderr: ''});
});

test('a server that refuses 1.0 and 1.1 and accepts 1.2 and 1.3 passes, with 0', async t => {
	const {target} = await startTlsServer(t, compliant);
	const {code, stdout, stderr} = await runCli([target]);
	t.is(stderr, '');
	t.regex(stdout, /^TLSv1\.0 +rejected +alert 70 protocol_version/m);
	t.regex(stdout, /^TLSv1\.1 +rejected +alert 70 protocol_version/m);
	t.regex(stdout, /^TLSv1\.2 +accepted +TLS_ECDHE_ECDSA_/m);
	t.regex(stdout, /^TLSv1\.3 +accepted +TLS_AES_/m);
	t.regex(stdout, /^✔ PASS {2}/m);
	t.is(code, 0);
});

test('a server that accepts 1.0 fails, with 1', async t => {
	const {target} = await startTlsServer(t, legacy);
	const {code, stdout, stderr} = await runCli([target]);
	t.is(stderr, '');
	t.regex(stdout, /^TLSv1\.0 +accepted +TLS_ECDHE_ECDSA_/m);
	t.regex(stdout, /^TLSv1\.3 +rejected +ServerHello selects TLSv1\.2|^TLSv1\.3 +rejected +alert 70/m);
	t.regex(stdout, /^✘ FAIL {2}.*TLSv1\.0/m);
	t.is(code, 1);
});

test('a port without a listener proves nothing, with 3', async t => {
	const {code, stdout} = await runInProcess([nobody]);
	t.regex(stdout, /^TLSv1\.0 +inconclusive +connection refused/m);
	t.regex(stdout, /^\? INCONCLUSIVE/m);
	t.is(code, 3);
});

test('of several targets, the worst decides: a failure over what is open, and that over a pass', async t => {
	const [good, bad] = [await startTlsServer(t, compliant), await startTlsServer(t, legacy)];
	t.is((await runInProcess([good.target, nobody, bad.target])).code, 1);
	t.is((await runInProcess([good.target, nobody])).code, 3);
	t.is((await runInProcess([good.target, good.target])).code, 0);
});

test('--json prints a line for each address, in the order of the targets, and nothing else', async t => {
	const [good, bad] = [await startTlsServer(t, compliant), await startTlsServer(t, legacy)];
	const {code, stdout, stderr} = await runInProcess(['--json', bad.target, nobody, good.target]);
	t.is(stderr, '');
	t.is(code, 1);
	t.deepEqual(
		reportsOf(stdout).map(({target, verdict}) => [target, verdict]),
		[
			[bad.target, 'fail'],
			[nobody, 'inconclusive'],
			[good.target, 'pass'],
		],
	);
});

test('--versions chooses what is asked', async t => {
	const {target} = await startTlsServer(t, compliant);
	const {code, stdout} = await runInProcess(['--json', '--versions', 'ssl3,1.1..1.2', target]);
	t.is(code, 0);
	t.deepEqual(Object.keys(reportsOf(stdout)[0]!.versions), ['SSLv3', 'TLSv1.1', 'TLSv1.2']);
});

test('--evidence adds the bytes', async t => {
	const {target} = await startTlsServer(t, compliant);
	const {stdout} = await runInProcess(['--json', '--evidence', '--versions', '1.2', target]);
	const [first] = reportsOf(stdout)[0]!.versions['TLSv1.2']!.evidence!;
	t.regex(first!.sent, /^160301/);
	t.regex(first!.received, /^160303/);
});

test('-4 and -6 leave the addresses of one family', async t => {
	const {port} = await startTlsServer(t, compliant);
	const argv = ['--json', '--resolve', `both.example:${port}:127.0.0.1,[::1]`, `both.example:${port}`];
	const addresses = async (flag: string): Promise<unknown> =>
		reportsOf((await runInProcess([flag, ...argv])).stdout).map(({address}) => address);
	t.deepEqual(await addresses('-4'), ['127.0.0.1']);
	t.deepEqual(await addresses('--ipv4'), ['127.0.0.1']);
	t.deepEqual(await addresses('-6'), ['::1']);
	t.is((await runInProcess(['-6', '--json', nobody])).code, 3);
});

test('--resolve takes the place of looking a name up, and the name is still asked for', async t => {
	const server = await startTlsServer(t, compliant);
	const {code, stdout} = await runInProcess([
		'--json',
		'--resolve',
		`portal.example:${server.port}:127.0.0.1`,
		`Portal.Example.:${server.port}`,
	]);
	t.is(code, 0);
	const [report] = reportsOf(stdout);
	t.like(report, {target: `portal.example:${server.port}`, address: '127.0.0.1', serverName: 'portal.example'});
	t.deepEqual([...new Set(server.serverNames)], ['portal.example']);
});

test('--servername asks for another name, and --no-servername for none', async t => {
	const server = await startTlsServer(t, compliant);
	const resolve = ['--json', '--resolve', `*:${server.port}:127.0.0.1`, `portal.example:${server.port}`];
	const other = await runInProcess(['--servername', 'Other.Example', ...resolve]);
	t.is(reportsOf(other.stdout)[0]!.serverName, 'other.example');
	t.deepEqual([...new Set(server.serverNames)], ['other.example']);

	const before = server.serverNames.length;
	const none = await runInProcess(['--no-servername', ...resolve]);
	t.is(reportsOf(none.stdout)[0]!.serverName, null);
	t.is(server.serverNames.length, before);
});

test('an address is no name to ask for', async t => {
	const server = await startTlsServer(t, compliant);
	const {stdout} = await runInProcess(['--json', server.target]);
	t.is(reportsOf(stdout)[0]!.serverName, null);
	t.deepEqual(server.serverNames, []);
});

test('behind -- everything is a target, commands and options too', async t => {
	const {port} = await startTlsServer(t, compliant);
	const {code, stdout} = await runInProcess(['--json', '--resolve', 'lab:443:127.0.0.1', '--timeout', '1s', '--', 'lab']);
	t.is(reportsOf(stdout)[0]!.target, 'lab:443');
	t.not(code, 2);
	t.deepEqual(await runInProcess(['--', '--json']), {code: 2, stdout: '', stderr: 'tlsprobe: "--json": not a host name\n'});
	t.is((await runInProcess([`--resolve=lab:${port}:127.0.0.1`, `lab:${port}`])).code, 0);
});

test('the slip azure.portal.com gets its hint on stderr, and is probed all the same', async t => {
	const {port} = await startTlsServer(t, compliant);
	const {code, stdout, stderr} = await runInProcess([
		'--json',
		'--resolve',
		`azure.portal.com:${port}:127.0.0.1`,
		`azure.portal.com:${port}`,
	]);
	t.is(stderr, 'hint: did you mean portal.azure.com instead of azure.portal.com?\n');
	t.is(reportsOf(stdout).length, 1);
	t.is(code, 0);
});

test('a deadline ends a server that says nothing', async t => {
	const {target} = await startSilentServer(t);
	const {code, stdout} = await runInProcess(['--json', '--timeout', '60s', '--deadline', '300ms', target]);
	t.is(code, 3);
	// The timeout would have ended it later.
	t.true(reportsOf(stdout)[0]!.durationMs < 60_000);
});
