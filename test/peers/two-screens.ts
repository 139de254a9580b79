import {generateKeyPairSync} from 'node:crypto';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {explicit, implicit, oid, sequence} from '../helpers/certificates/der.js';
import {authority, extension, type Issued, issue} from '../helpers/certificates/issue.js';
import {entryOf, makeLog, sctOf, withScts} from '../helpers/certificates/scts.js';
import {caa, type DnsRow, dnsReply, https, startDnsServer} from '../helpers/dns-server.js';
import {nginxPlan} from '../helpers/peers/plans/nginx.js';
import {testBeside} from '../helpers/peers/real-server.js';
import {runInProcess} from '../helpers/run-in-process.js';

/* What `--full` prints of an nginx with Mozilla's intermediate configuration, for a terminal of 24 lines of 80 columns. */

const host = 'www.example.com';
const root = authority('O=Example Trust Services, CN=Example Root R1');
const issuer = authority('O=Example Trust Services, CN=Example TLS CA 1', {issuer: root});
const common = {issuer, names: [host, 'example.com'], subject: `CN=${host}`};

const suites = [
	...['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384'],
	...['ECDHE-ECDSA-CHACHA20-POLY1305', 'ECDHE-RSA-CHACHA20-POLY1305'],
];

/** As public authorities make them: with places of OCSP responses and revocation lists, a policy, and SCTs, which no list of logs is there for. */
const asPublic = [
	extension(
		'1.3.6.1.5.5.7.1.1',
		sequence(
			sequence(oid('1.3.6.1.5.5.7.48.1'), implicit(6, 'http://ocsp.example.com')),
			sequence(oid('1.3.6.1.5.5.7.48.2'), implicit(6, 'http://ca.example.com/ca1.crt')),
		),
	),
	extension('2.5.29.31', sequence(sequence(explicit(0, explicit(0, implicit(6, 'http://crl.example.com/ca1.crl')))))),
	extension('2.5.29.32', sequence(sequence(oid('2.23.140.1.2.1')))),
];
const logs = [makeLog(), makeLog()];
const publicLike = (pair?: Issued['pair']): Issued => {
	const leaf = issue({...common, more: asPublic, ...(pair === undefined ? {} : {pair})});
	return withScts(
		leaf,
		issuer,
		logs.map(log => sctOf(log, entryOf(leaf, issuer))),
	);
};

const rsaPair = generateKeyPairSync('rsa', {modulusLength: 2048});
const files = {
	rsa: issue({...common, pair: rsaPair}),
	ecdsa: issue(common),
	'public-rsa': publicLike(rsaPair),
	'public-ecdsa': publicLike(),
} as const;

const using = (names: readonly (keyof typeof files)[]): string =>
	names.map(name => `ssl_certificate ${name}.pem; ssl_certificate_key ${name}.key; `).join('');
const hsts = 'add_header Strict-Transport-Security "max-age=63072000" always;';

const servers = {
	good: `${using(['rsa', 'ecdsa'])} ssl_ciphers ${suites.join(':')}; ${hsts}`,
	public: `${using(['public-rsa', 'public-ecdsa'])} ssl_ciphers ${suites.join(':')}; ${hsts}`,
	weak: `${using(['rsa', 'ecdsa'])} ssl_ciphers ${suites.join(':')}:AES128-SHA; ${hsts}`,
} as const;

type Name = keyof typeof servers;

const plan = nginxPlan(Object.keys(servers).length, ports => ({
	files: Object.fromEntries(
		Object.entries(files).flatMap(([name, {pem, pair}]) => [
			[`${name}.pem`, pem + issuer.pem],
			[`${name}.key`, pair.privateKey.export({format: 'pem', type: 'pkcs8'}) as string],
		]),
	),
	http: [
		'ssl_protocols TLSv1.2 TLSv1.3; ssl_prefer_server_ciphers off; ssl_session_tickets off; ssl_ecdh_curve X25519:prime256v1:secp384r1;',
		...Object.values(servers).map(
			(lines, index) => `server { listen 127.0.0.1:${ports[index]} ssl; ${lines} location / { return 200 ok; } }`,
		),
	],
}));

/** @returns What is printed of each server, without a line feed at its end. */
async function printed(t: ExecutionContext, ports: readonly number[]): Promise<Readonly<Record<Name, string>>> {
	const folder = await mkdtemp(path.join(tmpdir(), 'tlsprobe-screens-'));
	t.teardown(() => rm(folder, {recursive: true}));
	const ca = path.join(folder, 'root.pem');
	await writeFile(ca, root.pem);
	const records: Readonly<Record<number, readonly DnsRow[]>> = {
		257: [caa('issue', 'ca.example'), caa('issuewild', ';'), caa('iodef', 'mailto:security@example.com')],
		65: [https(1, '.', {1: '026832'})],
	};
	const [unknown, known] = [
		await startDnsServer(t, query => [dnsReply(query)]),
		await startDnsServer(t, query => [dnsReply(query, {rows: records[query.type] ?? []})]),
	];
	const names = Object.keys(servers);
	const texts = await Promise.all(
		ports.map(async (port, index) => {
			const dns = names[index] === 'public' ? known : unknown;
			const argv = ['--full', '--ca', ca, '--dns', dns.address, '--resolve', `${host}:${port}:127.0.0.1`, `${host}:${port}`];
			const {code, stdout} = await runInProcess([...argv, '--timeout', '10s', '--deadline', '90s'], {environment: {COLUMNS: '80'}});
			t.is(code, 0);
			return stdout.trimEnd();
		}),
	);
	return Object.fromEntries(names.map((name, index) => [name, texts[index]])) as Record<Name, string>;
}

testBeside(
	{name: 'nginx', programs: ['nginx'], plan},
	'--full on a good host is two screens, as on one with SCTs and CAA, and hides nothing that is weak',
	async (t, ports) => {
		const {good, public: ofPublic, weak} = await printed(t, ports);
		for (const text of [good, ofPublic]) {
			const lines = text.split('\n');
			t.true(lines.length <= 48, `${lines.length} lines:\n${text}`);
			t.deepEqual(
				lines.filter(line => line.length > 80),
				[],
			);
		}

		t.true(ofPublic.includes('2 SCTs') && ofPublic.includes('CAA ca.example, HTTPS'), ofPublic);
		t.regex(good, /\nProblems: none found\n/);
		for (const said of [
			...['TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256', "x25519, secp256r1, secp384r1; the client's order", 'RSA 2048 bits', 'EC P-256'],
			...['downgrade sentinel present', 'absent: DROWN', 'not applicable: Heartbleed', 'HSTS 730 days', 'CAA absent'],
		]) {
			t.true(good.includes(said), `${said} in:\n${good}`);
		}

		t.regex(weak, /\nProblems: [1-9]/);
		t.regex(weak, /\n\nCipher suites\n(?: +\S.*\n)+ {4}TLS_RSA_WITH_AES_128_CBC_SHA, 128 bits, weak: /);
		t.regex(weak, /\nHTTP {14}HTTP 200, HSTS 730 days/);
	},
);
