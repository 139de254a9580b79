import {once} from 'node:events';
import net from 'node:net';
import type {ExecutionContext} from 'ava';

export type ConnectProxy = {
	readonly port: number;
	/** How many requests had no login. */
	readonly refused: () => number;
};

/**
A forward proxy that connects to what it is asked for, for as long as the test runs.

@param login - `USER:PASSWORD` that each request must have; undefined for none.
*/
export async function startConnectProxy(t: ExecutionContext, login?: string): Promise<ConnectProxy> {
	const wanted = login === undefined ? '' : `Proxy-Authorization: Basic ${Buffer.from(login).toString('base64')}\r\n`;
	const sockets = new Set<net.Socket>();
	const keep = (socket: net.Socket): net.Socket => {
		sockets.add(socket);
		return socket.on('error', () => {}).on('close', () => sockets.delete(socket));
	};

	let refused = 0;
	const server = net.createServer(client => {
		keep(client).once('data', bytes => {
			const text = String(bytes);
			if (!text.includes(wanted)) {
				refused += 1;
				client.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
				return;
			}

			const [, host, port] = /^CONNECT ([^:]+):(\d+) /.exec(text)!;
			const onward = keep(net.connect(Number(port), host));
			onward.on('connect', () => {
				client.write('HTTP/1.1 200 OK\r\n\r\n');
				client.pipe(onward).pipe(client);
			});
			onward.on('close', () => client.destroy());
			client.on('close', () => onward.destroy());
		});
	});
	t.teardown(() => {
		server.close();
		for (const socket of sockets) {
			socket.destroy();
		}
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {port: (server.address() as net.AddressInfo).port, refused: () => refused};
}
