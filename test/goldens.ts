import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {commands} from '../source/commands/index.js';
import {formatNames} from '../source/formats/index.js';
import {peers} from '../source/lab/peers/index.js';
import {type RunningPeer, startLab} from '../source/lab/start-lab.js';
import {reportParts, wordOf} from '../source/probes/report-parts.js';
import {groupServer} from './helpers/group-server.js';
import {runInProcess} from './helpers/run-in-process.js';
import {schemeServer} from './helpers/scheme-server.js';
import {serve} from './helpers/scripted-server.js';
import {suiteServer} from './helpers/suite-server.js';

/**
What each command prints, and how it ends, over the servers of the lab and the fixtures. The files under `fixtures/goldens` are what users rely on:
a difference is a change that belongs in the change log. `GOLDENS=write npx ava build/test/goldens.js` writes them.
*/
const folder = path.join('fixtures', 'goldens');

/** Servers of TLS 1.2 with these suites, groups and schemes, in their order. */
const scripts = {
	'cipher-suites': suiteServer({suites: [0xc0_2f, 0xc0_30, 0x00_2f]}),
	groups: groupServer({version: 0x03_03, groups: [0x00_1d, 0x00_17, 0x00_13]}),
	'signature-schemes': schemeServer({keys: {RSA: [0x08_04, 0x04_01, 0x02_01]}}),
	// Refuses GREASE in supported_versions, which it takes for the version.
	robustness: suiteServer({suites: [0xc0_2f, 0xc0_30, 0x00_2f]}),
} as const;

type Scene = {
	/** The port of a server of the lab, by its name. */
	readonly at: (peer: string) => string;
	/** Starts a server that is scripted: what it accepts depends on no library. @returns `127.0.0.1:PORT`. */
	readonly serve: (name: keyof typeof scripts) => Promise<string>;
	/** A file with this content. @returns Its path. */
	readonly file: (name: string, content: string) => Promise<string>;
};

type Golden = {
	readonly name: string;
	readonly argv: (scene: Scene) => readonly string[] | Promise<readonly string[]>;
	readonly input?: (scene: Scene) => string | Promise<string>;
};

/** What never answers takes as long as it is waited for. */
const brief = ['--timeout', '1s', '--deadline', '4s', '--retries', '0'];

/** Those that answer at once, and always the same. */
const answering = ['legacy', 'mixed', 'compliant', 'tls13-only', 'schannel', 'storage', 'not-tls'] as const;

const listed = ({at}: Scene): string => answering.map(name => `${at(name)}\n`).join('');

const checkFile = ({at}: Scene): string =>
	[
		`defaults: {timeout: 2s, retries: 0}`,
		// Which groups are accepted is the server's OpenSSL's to say.
		`policies: {modern: {rules: [mozilla-modern, mozilla-modern-suites]}}`,
		`endpoints:`,
		`  - ${at('compliant')}`,
		`  - {target: "${at('legacy')}", name: the old one, expect: {rejects: [TLSv1.0], accepts: [TLSv1.2]}}`,
		`  - {target: "${at('tls13-only')}", expect: modern}`,
		`  - {target: "${at('not-tls')}", expect: rfc8996}`,
		'',
	].join('\n');

const fixture = (...names: readonly string[]): string => path.join('fixtures', ...names);

/** A line as `--json` prints it, of a report that the formats are tested with. */
function resultOf(name: string): string {
	const {recordings} = JSON.parse(readFileSync(fixture('reports', `${name}.json`), 'utf8')) as {recordings: readonly {report: object}[]};
	return `${JSON.stringify(recordings[0]!.report)}\n`;
}

