import {answeredWith, four, hello, refusedBy, six, switchedOff} from '../helpers/peers/expected.js';
import {type PeerCase, testPeers} from '../helpers/peers/peer-tests.js';
import {allowedVersions, type BotanServer, botanPlan} from '../helpers/peers/plans/botan.js';

type BotanCase = PeerCase & BotanServer;

/** What Botan says where its policy leaves no suite for a version that is on. */
const noSuite = refusedBy('internal_error');
const until12 = four(hello(), hello(), hello(), switchedOff);

/** Botan 2, which has no TLS 1.3 and answers no hello of SSL 2. */
const cases: BotanCase[] = [
	{
		title: 'every version it has, asked for every version there is',
		policy: allowedVersions('10', '11', '12'),
		expected: six(['rejected', 'closed'], switchedOff, until12),
	},
	{
		title: 'TLS 1.0 only',
		policy: allowedVersions('10'),
		expected: four(hello(), answeredWith('TLSv1.0'), answeredWith('TLSv1.0'), switchedOff),
	},
	{title: 'TLS 1.2 only', policy: allowedVersions('12'), expected: four(switchedOff, switchedOff, hello(), switchedOff)},
	{
		title: 'an ECDSA certificate of brainpoolP256r1',
		certificate: 'ecdsa-brainpool',
		policy: [...allowedVersions('10', '11', '12'), 'key_exchange_groups = brainpool256r1'],
		expected: until12,
	},
	{
		title: 'a suite of TLS 1.2 alone',
		policy: [...allowedVersions('10', '11', '12'), 'ciphers = ChaCha20Poly1305', 'macs = AEAD'],
		expected: four(noSuite, noSuite, hello({cipherSuite: 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256'}), switchedOff),
	},
];

testPeers<BotanCase>({name: 'botan tls_server', programs: ['botan'], cases, planOne: botanPlan});
