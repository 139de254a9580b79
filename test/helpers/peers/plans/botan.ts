import {readFile} from 'node:fs/promises';
import {fixture} from '../fixtures.js';
import type {ServerPlan} from '../start-server.js';

export type BotanServer = {
	/** Lines of a policy, which take the place of the common ones. */
	readonly policy: readonly string[];
	/** `rsa` by default. */
	readonly certificate?: string;
};

const common = [
	'ciphers = ChaCha20Poly1305 AES-256/GCM AES-128/GCM AES-256 AES-128',
	'macs = AEAD SHA-384 SHA-256 SHA-1',
	'key_exchange_groups = x25519 secp256r1',
	'signature_hashes = SHA-512 SHA-384 SHA-256 SHA-1',
];

/** Lines of a policy that allow these versions alone: `10`, `11` and `12`. */
export const allowedVersions = (...allowed: readonly string[]): string[] =>
	['10', '11', '12'].map(name => `allow_tls${name} = ${allowed.includes(name)}`);

/** Botan's command, with one port. */
export const botanPlan = ({policy, certificate = 'rsa'}: BotanServer): ServerPlan => ({
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
});
