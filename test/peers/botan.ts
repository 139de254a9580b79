import {readFile} from 'node:fs/promises';
import {answeredWith, four, hello, refusedBy, six, switchedOff} from '../helpers/peers/expected.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {type PeerCase, testPeers} from '../helpers/peers/peer-tests.js';

/** Lines of a policy, before those that all have. */
type BotanCase = PeerCase & {readonly policy: readonly string[]; readonly certificate?: string};

/** What Botan says where its policy leaves no suite for a version that is on. */
const noSuite = refusedBy('internal_error');
const versions = (...allowed: readonly string[]): string[] =>
	['10', '11', '12'].map(name => `allow_tls${name} = ${allowed.includes(name)}`);
const until12 = four(hello(), hello(), hello(), switchedOff);

/** Botan 2, which has no TLS 1.3 and answers no hello of SSL 2. */
const cases: BotanCase[] = [
	{
		title: 'every version it has, asked for every version there is',
		policy: versions('10', '11', '12'),
		expected: six(['rejected', 'closed'], switchedOff, until12),
	},
	{title: 'TLS 1.0 only', policy: versions('10'), expected: four(hello(), answeredWith('TLSv1.0'), answeredWith('TLSv1.0'), switchedOff)},
	{title: 'TLS 1.2 only', policy: versions('12'), expected: four(switchedOff, switchedOff, hello(), switchedOff)},
	{
		title: 'an ECDSA certificate of brainpoolP256r1',
		certificate: 'ecdsa-brainpool',
		policy: [...versions('10', '11', '12'), 'key_exchange_groups = brainpool256r1'],
		expected: until12,
	},
	{
		title: 'a suite of TLS 1.2 alone',
		policy: [...versions('10', '11', '12'), 'ciphers = ChaCha20Poly1305', 'macs = AEAD'],
		expected: four(noSuite, noSuite, hello({cipherSuite: 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256'}), switchedOff),
	},
];

const common = [
	'ciphers = ChaCha20Poly1305 AES-256/GCM AES-128/GCM AES-256 AES-128',
	'macs = AEAD SHA-384 SHA-256 SHA-1',
	'key_exchange_groups = x25519 secp256r1',
	'signature_hashes = SHA-512 SHA-384 SHA-256 SHA-1',
];

testPeers<BotanCase>({
	name: 'botan tls_server',
	programs: ['botan'],
	cases,
	planOne: ({policy, certificate = 'rsa'}) => ({
		ports: 1,
		command: async ([port]) => {
			const pem = await readFile(fixture(certificate), 'utf8');
			const names = policy.map(line => line.split(' = ')[0]);
			return {
				program: 'botan',
				argv: ['tls_server', fixture(certificate), 'key.pem', `--port=${port}`, '--policy=policy.txt'],
				files: {
					// A key is not looked for behind a certificate.
					'key.pem': pem.slice(pem.indexOf('-----BEGIN PRIVATE KEY-----')),
					'policy.txt': `${[...policy, ...common.filter(line => !names.includes(line.split(' = ')[0]))].join('\n')}\n`,
				},
			};
		},
	}),
});
