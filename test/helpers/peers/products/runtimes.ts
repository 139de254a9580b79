import type {AgreementCase} from '../agreement.js';
import {type AgreementProduct, anyProduct} from '../any-product.js';
import {fixture} from '../fixtures.js';
import {type ErlangServer, erlangPlan} from '../plans/erlang.js';
import {type GoServer, goPlan} from '../plans/go.js';
import {type JavaServer, javaKeys, javaPlan} from '../plans/java.js';

/*
The TLS of Go, Java and Erlang, each in one process.
*/

const all = ['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;
const both = ['TLSv1.2', 'TLSv1.3'] as const;
const only12 = ['TLSv1.2'] as const;
const only13 = ['TLSv1.3'] as const;
const [tls10, tls12, tls13] = [0x03_01, 0x03_03, 0x03_04] as const;

type GoCase = AgreementCase & GoServer;

const go: GoCase[] = [
	{
		title: 'every suite',
		versions: all,
		isWhole: true,
		settings: {
			Min: tls10,
			Suites: [
				0x00_05, 0x00_0a, 0x00_2f, 0x00_35, 0x00_3c, 0x00_9c, 0x00_9d, 0xc0_07, 0xc0_09, 0xc0_0a, 0xc0_11, 0xc0_12, 0xc0_13, 0xc0_14,
				0xc0_23, 0xc0_27, 0xc0_2b, 0xc0_2c, 0xc0_2f, 0xc0_30, 0xcc_a8, 0xcc_a9,
			],
		},
	},
	{title: 'its defaults', versions: both, settings: {Min: tls12}},
	{title: 'ECDSA with P-256', versions: both, settings: {Min: tls12, Certificate: fixture('ecdsa-p256')}},
	{title: 'ECDSA with P-384', versions: both, settings: {Min: tls12, Certificate: fixture('ecdsa-p384')}},
	{title: 'ECDSA with P-521', versions: both, settings: {Min: tls12, Certificate: fixture('ecdsa-p521')}},
	{title: 'Ed25519', versions: both, settings: {Min: tls12, Certificate: fixture('ed25519')}},
	{title: 'P-521 and P-256', versions: both, settings: {Min: tls12, Groups: [0x19, 0x17]}},
	{
		title: 'a curve that is not that of the certificate',
		versions: both,
		settings: {Min: tls12, Certificate: fixture('ecdsa-p256'), Groups: [0x19]},
	},
	{title: 'a hybrid and X25519', versions: both, settings: {Min: tls12, Groups: [0x11_ec, 0x1d]}},
	// The program has no keys of hybrids.
	{title: 'hybrids alone', versions: only13, open: ['schemes'], settings: {Min: tls13, Groups: [0x11_ec, 0x11_eb, 0x11_ed]}},
	{title: 'a client certificate required', versions: both, settings: {Min: tls12, ClientAuth: true}},
	{title: 'RC4 and 3DES', versions: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'], settings: {Min: tls10, Max: tls12, Suites: [0x00_05, 0x00_0a]}},
	{title: 'ChaCha20 alone', versions: only12, settings: {Min: tls12, Max: tls12, Suites: [0xcc_a8]}},
	{title: 'static RSA alone', versions: only12, settings: {Min: tls12, Max: tls12, Suites: [0x00_9c, 0x00_2f]}},
];

const goProduct = anyProduct<GoCase>({name: 'Go', programs: ['go'], cases: go, planAll: goPlan});

type JavaCase = AgreementCase & JavaServer;

const {rsa, dsa, p256, p384} = javaKeys;

const java: JavaCase[] = [
	{title: 'its defaults', versions: both, settings: rsa},
	{title: 'every suite', versions: only12, settings: `${rsa} protocols=TLSv1.2 suites=every`},
	{title: 'ECDSA with P-256', versions: both, insistsOn: 0x17, settings: p256},
	{title: 'ECDSA with P-384', versions: both, insistsOn: 0x18, settings: p384},
	{title: 'SSL 3', versions: ['SSLv3'], settings: `${rsa} protocols=SSLv3 suites=every`},
	{title: 'DSA in TLS 1.2', versions: only12, settings: `${dsa} protocols=TLSv1.2`},
	{
		title: 'anonymous alone',
		versions: only12,
		settings: `${rsa} protocols=TLSv1.2 suites=TLS_DH_anon_WITH_AES_128_CBC_SHA,TLS_ECDH_anon_WITH_AES_128_CBC_SHA`,
	},
	{
		title: 'export suites',
		versions: ['TLSv1.0'],
		settings: `${rsa} protocols=TLSv1 suites=SSL_RSA_EXPORT_WITH_RC4_40_MD5,SSL_RSA_WITH_DES_CBC_SHA,SSL_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA`,
	},
	{title: 'TLS 1.3', versions: only13, settings: `${rsa} protocols=TLSv1.3`},
];

const javaProduct = anyProduct<JavaCase>({name: 'Java', programs: ['java'], cases: java, planAll: javaPlan});

type ErlangCase = AgreementCase & ErlangServer;

const modern = "{versions, ['tlsv1.2', 'tlsv1.3']}";

const erlang: ErlangCase[] = [
	{title: 'every suite', versions: ['TLSv1.1', 'TLSv1.2', 'TLSv1.3'], settings: "{versions, ['tlsv1.1', 'tlsv1.2', 'tlsv1.3']}"},
	{title: 'its own order', versions: both, settings: `${modern}, {honor_cipher_order, true}`},
	{title: 'ECDSA with P-256', versions: both, certificate: 'ecdsa-p256', settings: modern},
	{title: 'ECDSA with P-384', versions: both, certificate: 'ecdsa-p384', settings: modern},
	{title: 'P-521 and X448 in TLS 1.3', versions: only13, settings: "{versions, ['tlsv1.3']}, {supported_groups, [secp521r1, x448]}"},
	{title: 'P-521 and brainpool in TLS 1.2', versions: only12, settings: "{versions, ['tlsv1.2']}, {eccs, [secp521r1, brainpoolP256r1]}"},
	{title: 'Ed25519', versions: only13, certificate: 'ed25519', settings: "{versions, ['tlsv1.3']}"},
	{
		title: 'RSA_PSK in TLS 1.0',
		versions: ['TLSv1.0'],
		settings: `{versions, ['tlsv1']}, {ciphers, ["RSA-PSK-AES128-CBC-SHA", "RSA-PSK-AES128-CBC-SHA256"]}, {psk, <<"secret">>}`,
	},
	{
		title: 'RSA_PSK with GCM in TLS 1.0',
		versions: ['TLSv1.0'],
		isWhole: true,
		settings: `{versions, ['tlsv1']}, {ciphers, ["RSA-PSK-AES128-CBC-SHA", "RSA-PSK-AES256-GCM-SHA384"]}, {psk, <<"secret">>}`,
	},
];

const erlangProduct = anyProduct<ErlangCase>({name: 'Erlang', programs: ['escript'], cases: erlang, planAll: erlangPlan});

export const runtimeProducts: readonly AgreementProduct[] = [goProduct, javaProduct, erlangProduct];
