import {answeredWith, type Expected, four, hello, refusedBy, retry, six, switchedOff, undecidedBy} from '../helpers/peers/expected.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {type PeerCase, testPeers} from '../helpers/peers/peer-tests.js';

type OpensslCase = PeerCase & {
	/** A file of `fixtures/certificates/`; null for none at all. */
	readonly certificate?: string | null;
	readonly ciphers?: string;
	readonly argv?: readonly string[];
	readonly files?: Readonly<Record<string, string>>;
};

const noCommon = refusedBy('handshake_failure');
/** What OpenSSL 3 says where its security level allows no signature of TLS 1.0 and 1.1, though the versions themselves are on. */
const noSignature = refusedBy('internal_error');
const psk = ['-psk', '00112233445566778899aabbccddeeff', '-psk_identity', 'tlsprobe'];
const ownPrime = (name: string) => ['-dhparam', fixture(name)];

/** What comes of a server that speaks up to TLS 1.2, where all that matters is the same in each version. */
const until12 = (version: typeof noCommon | ReturnType<typeof hello>): Expected => four(version, version, version, switchedOff);
const only12 = (details?: Parameters<typeof hello>[0]): Expected => four(noCommon, noCommon, hello(details), switchedOff);

const versions: OpensslCase[] = [
	{title: 'TLS 1.0 only', argv: ['-tls1'], expected: four(hello(), answeredWith('TLSv1.0'), answeredWith('TLSv1.0'), switchedOff)},
	{title: 'TLS 1.1 only', argv: ['-tls1_1'], expected: four(switchedOff, hello(), answeredWith('TLSv1.1'), switchedOff)},
	{title: 'TLS 1.2 only', argv: ['-tls1_2'], expected: four(switchedOff, switchedOff, hello(), switchedOff)},
	{title: 'TLS 1.3 only', argv: ['-tls1_3'], expected: four(switchedOff, switchedOff, switchedOff, hello({group: 'x25519'}))},
	{
		title: 'every version it was built with, asked for every version there is',
		expected: six(
			switchedOff,
			// SSL 3 has no alert 70, and OpenSSL keeps to it.
			noCommon,
			four(
				hello({downgradeSentinel: 'TLSv1.2'}),
				hello({downgradeSentinel: 'TLSv1.2'}),
				hello({downgradeSentinel: 'TLSv1.3'}),
				hello({downgradeSentinel: undefined}),
			),
		),
	},
	{title: 'a hole at TLS 1.2', argv: ['-no_tls1_2'], expected: four(hello(), hello(), answeredWith('TLSv1.1'), hello())},
	{title: 'a hole at TLS 1.1', argv: ['-no_tls1_1'], expected: four(hello(), answeredWith('TLSv1.0'), hello(), hello())},
	{title: 'TLS 1.1 and 1.3', argv: ['-no_tls1', '-no_tls1_2'], expected: four(switchedOff, hello(), answeredWith('TLSv1.1'), hello())},
	{
		title: 'TLS 1.0 and 1.3',
		argv: ['-no_tls1_1', '-no_tls1_2'],
		expected: four(hello(), answeredWith('TLSv1.0'), answeredWith('TLSv1.0'), hello()),
	},
	{title: 'a client certificate required', argv: ['-Verify', '1'], expected: four(hello(), hello(), hello(), hello())},
	{title: 'security level 0', ciphers: 'DEFAULT:@SECLEVEL=0', expected: four(hello(), hello(), hello(), hello())},
	{title: 'security level 1', ciphers: 'DEFAULT:@SECLEVEL=1', expected: four(noSignature, noSignature, hello(), hello())},
	{title: 'security level 2', ciphers: 'DEFAULT:@SECLEVEL=2', expected: four(noSignature, noSignature, hello(), hello())},
	{
		title: 'security level 3',
		certificate: 'ecdsa-p256',
		ciphers: 'DEFAULT:@SECLEVEL=3',
		expected: four(switchedOff, noSignature, hello(), hello()),
	},
	{
		title: 'security level 5',
		certificate: 'ecdsa-p521',
		ciphers: 'DEFAULT:@SECLEVEL=5',
		argv: ['-groups', 'P-521', '-sigalgs', 'ECDSA+SHA512'],
		expected: four(switchedOff, switchedOff, hello({group: 'secp521r1'}), retry({group: 'secp521r1'})),
	},
];

