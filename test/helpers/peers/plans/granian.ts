import {readFile} from 'node:fs/promises';
import {fixture} from '../fixtures.js';
import type {ServerPlan} from '../start-server.js';

export type GranianServer = {
	readonly argv: readonly string[];
	/** `rsa` by default. */
	readonly certificate?: string;
};

/** Granian, an HTTP server with rustls, with one port. */
export const granianPlan = ({argv, certificate = 'rsa'}: GranianServer): ServerPlan => ({
	ports: 1,
	command: async ([port], folder) => {
		const pem = await readFile(fixture(certificate), 'utf8');
		return {
			program: 'granian',
			argv: [
				...['--interface', 'rsgi', '--host', '127.0.0.1', '--port', `${port}`, '--no-ws', '--working-dir', folder],
				...['--ssl-certificate', fixture(certificate), '--ssl-keyfile', 'key.pem', ...argv, 'app:app'],
			],
			files: {
				'app.py': 'async def app(scope, protocol):\n\tprotocol.response_empty(204, [])\n',
				// The first key of the file is read, and `EC PARAMETERS` are not expected before it.
				'key.pem': pem.slice(pem.indexOf('-----BEGIN PRIVATE KEY-----')),
			},
		};
	},
});
