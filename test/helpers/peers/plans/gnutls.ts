import {fixture} from '../fixtures.js';
import type {ServerPlan} from '../start-server.js';

export type GnutlsServer = {
	/** `rsa` by default. */
	readonly keys?: readonly string[];
	readonly priority: string;
	readonly argv?: readonly string[];
};

/** The server of GnuTLS, with one port. It asks for no certificate of the client, unless its arguments require one. */
export const gnutlsPlan = ({keys = ['rsa'], priority, argv = []}: GnutlsServer): ServerPlan => ({
	ports: 1,
	command: ([port]) => ({
		program: 'gnutls-serv',
		argv: [
			...['--quiet', '--http', '--port', `${port}`, '--priority', priority],
			...keys.flatMap(name => ['--x509certfile', fixture(name), '--x509keyfile', fixture(name)]),
			...(argv.includes('--require-client-cert') ? [] : ['--disable-client-cert']),
			...argv,
		],
	}),
});
