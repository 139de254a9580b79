import type {AgreementCase} from '../agreement.js';
import {type AgreementProduct, anyProduct} from '../any-product.js';
import {fixture} from '../fixtures.js';
import {type HaproxyFrontend, haproxyPlan} from '../plans/haproxy.js';
import {nginxPlan} from '../plans/nginx.js';
import {type NodeServer, nodePlan} from '../plans/node.js';

/*
OpenSSL, in the version of Node.js (3.0 in Node.js 20; in newer ones 3.5 or later, with ML-KEM), of nginx and of HAProxy.
*/

const all = ['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;
const both = ['TLSv1.2', 'TLSv1.3'] as const;
const only12 = ['TLSv1.2'] as const;
const only13 = ['TLSv1.3'] as const;

const everySuite = 'ALL:COMPLEMENTOFALL:@SECLEVEL=0';
const usual =
	'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305';

const [major, minor] = process.versions.openssl.split('.').map(Number) as [number, number];
const isNew = major > 3 || minor >= 5;

type NodeCase = AgreementCase & NodeServer;

const node: NodeCase[] = [
	{title: 'its defaults', versions: both, keys: ['rsa']},
	{title: 'two keys', versions: both, keys: ['rsa', 'ecdsa-p384'], settings: {ciphers: usual}},
	{title: "two keys, the client's order", versions: both, keys: ['rsa', 'ecdsa-p256'], settings: {ciphers: usual, honorCipherOrder: false}},
	{title: 'ECDSA with P-256', versions: both, keys: ['ecdsa-p256'], insistsOn: 0x17},
	{title: 'ECDSA with P-521', versions: both, keys: ['ecdsa-p521'], insistsOn: 0x19},
	{title: 'Ed25519', versions: both, keys: ['ed25519']},
	{title: 'Ed448', versions: both, keys: ['ed448']},
	{title: 'RSA-PSS', versions: both, keys: ['rsa-pss']},
	{title: 'brainpool', versions: isNew ? both : only12, keys: ['ecdsa-brainpool'], insistsOn: 0x1a},
	{title: 'one scheme', versions: both, keys: ['rsa'], settings: {sigalgs: 'rsa_pss_rsae_sha384'}},
	{title: 'SHA-1 alone', versions: only12, keys: ['rsa'], settings: {sigalgs: 'RSA+SHA1', maxVersion: 'TLSv1.2', ciphers: everySuite}},
	{
		title: 'SHA-1 among others',
		versions: both,
		keys: ['rsa', 'ecdsa-p256'],
		settings: {ciphers: everySuite, sigalgs: 'RSA+SHA1:ECDSA+SHA1:RSA+SHA256:ecdsa_secp256r1_sha256:rsa_pss_rsae_sha256'},
	},
	{title: 'a request for a certificate', versions: both, keys: ['rsa'], settings: {requestCert: true, rejectUnauthorized: false}},
	{
		title: 'suites without a signature',
		versions: only12,
		keys: ['rsa'],
		settings: {ciphers: 'AES128-GCM-SHA256:AES256-SHA', maxVersion: 'TLSv1.2'},
	},
	{
		title: 'every suite, in every version',
		versions: all,
		keys: ['rsa', 'ecdsa-p256'],
		settings: {ciphers: everySuite, minVersion: 'TLSv1', dhparam: 'auto'},
	},
	{title: 'TLS 1.0 alone', versions: ['TLSv1.0'], keys: ['rsa'], settings: {ciphers: everySuite, minVersion: 'TLSv1', maxVersion: 'TLSv1'}},
	{title: 'finite fields alone', versions: only13, keys: ['rsa'], settings: {ecdhCurve: 'ffdhe3072:ffdhe2048', minVersion: 'TLSv1.3'}},
	{
		title: 'pre-shared keys alone',
		versions: only12,
		keys: [],
		settings: {ciphers: 'PSK:@SECLEVEL=0', maxVersion: 'TLSv1.2', pskKey: '00112233'},
	},
	{
		title: 'anonymous alone',
		versions: only12,
		keys: ['rsa'],
		settings: {ciphers: 'aNULL:@SECLEVEL=0', maxVersion: 'TLSv1.2', dhparam: 'auto'},
	},
	{
		title: 'CCM alone',
		versions: both,
		keys: ['ecdsa-p256'],
		insistsOn: 0x17,
		settings: {
			ciphers: 'TLS_AES_128_CCM_8_SHA256:TLS_AES_128_CCM_SHA256:TLS_AES_128_GCM_SHA256:ECDHE-ECDSA-AES128-CCM:ECDHE-ECDSA-AES256-CCM8',
		},
	},
];

/** These need OpenSSL 3.2 or 3.5. The program has no keys of hybrids and of brainpool curves, so that it reads no signature of TLS 1.3 by them. */
const newer: NodeCase[] = [
	{title: 'X25519MLKEM768 and X25519', versions: both, keys: ['rsa'], settings: {ecdhCurve: 'X25519MLKEM768:X25519:P-256'}},
	{
		title: 'groups with preferences of their own',
		versions: both,
		keys: ['rsa'],
		settings: {ecdhCurve: '*X25519MLKEM768:*X25519/P-256:P-384'},
	},
	{
		title: 'every hybrid, and ML-KEM alone',
		versions: only13,
		keys: ['ecdsa-p256'],
		open: ['schemes'],
		settings: {minVersion: 'TLSv1.3', ecdhCurve: 'SecP256r1MLKEM768:X25519MLKEM768:SecP384r1MLKEM1024:MLKEM512:MLKEM768:MLKEM1024'},
	},
	{title: 'MLKEM1024 alone', versions: only13, keys: ['rsa'], open: ['schemes'], settings: {minVersion: 'TLSv1.3', ecdhCurve: 'MLKEM1024'}},
	{
		title: 'brainpool curves of TLS 1.3',
		versions: both,
		keys: ['rsa'],
		open: ['schemes'],
		settings: {ecdhCurve: 'brainpoolP256r1tls13:brainpoolP384r1tls13:brainpoolP256r1'},
	},
	{
		title: 'a hybrid and a finite field',
		versions: only13,
		keys: ['rsa'],
		settings: {minVersion: 'TLSv1.3', ecdhCurve: 'SecP384r1MLKEM1024:ffdhe2048:X448'},
	},
];

const nodeProduct = anyProduct<NodeCase>({
	name: `OpenSSL ${major}.${minor} in Node.js`,
	programs: [process.execPath],
	cases: isNew ? [...node, ...newer] : node,
	planAll: nodePlan,
});

type NginxCase = AgreementCase & {readonly lines: readonly string[]};

const certificate = (name: string): string[] => [`ssl_certificate ${fixture(name)}`, `ssl_certificate_key ${fixture(name)}`];
const suites = (list: string): string => `ssl_ciphers ${list}`;
const [rsa, ecdsa, two] = [certificate('rsa'), certificate('ecdsa-p256'), [...certificate('rsa'), ...certificate('ecdsa-p384')]];

const nginx: NginxCase[] = [
	{title: 'intermediate, two certificates', versions: both, lines: [...two, suites(usual), 'ssl_ecdh_curve X25519:prime256v1:secp384r1']},
	{title: 'intermediate in its own order', versions: only12, lines: [...two, suites(usual), 'ssl_prefer_server_ciphers on']},
	{title: 'every suite', versions: all, isWhole: true, lines: [...two, suites(everySuite), `ssl_dhparam ${fixture('dh-2048')}`]},
	{title: 'every suite, RSA', versions: only12, lines: [...rsa, suites(everySuite), 'ssl_prefer_server_ciphers on']},
	{
		title: 'every suite, P-256 and other curves',
		versions: only12,
		lines: [...ecdsa, suites(everySuite), 'ssl_ecdh_curve secp384r1:secp521r1:prime256v1'],
	},
	{title: 'its defaults', versions: both, lines: rsa},
	{title: 'static RSA alone', versions: only12, lines: [...rsa, suites('AES128-SHA:AES256-GCM-SHA384')]},
	{title: 'DHE alone, of 1024 bits', versions: only12, lines: [...rsa, suites('DHE:@SECLEVEL=0'), `ssl_dhparam ${fixture('dh-1024')}`]},
	{
		title: 'DHE and static RSA',
		versions: only12,
		lines: [...rsa, suites('DHE-RSA-AES128-GCM-SHA256:AES128-SHA'), `ssl_dhparam ${fixture('dh-2048')}`],
	},
	{title: 'anonymous alone', versions: only12, lines: [...rsa, suites('aNULL:@SECLEVEL=0'), `ssl_dhparam ${fixture('dh-2048')}`]},
	{title: 'no encryption', versions: only12, lines: [...rsa, suites('eNULL:@SECLEVEL=0')]},
	{title: 'Ed25519', versions: only12, lines: [...certificate('ed25519'), suites(everySuite)]},
	{title: 'brainpool curves alone', versions: only12, lines: [...rsa, suites(usual), 'ssl_ecdh_curve brainpoolP256r1:brainpoolP384r1']},
	{title: 'binary curves alone', versions: only12, lines: [...rsa, suites(usual), 'ssl_ecdh_curve sect283k1:sect571r1']},
	{
		title: 'ChaCha20 for those who prefer it',
		versions: both,
		lines: [...rsa, suites(usual), 'ssl_prefer_server_ciphers on', 'ssl_conf_command Options PrioritizeChaCha'],
	},
	{title: 'one suite, ChaCha20', versions: only12, insistsOn: 0x17, lines: [...ecdsa, suites('ECDHE-ECDSA-CHACHA20-POLY1305')]},
	{title: 'TLS 1.0 and every suite', versions: ['TLSv1.0'], lines: [...two, suites(everySuite)]},
	{
		title: 'TLS 1.1 and every suite',
		versions: ['TLSv1.1'],
		lines: [...rsa, suites(everySuite), `ssl_dhparam ${fixture('dh-2048')}`],
	},
	{title: 'TLS 1.1 and 1.3', versions: ['TLSv1.1', 'TLSv1.3'], lines: [...rsa, suites(everySuite)]},
	{title: 'TLS 1.3', versions: only13, lines: two},
	{
		title: 'CCM in TLS 1.3',
		versions: only13,
		lines: [
			...rsa,
			'ssl_conf_command Ciphersuites TLS_AES_128_CCM_8_SHA256:TLS_AES_128_CCM_SHA256:TLS_AES_256_GCM_SHA384',
			'ssl_prefer_server_ciphers on',
		],
	},
	{title: 'one group in TLS 1.3', versions: only13, lines: [...rsa, 'ssl_ecdh_curve secp521r1']},
	{title: 'finite fields in TLS 1.3', versions: only13, lines: [...rsa, 'ssl_ecdh_curve ffdhe3072:X448:prime256v1']},
	{title: 'Camellia and ARIA', versions: only12, lines: [...two, suites('CAMELLIA:ARIA')]},
	{title: 'CBC alone', versions: only12, lines: [...two, suites('ECDHE-RSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA384:AES256-SHA256')]},
	{title: 'schemes of a directive', versions: both, lines: [...rsa, 'ssl_conf_command SignatureAlgorithms RSA+SHA256:RSA-PSS+SHA256']},
	{
		title: 'a client certificate required',
		versions: both,
		lines: [...rsa, 'ssl_verify_client on', `ssl_client_certificate ${fixture('rsa')}`],
	},
];

const nginxProduct = anyProduct<NginxCase>({
	name: 'nginx',
	programs: ['nginx'],
	cases: nginx,
	planAll: configurations =>
		nginxPlan(configurations.length, ports => ({
			http: configurations.map(
				({lines, versions}, index) =>
					`server { listen 127.0.0.1:${ports[index]} ssl; ssl_protocols ${versions.join(' ').replace('v1.0', 'v1')}; ${lines.map(line => `${line};`).join(' ')} }`,
			),
		})),
});

type HaproxyCase = AgreementCase & HaproxyFrontend;

const crt = (name: string): string => `ssl crt ${fixture(name)}`;

const haproxy: HaproxyCase[] = [
	{title: 'its defaults', versions: both, bind: crt('rsa')},
	{title: "the client's order", versions: both, bind: `${crt('rsa')} prefer-client-ciphers`},
	{title: 'every suite', versions: all, bind: `${crt('rsa')} crt ${fixture('ecdsa-p256')} ssl-min-ver TLSv1.0 ciphers ALL:@SECLEVEL=0`},
	{title: 'curves in its own order', versions: both, bind: `${crt('rsa')} curves P-521:P-256`},
	{title: 'one curve, that of the certificate', versions: both, bind: `${crt('ecdsa-p384')} ecdhe secp384r1`},
	{
		title: 'suites in its own order',
		versions: both,
		bind: `${crt('rsa')} ciphersuites TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256 ciphers ECDHE+CHACHA20:ECDHE+AESGCM`,
	},
	{title: 'TLS 1.3 alone', versions: only13, bind: `${crt('ecdsa-p256')} ssl-min-ver TLSv1.3`},
];

const haproxyProduct = anyProduct<HaproxyCase>({name: 'HAProxy', programs: ['haproxy'], cases: haproxy, planAll: haproxyPlan});

export const opensslProducts: readonly AgreementProduct[] = [nodeProduct, nginxProduct, haproxyProduct];