/** A report, with something in it that is worse. */
const worsened = {
	'cipher-suites': (line: string) => line.replaceAll('TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"', 'TLS_RSA_WITH_RC4_128_SHA"'),
	'signature-schemes': (line: string) => line.replaceAll('"rsa_pss_rsae_sha256"', '"rsa_pkcs1_md5"'),
	certificates: (line: string) =>
		line.replaceAll('"status":"trusted"', '"status":"untrusted"').replaceAll('"validity":"valid"', '"validity":"expired"'),
	fingerprints: (line: string) => line.replace('"jarm":"27d', '"jarm":"15d'),
	robustness: (line: string) => line.replaceAll('"futureVersion":{"status":"tolerant"', '"futureVersion":{"status":"intolerant"'),
	extensions: (line: string) => line.replaceAll('"secureRenegotiation":{"status":"present"', '"secureRenegotiation":{"status":"absent"'),
	http: (line: string) => line.replaceAll('"maxAgeSeconds":63072000', '"maxAgeSeconds":0'),
	resumption: (line: string) => line.replaceAll('"downgradeSentinel":{"status":"present"', '"downgradeSentinel":{"status":"absent"'),
	vulnerabilities: (line: string) => line.replaceAll('"freak":{"status":"absent"', '"freak":{"status":"present"'),
	grade: (line: string) => line.replace('"letter":"T"', '"letter":"M"'),
	names: (line: string) => line.replaceAll('"dane":"match"', '"dane":"no-match"'),
} as const;

