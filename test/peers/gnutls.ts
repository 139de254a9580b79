import {
	answeredWith,
	type Expected,
	type ExpectedVersion,
	four,
	hello,
	refusedBy,
	retry,
	six,
	switchedOff,
	undecidedBy,
} from '../helpers/peers/expected.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {type PeerCase, testPeers} from '../helpers/peers/peer-tests.js';
import {type GnutlsServer, gnutlsPlan} from '../helpers/peers/plans/gnutls.js';

type GnutlsCase = PeerCase & GnutlsServer;

const noCommon = refusedBy('handshake_failure');
const all = four(hello(), hello(), hello(), hello());
/** Where TLS 1.3 is off, GnuTLS takes a hello of it for one of TLS 1.2 without a suite in common. */
const until12 = (version: ExpectedVersion): Expected => four(version, version, version, noCommon);
const only12 = (details?: Parameters<typeof hello>[0]): Expected => four(noCommon, noCommon, hello(details), noCommon);
const psk = ['--pskpasswd', fixture('psk.txt')];
const ownPrime = ['--dhparams', fixture('dh-2048')];

const versions: GnutlsCase[] = [
	{
		title: 'TLS 1.0 only',
		priority: 'NORMAL:-VERS-ALL:+VERS-TLS1.0',
		expected: four(hello(), answeredWith('TLSv1.0'), answeredWith('TLSv1.0'), noCommon),
	},
	{
		title: 'TLS 1.1 only',
		priority: 'NORMAL:-VERS-ALL:+VERS-TLS1.1',
		expected: four(switchedOff, hello(), answeredWith('TLSv1.1'), noCommon),
	},
	{title: 'TLS 1.2 only', priority: 'NORMAL:-VERS-ALL:+VERS-TLS1.2', expected: four(switchedOff, switchedOff, hello(), noCommon)},
	// A hello of TLS 1.2 is taken for one that has no suite in common.
	{title: 'TLS 1.3 only', priority: 'NORMAL:-VERS-ALL:+VERS-TLS1.3', expected: four(switchedOff, switchedOff, noCommon, hello())},
	{title: 'TLS 1.2 and 1.3', priority: 'NORMAL:-VERS-TLS1.0:-VERS-TLS1.1', expected: four(switchedOff, switchedOff, hello(), hello())},
	{
		title: 'its defaults, asked for every version there is',
		priority: 'NORMAL',
		expected: six(['rejected', 'alert'], ['rejected', 'alert'], all),
	},
	{
		// TLS 1.3 goes with TLS 1.2: GnuTLS drops it where older versions are on and that one is not.
		title: 'TLS 1.2 switched off among the others',
		priority: 'NORMAL:-VERS-TLS1.2',
		expected: four(hello(), hello(), answeredWith('TLSv1.1'), noCommon),
	},
	{title: 'a hole at TLS 1.1', priority: 'NORMAL:-VERS-TLS1.1', expected: four(hello(), switchedOff, hello(), hello())},
	{title: 'safe renegotiation demanded', priority: 'NORMAL:%SAFE_RENEGOTIATION', expected: all},
	{title: 'safe renegotiation unknown', priority: 'NORMAL:%UNSAFE_RENEGOTIATION', expected: all},
	{
		title: 'compatibility before all',
		priority: 'NORMAL:%COMPAT:%SERVER_PRECEDENCE',
		expected: four(hello(), hello(), hello(), retry({group: 'secp256r1'})),
	},
	{title: 'no extensions', priority: 'NORMAL:%NO_EXTENSIONS', expected: four(hello(), hello(), hello(), noCommon)},
	{title: 'no session hash', priority: 'NORMAL:%NO_SESSION_HASH:%NO_ETM', expected: all},
	{title: 'forward secrecy alone', priority: 'PFS', expected: all},
	{title: 'the legacy set', priority: 'LEGACY', expected: all},
	{title: 'the 256-bit set', priority: 'SECURE256', expected: four(noCommon, noCommon, hello(), retry())},
	{
		title: 'suite B at 128 bits',
		keys: ['ecdsa-p256'],
		priority: 'SUITEB128',
		expected: four(switchedOff, switchedOff, hello({cipherSuite: 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'}), noCommon),
	},
	{
		title: 'suite B at 192 bits',
		keys: ['ecdsa-p384'],
		priority: 'SUITEB192',
		expected: four(switchedOff, switchedOff, hello({cipherSuite: 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384'}), noCommon),
	},
	{title: 'a client certificate required', priority: 'NORMAL', argv: ['--require-client-cert'], expected: all},
	{
		title: 'an unknown server name refused',
		priority: 'NORMAL',
		argv: ['--sni-hostname', 'peer.test', '--sni-hostname-fatal'],
		expected: all,
		byName: {
			'peer.test': all,
			'other.test': four(
				undecidedBy('unrecognized_name'),
				undecidedBy('unrecognized_name'),
				undecidedBy('unrecognized_name'),
				undecidedBy('unrecognized_name'),
			),
		},
	},
];

const certificates: GnutlsCase[] = [
	{title: 'an RSA-PSS certificate', keys: ['rsa-pss'], priority: 'NORMAL', expected: four(noCommon, noCommon, hello(), hello())},
	{title: 'an ECDSA certificate of P-521', keys: ['ecdsa-p521'], priority: 'NORMAL', expected: all},
	{title: 'an Ed25519 certificate', keys: ['ed25519'], priority: 'NORMAL', expected: four(noCommon, noCommon, hello(), hello())},
	{title: 'an Ed448 certificate', keys: ['ed448'], priority: 'NORMAL', expected: four(noCommon, noCommon, hello(), hello())},
	{
		title: 'a DSA certificate',
		keys: ['dsa'],
		priority: 'NORMAL:+DHE-DSS:+SIGN-DSA-SHA1',
		expected: four(hello(), hello(), hello(), noCommon),
	},
	{
		title: 'a GOST certificate',
		keys: ['gost'],
		priority: 'NONE:+VERS-TLS1.2:+CTYPE-X509:+VKO-GOST-12:+GROUP-GOST-ALL:+SIGN-GOST-ALL:+CIPHER-GOST-ALL:+MAC-GOST-ALL',
		expected: four(switchedOff, switchedOff, hello({cipherSuite: 'TLS_GOSTR341112_256_WITH_28147_CNT_IMIT'}), noCommon),
	},
];

const suites: GnutlsCase[] = [
	{title: '3DES alone', priority: 'NORMAL:-CIPHER-ALL:+3DES-CBC', expected: until12(hello())},
	{
		title: 'RC4 alone',
		priority: 'NORMAL:-CIPHER-ALL:+ARCFOUR-128:-KX-ALL:+RSA:-MAC-ALL:+MD5',
		expected: until12(hello({cipherSuite: 'TLS_RSA_WITH_RC4_128_MD5'})),
	},
	{title: 'no encryption alone', priority: 'NORMAL:-CIPHER-ALL:+NULL', expected: until12(hello())},
	{title: 'Camellia in GCM alone', priority: 'NORMAL:-CIPHER-ALL:+CAMELLIA-128-GCM', expected: only12()},
	{title: 'Camellia in CBC alone', priority: 'NORMAL:-CIPHER-ALL:+CAMELLIA-256-CBC:-KX-ALL:+RSA', expected: until12(hello())},
	{
		title: 'short CCM tags alone',
		priority: 'NORMAL:-CIPHER-ALL:+AES-128-CCM-8',
		expected: four(noCommon, noCommon, hello(), hello({cipherSuite: 'TLS_AES_128_CCM_8_SHA256'})),
	},
	{title: 'CCM alone, without TLS 1.3', priority: 'NORMAL:-VERS-TLS1.3:-CIPHER-ALL:+AES-256-CCM', expected: only12()},
	{title: 'static RSA alone', priority: 'NORMAL:-VERS-TLS1.3:-KX-ALL:+RSA', expected: until12(hello({group: undefined}))},
	{title: 'anonymous DH alone', keys: [], priority: 'NORMAL:-KX-ALL:+ANON-DH', argv: ownPrime, expected: until12(hello())},
	{title: 'anonymous ECDH alone', keys: [], priority: 'NORMAL:-KX-ALL:+ANON-ECDH', expected: until12(hello())},
	{title: 'PSK alone', keys: [], priority: 'NORMAL:-VERS-TLS1.3:-KX-ALL:+PSK', argv: psk, expected: until12(hello())},
	{title: 'DHE-PSK alone', keys: [], priority: 'NORMAL:-VERS-TLS1.3:-KX-ALL:+DHE-PSK', argv: psk, expected: until12(hello())},
	{title: 'ECDHE-PSK alone', keys: [], priority: 'NORMAL:-VERS-TLS1.3:-KX-ALL:+ECDHE-PSK', argv: psk, expected: until12(hello())},
	{title: 'RSA-PSK alone', priority: 'NORMAL:-VERS-TLS1.3:-KX-ALL:+RSA-PSK', argv: psk, expected: until12(hello())},
	{
		title: 'SRP alone',
		keys: [],
		priority: 'NORMAL:-KX-ALL:+SRP',
		argv: ['--srppasswd', fixture('srp-passwords.txt'), '--srppasswdconf', fixture('srp-groups.txt')],
		expected: until12(hello()),
	},
	{
		title: 'SRP with RSA alone',
		priority: 'NORMAL:-VERS-TLS1.3:-KX-ALL:+SRP-RSA',
		argv: ['--srppasswd', fixture('srp-passwords.txt'), '--srppasswdconf', fixture('srp-groups.txt')],
		expected: until12(hello()),
	},
	{
		title: 'DHE with a prime of its own alone',
		priority: 'NORMAL:-VERS-TLS1.3:-KX-ALL:+DHE-RSA',
		argv: ownPrime,
		expected: until12(hello()),
	},
];

const groups: GnutlsCase[] = [
	{title: 'X448 alone', priority: 'NORMAL:-KX-ALL:+ECDHE-RSA:-GROUP-ALL:+GROUP-X448', expected: groupAlone('x448')},
	{title: 'P-521 alone', priority: 'NORMAL:-KX-ALL:+ECDHE-RSA:-GROUP-ALL:+GROUP-SECP521R1', expected: groupAlone('secp521r1')},
	{
		title: 'P-192 alone',
		priority: 'NORMAL:-KX-ALL:+ECDHE-RSA:-GROUP-ALL:+GROUP-SECP192R1',
		// A client that names no groups is given P-256 all the same; TLS 1.3 is asked to go on with a curve that it has no place for.
		expected: four(hello({group: 'secp256r1'}), hello({group: 'secp256r1'}), hello({group: 'secp256r1'}), retry({group: 'secp192r1'})),
	},
	...['2048', '3072', '4096', '6144', '8192'].map(bits => ({
		title: `ffdhe${bits} alone`,
		priority: `NORMAL:-KX-ALL:+DHE-RSA:-GROUP-ALL:+GROUP-FFDHE${bits}`,
		expected: four(hello(), hello(), hello(), retry({group: `ffdhe${bits}`})),
	})),
];

const schemes: GnutlsCase[] = [
	{
		title: 'RSA with SHA-1 alone',
		priority: 'NORMAL:-KX-ALL:+ECDHE-RSA:-SIGN-ALL:+SIGN-RSA-SHA1',
		expected: four(hello(), hello(), hello(), noCommon),
	},
	{
		// Too weak for TLS 1.2 in GnuTLS's eyes, which drops the version with it.
		title: 'RSA with SHA-224 alone',
		priority: 'NORMAL:-KX-ALL:+ECDHE-RSA:-SIGN-ALL:+SIGN-RSA-SHA224',
		expected: four(hello(), hello(), answeredWith('TLSv1.1'), noCommon),
	},
	{title: 'RSA-PSS with SHA-512 alone', priority: 'NORMAL:-KX-ALL:+ECDHE-RSA:-SIGN-ALL:+SIGN-RSA-PSS-RSAE-SHA512', expected: all},
	{
		title: 'ECDSA with SHA-512 on P-256 alone',
		keys: ['ecdsa-p256'],
		priority: 'NORMAL:-SIGN-ALL:+SIGN-ECDSA-SHA512',
		expected: four(hello(), hello(), hello(), noCommon),
	},
];

function groupAlone(group: string): Expected {
	return four(hello({group}), hello({group}), hello({group}), retry({group}));
}

testPeers<GnutlsCase>({
	name: 'gnutls-serv',
	programs: ['gnutls-serv'],
	cases: [...versions, ...certificates, ...suites, ...groups, ...schemes],
	planOne: gnutlsPlan,
});