// OpenSSL takes TLS 1.3 for switched off where no certificate is fit for it.
const certificates: OpensslCase[] = [
	{title: 'an RSA-PSS certificate', certificate: 'rsa-pss', expected: four(noCommon, noCommon, hello(), hello())},
	{title: 'an ECDSA certificate of P-256', certificate: 'ecdsa-p256', expected: four(hello(), hello(), hello(), hello())},
	{title: 'an ECDSA certificate of P-384', certificate: 'ecdsa-p384', expected: four(hello(), hello(), hello(), hello())},
	{title: 'an ECDSA certificate of P-521', certificate: 'ecdsa-p521', expected: four(hello(), hello(), hello(), hello())},
	{
		title: 'an ECDSA certificate of brainpoolP256r1',
		certificate: 'ecdsa-brainpool',
		expected: four(hello(), hello(), hello(), switchedOff),
	},
	{title: 'an ECDSA certificate of secp256k1', certificate: 'ecdsa-secp256k1', expected: four(hello(), hello(), hello(), switchedOff)},
	{title: 'an Ed25519 certificate', certificate: 'ed25519', expected: four(noCommon, noCommon, hello(), hello())},
	{title: 'an Ed448 certificate', certificate: 'ed448', expected: four(noCommon, noCommon, hello(), hello())},
	{title: 'a DSA certificate', certificate: 'dsa', ciphers: 'aDSS:@SECLEVEL=0', argv: ownPrime('dh-2048'), expected: until12(hello())},
	{
		title: 'no certificate and nothing that goes without',
		certificate: null,
		expected: four(undecidedBy('handshake_failure'), undecidedBy('handshake_failure'), undecidedBy('handshake_failure'), switchedOff),
	},
];