const goldens: readonly Golden[] = [
	...answering.flatMap(peer => [
		{name: `probe-${peer}`, argv: ({at}: Scene) => [at(peer), ...brief]},
		{name: `probe-${peer}-json`, argv: ({at}: Scene) => [at(peer), '--json', ...brief]},
	]),
	...(['cipher-suites', 'groups', 'signature-schemes'] as const).flatMap(name =>
		['table', 'jsonl', 'csv', 'lines', 'prometheus'].map(format => ({
			name: `probe-${name}-${format}`,
			argv: async ({serve: start}: Scene) => [await start(name), '--versions', '1.2', '--probes', name, '--format', format, ...brief],
		})),
	),
	...['table', 'jsonl'].map(format => ({
		name: `probe-robustness-${format}`,
		argv: async ({serve: start}: Scene) => [
			await start('robustness'),
			'--versions',
			'1.2',
			'--probes',
			'robustness',
			'--format',
			format,
			...brief,
		],
	})),
	{
		name: 'check-cipher-suites',
		argv: () => ['check', '-'],
		input: async ({serve: start}) =>
			`endpoints:\n  - {target: "${await start('cipher-suites')}", expect: {cipherSuites: {never: [no-forward-secrecy]}}}\n`,
	},
	...[
		'cipher-suites',
		'signature-schemes',
		'certificates',
		'extensions',
		'resumption',
		'vulnerabilities',
		'robustness',
		'fingerprints',
		'http',
		'names',
		'grade',
	].flatMap(name =>
		[[], ['--json']].map(more => ({
			name: `diff-${name}${more.length === 0 ? '' : '-json'}`,
			argv: async ({file}: Scene) => [
				'diff',
				await file('old.jsonl', resultOf(`pass-${name}`)),
				await file('new.jsonl', worsened[name as keyof typeof worsened](resultOf(`pass-${name}`))),
				...more,
			],
		})),
	),
	{name: 'probe-silent', argv: ({at}) => [at('silent'), '--json', ...brief]},
	{name: 'probe-closed-port', argv: () => ['127.0.0.1:1', ...brief]},
	{name: 'probe-closed-port-json', argv: () => ['127.0.0.1:1', '--json', ...brief]},
	{name: 'probe-no-target', argv: () => []},
	{name: 'probe-unknown-option', argv: () => ['--jsno', 'a.example']},
	{name: 'probe-all-versions', argv: ({at}) => [at('legacy'), '--versions', 'all', '--json', ...brief]},
	{name: 'probe-starttls-without', argv: ({at}) => [at('not-tls'), '--starttls', 'smtp', ...brief]},
	{name: 'probe-storage-confirm', argv: ({at}) => [at('storage'), '--confirm', ...brief]},
	{name: 'probe-storage-confirm-json', argv: ({at}) => [at('storage'), '--confirm', '--json', ...brief]},
	...formatNames.map(format => ({
		name: `list-${format}`,
		argv: () => ['--hosts', '-', '--ordered', '--format', format, ...brief],
		...(format === 'nagios' ? {} : {input: listed}),
	})),
	{name: 'list-only-fail', argv: () => ['--hosts', '-', '--ordered', '--only', 'fail', ...brief], input: listed},
	{
		name: 'list-bad-rows',
		argv: () => ['--hosts', '-', '--ordered', '--json', ...brief],
		input: ({at}) => `${at('compliant')}\na b\nx:99999\n`,
	},
	{name: 'check', argv: () => ['check', '-'], input: checkFile},
	{name: 'check-json', argv: () => ['check', '-', '--json'], input: checkFile},
	{name: 'check-junit', argv: () => ['check', '-', '--format', 'junit'], input: checkFile},
	{name: 'check-wrong-field', argv: () => ['check', '-'], input: () => 'endpoints:\n  - {target: a.example, expects: x}\n'},
	{
		name: 'check-config',
		argv: async ({at, file}) => {
			const port = at('legacy').split(':')[1];
			const config = `events {}\nhttp {\n\tserver {\n\t\tlisten ${port} ssl;\n\t\tssl_protocols TLSv1.2 TLSv1.3;\n\t}\n}\n`;
			return ['check', '--config', await file('nginx.conf', config), '--config-host', '127.0.0.1'];
		},
	},
	...['legacy', 'compliant', 'tls13-only'].flatMap(peer => [
		{name: `clients-${peer}`, argv: ({at}: Scene) => ['clients', at(peer), '--timeout', '2s']},
		{name: `clients-${peer}-json`, argv: ({at}: Scene) => ['clients', at(peer), '--timeout', '2s', '--json']},
	]),
	{name: 'diff-same', argv: () => ['diff', fixture('resume', 'base.jsonl'), fixture('resume', 'base.jsonl')]},
	...[[], ['--json']].map(words => ({
		name: `diff-changed${words.length === 0 ? '' : '-json'}`,
		argv: async ({file}: Scene) => [
			'diff',
			await file('old.jsonl', resultOf('fail-old-versions')),
			await file('new.jsonl', resultOf('pass-current-version-open')),
			...words,
		],
	})),
	{name: 'clients-list-json', argv: () => ['clients', '--list', '--json']},
	{name: 'catalog', argv: () => ['catalog']},
	...['azure', 'azure-backup', 'aws'].map(name => ({name: `catalog-${name}-json`, argv: () => ['catalog', name, '--json']})),
	...['2008 R2', '2012 R2', '2016', '2022'].flatMap(os => {
		const name = `windows-${os.replace(' ', '-').toLowerCase()}`;
		return [
			{name, argv: () => ['windows', '--os', os]},
			{name: `${name}-json`, argv: () => ['windows', '--os', os, '--json']},
		];
	}),
	...['ciphers-off.reg', 'user-policy.reg', 'query-without-s.txt'].map(file => ({
		name: `windows-${file}`,
		argv: () => ['windows', fixture('windows', file), '--os', '2012 R2', '--json'],
	})),
	{name: 'windows-server-role', argv: () => ['windows', '--os', '2012 R2', '--role', 'server']},
	{name: 'windows-server-role-json', argv: () => ['windows', '--os', '2012 R2', '--role', 'server', '--before-after', '--json']},
	{name: 'schema', argv: () => ['schema']},
	{name: 'schema-unknown', argv: () => ['schema', 'reslut']},
	{name: 'explain-flow', argv: () => ['explain', fixture('flows', 'openssl-tls12-only', '003-TLSv1.0-short.flow')]},
	{name: 'explain-hex', argv: () => ['explain'], input: () => '15030100020246\n'},
	{name: 'help', argv: () => ['--help']},
	...Object.keys(commands).map(command => ({name: `help-${command}`, argv: () => [command, '--help']})),
];

