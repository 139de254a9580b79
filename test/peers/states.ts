import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {fixture} from '../helpers/peers/fixtures.js';
import {nginxPlan} from '../helpers/peers/plans/nginx.js';
import {testBeside} from '../helpers/peers/real-server.js';
import {runInFolder} from '../helpers/run-in-folder.js';

/*
What is written of one state of a server and held against another: first files of expectations, and baselines. The states are ports of one nginx.
*/

const certificate = (name: string): string => `ssl_certificate ${fixture(name)}; ssl_certificate_key ${fixture(name)};`;

const states = {
	good: `${certificate('rsa')} ${certificate('ecdsa-p256')}
		ssl_protocols TLSv1.2 TLSv1.3;
		ssl_ciphers ECDHE+AESGCM;
		ssl_prefer_server_ciphers on;
		ssl_ecdh_curve X25519:prime256v1;`,
	weak: `${certificate('rsa')}
		ssl_protocols TLSv1.2;
		ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES128-GCM-SHA256:AES128-SHA:DES-CBC3-SHA:@SECLEVEL=0;
		ssl_dhparam ${fixture('dh-1024')};
		ssl_ecdh_curve prime256v1:secp224r1;
		ssl_verify_client optional_no_ca;`,
	short: `${certificate('ecdsa-p384')}
		ssl_protocols TLSv1.2 TLSv1.3;
		ssl_ciphers ECDHE+AESGCM;
		ssl_ecdh_curve X25519;`,
} as const;

type State = keyof typeof states;
const names = Object.keys(states) as State[];

const plan = nginxPlan(names.length, ports => ({
	http: names.map((name, index) => `server { listen 127.0.0.1:${ports[index]} ssl; ${states[name]} }`),
}));

const parts = 'cipher-suites,groups,signature-schemes,certificates,extensions';
const patience = ['--timeout', '10s', '--deadline', '90s'];

function testStates(title: string, run: (t: ExecutionContext, at: Readonly<Record<State, number>>, cwd: string) => Promise<void>): void {
	testBeside({name: 'nginx', programs: ['nginx'], plan}, title, async (t, ports) => {
		const cwd = await mkdtemp(path.join(tmpdir(), 'tlsprobe-states-'));
		t.teardown(() => rm(cwd, {recursive: true}));
		await run(t, Object.fromEntries(names.map((name, index) => [name, ports[index]])) as Record<State, number>, cwd);
	});
}

const target = (port: number): string => `127.0.0.1:${port}`;

/** The expectation of each endpoint of a file, by the field; the lines of one begin with its target. */
const written = (text: string): string[][] =>
	text
		.split(/^ {2}- target: /m)
		.slice(1)
		.map(entry => [...entry.matchAll(/^ {6}(\w+): /gm)].map(([, field]) => field!));

testStates('--init writes what every probe found: it holds now, and each part breaks beside a weaker server', async (t, at, cwd) => {
	const file = path.join(cwd, 'tlsprobe.yaml');
	const init = await runInFolder(['check', '--init', '--probes', parts, ...patience, target(at.good), target(at.weak)], {cwd});
	t.is(init.code, 0, init.stderr);
	const text = await readFile(file, 'utf8');
	const fields = ['rejects', 'accepts', 'cipherSuites', 'groups', 'signatureSchemes', 'certificates', 'extensions'];
	t.deepEqual(written(text), [fields, fields]);
	t.regex(text, /certificates: \{"daysLeft":21,"issuer":"CN=peer\.test","keyBits":2048,"fits":true\}/);
	t.regex(text, /groups: \{"only":\["x25519","secp256r1"\]\}/);
	t.regex(text, /groups: \{"only":\["secp256r1","secp224r1"\],"dhBits":1024\}/);
	t.regex(text, /"clientCertificate":"requested"/);
	const now = await runInFolder(['check', ...patience], {cwd});
	t.is(now.code, 0, now.stdout);

	// The expectation of the good server, and dates that its certificate does not have, at the weak one.
	const [head = '', good = ''] = text.split(/^(?= {2}- target: )/m);
	const moved = good.replace(target(at.good), target(at.weak)).replace('"daysLeft":21', '"daysLeft":99999');
	await writeFile(file, head + moved);
	const after = await runInFolder(['check', '--json', ...patience], {cwd});
	t.is(after.code, 1, after.stderr);
	const {judgements} = JSON.parse(after.stdout.split('\n')[0]!) as {judgements: readonly {ruleId: string; status: string}[]};
	t.deepEqual(
		judgements.map(({ruleId, status}) => `${ruleId} ${status}`),
		['rejects pass', ...fields.slice(1).map(field => `${field} fail`)],
	);
});

testStates('baseline and diff say of each part whether it is worse, better or another', async (t, at, cwd) => {
	for (const name of names) {
		const saved = await runInFolder(['baseline', target(at[name]), '--probes', parts, ...patience, '-o', `${name}.jsonl`], {cwd});
		t.is(saved.code, 0, saved.stderr);
		const text = await readFile(path.join(cwd, `${name}.jsonl`), 'utf8');
		await writeFile(path.join(cwd, `${name}.jsonl`), text.replaceAll(`:${at[name]}`, ':1'));
	}

	const changes = async (before: State, after: State) => {
		const {code, stdout} = await runInFolder(['diff', `${before}.jsonl`, `${after}.jsonl`, '--json'], {cwd});
		const found = stdout
			.split('\n')
			.filter(Boolean)
			.map(line => JSON.parse(line) as {effect: string; what: string; field?: string; version?: string; message?: string});
		const having = (effect: string): string[] =>
			found.filter(change => change.effect === effect).map(({what, version, message}) => message ?? `${what} ${version ?? ''}`.trim());
		return {code, worse: having('worse'), better: having('better'), changed: having('changed')};
	};
	const bad = [
		'TLSv1.2 accepts TLS_DHE_RSA_WITH_AES_128_GCM_SHA256 now, which is weak: finite-field Diffie-Hellman',
		'TLSv1.2 accepts TLS_RSA_WITH_AES_128_CBC_SHA now, which is weak: no forward secrecy',
		'TLSv1.2 accepts secp224r1 now, which is weak: a deprecated curve (RFC 8422, 2018)',
		'TLSv1.2 has DH parameters of 1024 bits now, which are weak: below 2048 bits (RFC 7525, 2015)',
		'TLSv1.2 accepts rsa_pkcs1_sha1 now, which is weak: SHA-1 (RFC 9155, 2021)',
	];
	const worse = await changes('good', 'weak');
	t.deepEqual([worse.code, worse.worse, worse.better], [1, ['version TLSv1.3', ...bad], []]);
	for (const message of [
		'TLSv1.2 does not accept TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 any more',
		'TLSv1.2 does not accept x25519 any more',
		'TLSv1.2: the preference was server and is now client',
		'the ECDSA certificate without a server name is not shown now',
		'the client certificate was not requested and is now requested',
		'certificate',
	]) {
		t.true(worse.changed.includes(message), message);
	}

	const better = await changes('weak', 'good');
	t.deepEqual([better.code, better.worse, better.better.length], [0, [], 1 + bad.length]);
	const another = await changes('good', 'short');
	t.deepEqual([another.code, another.worse, another.better], [0, [], []]);
	t.true(another.changed.includes('the ECDSA certificate without a server name is another one, valid until 2126-10-30'));
	t.deepEqual(await changes('good', 'good'), {code: 0, worse: [], better: [], changed: []});
});