/** Suites alone, each with the versions that know it, up to TLS 1.2. */
const suites: OpensslCase[] = (
	[
		[
			'ADH-AES128-SHA',
			until12(hello({cipherSuite: 'TLS_DH_anon_WITH_AES_128_CBC_SHA', group: 'DHE 2048 bits'})),
			null,
			ownPrime('dh-2048'),
		],
		['ADH-CAMELLIA256-SHA256', only12(), null, ownPrime('dh-2048')],
		['AECDH-AES256-SHA', until12(hello({cipherSuite: 'TLS_ECDH_anon_WITH_AES_256_CBC_SHA'})), null],
		['AECDH-NULL-SHA', until12(hello({cipherSuite: 'TLS_ECDH_anon_WITH_NULL_SHA'})), null],
		['PSK-AES128-CBC-SHA', until12(hello({cipherSuite: 'TLS_PSK_WITH_AES_128_CBC_SHA'})), null, psk],
		['PSK-AES256-GCM-SHA384', only12(), null, psk],
		['PSK-AES128-CCM8', only12({cipherSuite: 'TLS_PSK_WITH_AES_128_CCM_8'}), null, psk],
		['DHE-PSK-AES256-CBC-SHA', until12(hello()), null, [...psk, ...ownPrime('dh-2048')]],
		['DHE-PSK-CHACHA20-POLY1305', only12(), null, [...psk, ...ownPrime('dh-2048')]],
		['ECDHE-PSK-AES128-CBC-SHA256', until12(hello()), null, psk],
		['ECDHE-PSK-NULL-SHA', until12(hello({cipherSuite: 'TLS_ECDHE_PSK_WITH_NULL_SHA'})), null, psk],
		['RSA-PSK-AES128-CBC-SHA', until12(hello()), 'rsa', psk],
		['NULL-MD5', until12(hello({cipherSuite: 'TLS_RSA_WITH_NULL_MD5'}))],
		['NULL-SHA256', only12()],
		['ECDHE-ECDSA-NULL-SHA', until12(hello()), 'ecdsa-p256'],
		['AES256-CCM', only12()],
		['ECDHE-ECDSA-AES128-CCM8', only12(), 'ecdsa-p256'],
		['DHE-RSA-AES256-CCM8', only12(), 'rsa', ownPrime('dh-2048')],
		['ECDHE-ARIA128-GCM-SHA256', only12({cipherSuite: 'TLS_ECDHE_RSA_WITH_ARIA_128_GCM_SHA256'})],
		['ARIA256-GCM-SHA384', only12()],
		['DHE-DSS-ARIA256-GCM-SHA384', only12(), 'dsa', ownPrime('dh-2048')],
		['CAMELLIA128-SHA', until12(hello())],
		['ECDHE-ECDSA-CAMELLIA256-SHA384', only12(), 'ecdsa-p256'],
		['DHE-DSS-CAMELLIA256-SHA256', only12(), 'dsa', ownPrime('dh-2048')],
		['AES128-SHA', until12(hello({cipherSuite: 'TLS_RSA_WITH_AES_128_CBC_SHA', group: undefined}))],
		['AES256-GCM-SHA384', only12()],
		['ECDHE-RSA-CHACHA20-POLY1305', only12()],
		['DHE-RSA-AES128-SHA', until12(hello({group: 'DHE 1024 bits'})), 'rsa', ownPrime('dh-1024')],
		['DHE-RSA-AES256-SHA256', only12({group: 'DHE 2048 bits'}), 'rsa', ownPrime('dh-2048')],
		['DHE-DSS-AES128-SHA', until12(hello()), 'dsa', ownPrime('dh-1024')],
	] as const
).map(([suite, expected, certificate = 'rsa', argv = []]) => ({
	title: `${suite} alone`,
	certificate,
	ciphers: `${suite}:@SECLEVEL=0`,
	argv: ['-no_tls1_3', ...argv],
	expected,
}));

const suites13: OpensslCase[] = [
	'TLS_AES_128_GCM_SHA256',
	'TLS_AES_256_GCM_SHA384',
	'TLS_CHACHA20_POLY1305_SHA256',
	'TLS_AES_128_CCM_SHA256',
	'TLS_AES_128_CCM_8_SHA256',
].map(cipherSuite => ({
	title: `${cipherSuite} alone`,
	argv: ['-tls1_3', '-ciphersuites', cipherSuite],
	expected: four(switchedOff, switchedOff, switchedOff, hello({cipherSuite})),
}));

/** Curves alone, that TLS 1.3 has no place for. */
const curves: OpensslCase[] = ['secp256k1', 'brainpoolP256r1', 'brainpoolP512r1', 'sect571r1', 'sect163k1', 'secp192r1'].map(group => ({
	title: `${group} alone`,
	ciphers: 'ECDHE:@SECLEVEL=0',
	argv: ['-groups', group === 'secp192r1' ? 'prime192v1' : group],
	expected: four(hello({group}), hello({group}), hello({group}), noCommon),
}));

/** Groups alone, that a client offers no share for: they are asked for with a HelloRetryRequest. */
const groups: OpensslCase[] = [
	...(['P-384', 'P-521', 'X448'] as const).map(name => {
		const group = {'P-384': 'secp384r1', 'P-521': 'secp521r1', X448: 'x448'}[name];
		return {
			title: `${group} alone`,
			ciphers: 'ECDHE:@SECLEVEL=0',
			argv: ['-groups', name],
			expected: four(hello({group}), hello({group}), hello({group}), retry({group})),
		};
	}),
	...['ffdhe2048', 'ffdhe3072', 'ffdhe4096', 'ffdhe6144', 'ffdhe8192'].map(group => ({
		title: `${group} alone`,
		ciphers: 'ECDHE:@SECLEVEL=0',
		argv: ['-groups', group],
		expected: four(noCommon, noCommon, noCommon, retry({group})),
	})),
];