/** Ports, times, versions and what is made anew in each run, by what they are. */
function withoutChance(text: string, running: readonly RunningPeer[], scratch: string): string {
	const named = running.reduce(
		(all, {peer, port}) => all.replaceAll(new RegExp(`(?<=\\b|%3A)${port}\\b`, 'g'), `PORT-OF-${peer.name}`),
		text.replaceAll(scratch, 'FOLDER'),
	);
	return (
		named
			.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?/g, 'TIME')
			.replaceAll(/\b20\d\d-\d\d-\d\d\b/g, 'DAY')
			.replaceAll(/("?\w*(?:duration|Duration|latency)\w*"?[=:]\s*"?)[\d.]+/g, '$10')
			.replaceAll(/(time[Ms]*(?:ps)?(?:="|": ?|=))[\d.]+/gi, '$10')
			.replaceAll(/\b[\da-f]{64}\b/g, 'DIGEST')
			.replaceAll(/\b[\d.,]+\/s\b/g, 'RATE')
			.replaceAll(/Slowest .*/g, 'Slowest SERVERS')
			.replaceAll(/\d\d:\d\d UTC/g, 'TIME')
			.replaceAll(/(_seconds\{.*\}) [\d.]+$/gm, '$1 SECONDS')
			// Which group is chosen is the server's OpenSSL's to say: from 3.5 on, the hybrid with ML-KEM.
			.replaceAll(/(TLS_AES_256_GCM_SHA384(?:, |","group":"))(?:X25519MLKEM768|x25519|secp256r1)/g, '$1GROUP')
			// A hello that is lost is sent again.
			.replaceAll(/"connections":\d+/g, '"connections":0')
			// Milliseconds at the end of a row, and before their unit.
			.replaceAll(/^((?:TLS|SSL)v.*?|Version .*?) +(?:[\d.,]+|ms)$/gm, '$1 MS')
			.replaceAll(/,TIME,[\d.]+,/g, ',TIME,MS,')
			.replaceAll(/ +\d+(?:\.\d+)? (?:ms|s)\b/g, ' MS')
	);
}

async function shown(t: ExecutionContext, {argv, input}: Golden): Promise<string> {
	const scratch = await mkdtemp(path.join(tmpdir(), 'tlsprobe-goldens-'));
	const lab = await startLab(peers);
	t.teardown(async () => {
		await lab.close();
		await rm(scratch, {recursive: true, force: true});
	});
	const scripted: number[] = [];
	const scene: Scene = {
		at: name => `${lab.address}:${lab.running.find(({peer}) => peer.name === name)!.port}`,
		async serve(name) {
			const {port} = await serve(t, scripts[name]);
			scripted.push(port);
			return `127.0.0.1:${port}`;
		},
		async file(name, content) {
			await writeFile(path.join(scratch, name), content);
			return path.join(scratch, name);
		},
	};
	const words = await argv(scene);
	const {code, stdout, stderr} = await runInProcess(words, {input: (await input?.(scene)) ?? ''});
	const text = `exit code ${code}\n--- stdout\n${stdout}--- stderr\n${stderr}`;
	return withoutChance(
		scripted.reduce((all, port) => all.replaceAll(`:${port}`, ':SCRIPTED').replaceAll(`,${port},`, ',SCRIPTED,'), text),
		lab.running,
		scratch,
	);
}

const isWriting = process.env.GOLDENS === 'write';

for (const golden of goldens) {
	// One after the other: servers and commands share one thread, and one that waits must not wait for others.
	test.serial(golden.name, async t => {
		const file = path.join(folder, `${golden.name}.txt`);
		const found = await shown(t, golden);
		if (isWriting) {
			mkdirSync(folder, {recursive: true});
			writeFileSync(file, found);
		}

		t.is(found, readFileSync(file, 'utf8'));
	});
}

test('each file is what some command prints', t => {
	t.deepEqual(readdirSync(folder).toSorted(), goldens.map(({name}) => `${name}.txt`).toSorted());
});

test('each probe with a part of its own in reports has goldens', t => {
	const words = reportParts.map(({field}) => wordOf(field));
	t.deepEqual(
		words.filter(word => !goldens.some(({name}) => name.startsWith(`probe-${word}-`) || name === `diff-${word}`)),
		[],
	);
});
