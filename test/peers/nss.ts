import {answeredWith, type ExpectedVersion, four, hello, refusedBy, retry, six, switchedOff} from '../helpers/peers/expected.js';
import {type PeerCase, testPeers} from '../helpers/peers/peer-tests.js';
import {type NssServer, nssPlan, nssPrograms} from '../helpers/peers/plans/nss.js';

type NssCase = PeerCase & NssServer;

const noCommon = refusedBy('handshake_failure');
/** What NSS says to a hello of SSL 2. */
const noRecord = refusedBy('unexpected_message');
const four12 = (version: ExpectedVersion) => four(version, version, version, switchedOff);

const cases: NssCase[] = [
	{
		title: 'SSL 3 to TLS 1.2, asked for every version there is',
		argv: ['-V', 'ssl3:tls1.2'],
		expected: six(noRecord, hello(), four(hello(), hello(), hello(), switchedOff)),
	},
	{
		title: 'SSL 3 only',
		argv: ['-V', 'ssl3:ssl3'],
		expected: {SSLv3: hello(), ...four(answeredWith('SSLv3'), answeredWith('SSLv3'), answeredWith('SSLv3'), switchedOff)},
	},
	{title: 'TLS 1.0 to 1.3', argv: ['-V', 'tls1.0:tls1.3'], expected: four(hello(), hello(), hello(), hello())},
	{title: 'TLS 1.1 only', argv: ['-V', 'tls1.1:tls1.1'], expected: four(switchedOff, hello(), answeredWith('TLSv1.1'), switchedOff)},
	{title: 'TLS 1.3 only', argv: ['-V', 'tls1.3:tls1.3'], expected: four(switchedOff, switchedOff, switchedOff, hello())},
	{title: 'a client certificate required', argv: ['-V', 'tls1.0:tls1.3', '-r', '-r'], expected: four(hello(), hello(), hello(), hello())},
	{
		title: 'an ECDSA certificate',
		certificate: 'ecdsa-p384',
		argv: ['-V', 'tls1.0:tls1.3'],
		expected: four(hello(), hello(), hello(), hello()),
	},
	{
		title: 'RC4 with MD5 alone',
		argv: ['-V', 'ssl3:tls1.2', '-c', 'c'],
		expected: {SSLv3: hello({cipherSuite: 'TLS_RSA_WITH_RC4_128_MD5'}), ...four12(hello({cipherSuite: 'TLS_RSA_WITH_RC4_128_MD5'}))},
	},
	{
		title: '3DES alone',
		argv: ['-V', 'tls1.0:tls1.2', '-c', 'd'],
		expected: four12(hello({cipherSuite: 'TLS_RSA_WITH_3DES_EDE_CBC_SHA'})),
	},
	{
		title: 'a suite of TLS 1.2 alone',
		argv: ['-V', 'tls1.0:tls1.2', '-c', ':CCA8'],
		expected: four(noCommon, noCommon, hello({cipherSuite: 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256'}), switchedOff),
	},
	{
		title: 'P-521 alone',
		argv: ['-V', 'tls1.2:tls1.3', '-I', 'P521'],
		expected: four(switchedOff, switchedOff, hello(), retry({group: 'secp521r1'})),
	},
	{
		title: 'ffdhe3072 alone',
		argv: ['-V', 'tls1.3:tls1.3', '-I', 'FF3072'],
		expected: four(switchedOff, switchedOff, switchedOff, retry({group: 'ffdhe3072'})),
	},
	{
		title: 'RSA with SHA-1 alone',
		argv: ['-V', 'tls1.2:tls1.3', '-J', 'rsa_pkcs1_sha1'],
		expected: four(switchedOff, switchedOff, hello(), noCommon),
	},
];

testPeers<NssCase>({name: 'nss selfserv', programs: nssPrograms, cases, planOne: nssPlan});