/** They count from TLS 1.2 on. */
const schemes: OpensslCase[] = [
	{title: 'RSA with SHA-1 alone', argv: ['-sigalgs', 'RSA+SHA1'], expected: four(hello(), hello(), hello(), noCommon)},
	{title: 'RSA with SHA-224 alone', argv: ['-sigalgs', 'RSA+SHA224'], expected: four(hello(), hello(), hello(), noCommon)},
	{title: 'RSA-PSS with SHA-512 alone', argv: ['-sigalgs', 'rsa_pss_rsae_sha512'], expected: four(hello(), hello(), hello(), hello())},
	{
		title: 'ECDSA with SHA-512 on P-256 alone',
		certificate: 'ecdsa-p256',
		argv: ['-sigalgs', 'ECDSA+SHA512'],
		expected: four(hello(), hello(), hello(), switchedOff),
	},
	{
		title: 'ECDSA with SHA-1 alone',
		certificate: 'ecdsa-p256',
		argv: ['-sigalgs', 'ECDSA+SHA1'],
		expected: four(hello(), hello(), hello(), switchedOff),
	},
	{
		title: 'DSA with SHA-1 alone',
		certificate: 'dsa',
		ciphers: 'aDSS:@SECLEVEL=0',
		argv: ['-sigalgs', 'DSA+SHA1', ...ownPrime('dh-2048')],
		expected: until12(hello()),
	},
	{title: 'Ed25519 alone', certificate: 'ed25519', argv: ['-sigalgs', 'ed25519'], expected: four(noCommon, noCommon, hello(), hello())},
	...['RSA+SHA1', 'RSA+SHA224', 'rsa_pss_rsae_sha256'].map(scheme => ({
		title: `${scheme} alone for forward-secret suites alone`,
		ciphers: 'ECDHE:@SECLEVEL=0',
		argv: ['-tls1_2', '-sigalgs', scheme],
		expected: four(switchedOff, switchedOff, hello(), switchedOff),
	})),
];

const all = four(hello(), hello(), hello(), hello());
const unrecognized = undecidedBy('unrecognized_name');
const warned = hello({anomalies: ['warning-alert-first']});
const serverNames: OpensslCase[] = [
	{
		title: 'an unknown server name is refused',
		argv: ['-servername', 'peer.test', '-servername_fatal', '-cert2', fixture('ecdsa-p256'), '-key2', fixture('ecdsa-p256')],
		expected: all,
		byName: {'peer.test': all, 'other.test': four(unrecognized, unrecognized, unrecognized, unrecognized)},
	},
	{
		title: 'an unknown server name is warned of',
		argv: ['-servername', 'peer.test', '-cert2', fixture('ecdsa-p256'), '-key2', fixture('ecdsa-p256')],
		expected: all,
		byName: {'peer.test': all, 'other.test': four(warned, warned, warned, hello())},
	},
];

testPeers<OpensslCase>({
	name: 'openssl s_server',
	programs: ['openssl'],
	cases: [...versions, ...certificates, ...suites, ...suites13, ...curves, ...groups, ...schemes, ...serverNames],
	planOne: ({certificate = 'rsa', ciphers = 'DEFAULT:@SECLEVEL=0', argv = [], files = {}}) => ({
		ports: 1,
		command: ([port]) => ({
			program: 'openssl',
			argv: [
				...['s_server', '-accept', `127.0.0.1:${port}`, '-www', '-cipher', ciphers],
				...(certificate === null ? ['-nocert'] : ['-cert', fixture(certificate), '-key', fixture(certificate)]),
				...argv,
			],
			files,
		}),
	}),
});
