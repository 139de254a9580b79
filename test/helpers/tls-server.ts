import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';
import type {ExecutionContext} from 'ava';

export type TestServer = {
	readonly port: number;
	/** `127.0.0.1:PORT`. */
	readonly target: string;
	/** The names that were asked for, as they came. A hello without a name leaves none. */
	readonly serverNames: readonly string[];
	/** Waits until so many connections were made. */
	readonly connections: (count: number) => Promise<void>;
	/** Closes all connections, and those that are made later. */
	readonly release: () => void;
};

const pem = readFileSync('fixtures/certificates/localhost.pem');

/** Node's own TLS on loopback, for as long as the test runs. */
export async function startTlsServer(
	t: ExecutionContext,
	versions: Pick<tls.TlsOptions, 'minVersion' | 'maxVersion'>,
): Promise<TestServer> {
	const serverNames: string[] = [];
	const server = tls.createServer({
		key: pem,
		cert: pem,
		// OpenSSL speaks TLS 1.0 and 1.1 at this level alone.
		ciphers: 'DEFAULT@SECLEVEL=0',
		...versions,
		SNICallback(name, callback) {
			serverNames.push(name);
			callback(null);
		},
	});
	server.on('tlsClientError', () => {});
	return listen(t, server, serverNames);
}

/** Takes connections, and never says a word. */
export const startSilentServer = (t: ExecutionContext): Promise<TestServer> => listen(t, net.createServer(), []);

async function listen(t: ExecutionContext, server: net.Server, serverNames: readonly string[]): Promise<TestServer> {
	let count = 0;
	const sockets = new Set<net.Socket>();
	server.on('connection', socket => {
		count++;
		sockets.add(socket);
		socket.on('error', () => {});
		socket.on('close', () => sockets.delete(socket));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.teardown(() => {
		server.close();
		release();
	});
	const connections = async (wanted: number): Promise<void> => {
		while (count < wanted) {
			await once(server, 'connection');
		}
	};

	const {port} = server.address() as net.AddressInfo;
	const release = (): void => {
		for (const socket of sockets) {
			socket.destroy();
		}

		server.on('connection', socket => socket.destroy());
	};

	return {port, target: `127.0.0.1:${port}`, serverNames, connections, release};
}
