import net, {type AddressInfo, type Socket} from 'node:net';
import {resetConnection} from './reset-connection.js';
import type {Lab} from './start-lab.js';

/** A forward proxy that forwards every name to a server of the lab, so that commands with public host names can be tested locally. */
export type StandIn = {
	readonly url: string;
	/** Ends every connection through it. */
	close(): Promise<void>;
};

/** The server for names that do not match another one. */
const usual = 'compliant';

/** No request is longer. */
const mostBytes = 8192;

/**
Start it on a port that the system chooses.

It supports only CONNECT (RFC 9110 §9.3.6), and connects only to the lab: `legacy`, `legacy.example.com` or
`legacy-one.example.com` lead to the server `legacy`, any other name to the server `compliant`.
*/
export async function startStandIn({address, running}: Lab): Promise<StandIn> {
	const portFor = (host: string): number => {
		const [label = ''] = host.toLowerCase().split('.');
		const named = running.find(({peer}) => peer.name === label) ?? running.find(({peer}) => label.startsWith(`${peer.name}-`));
		return (named ?? running.find(({peer}) => peer.name === usual) ?? running[0]!).port;
	};

	const sockets = new Set<Socket>();
	const keep = (socket: Socket): Socket => {
		sockets.add(socket);
		return socket.on('error', () => {}).once('close', () => sockets.delete(socket));
	};

	const server = net.createServer(client => {
		keep(client);
		let head = '';
		client.on('data', function read(chunk: Buffer) {
			head += chunk.toString('latin1');
			const end = head.indexOf('\r\n\r\n');
			if (end === -1 && head.length < mostBytes) {
				return;
			}

			client.off('data', read).pause();
			const request = /^CONNECT (?<host>[^ ]+):\d+ HTTP\/1\.[01]\r\n/.exec(head);
			if (end === -1 || request === null) {
				client.end('HTTP/1.1 405 Method Not Allowed\r\nAllow: CONNECT\r\nContent-Length: 0\r\n\r\n');
				return;
			}

			const peer = keep(
				net.connect(portFor(request.groups!.host!), address, () => client.write('HTTP/1.1 200 Connection established\r\n\r\n')),
			);
			peer.write(Buffer.from(head.slice(end + 4), 'latin1'));
			client.pipe(peer).pipe(client);
			// A reset is an answer too, and must be forwarded as one.
			peer.once('error', () => resetConnection(client));
			client.once('error', () => peer.destroy());
		});
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject).listen(0, address, resolve);
	});
	return {
		url: `http://${address}:${(server.address() as AddressInfo).port}`,
		close: () =>
			new Promise(resolve => {
				server.close(() => resolve());
				for (const socket of sockets) {
					socket.destroy();
				}
			}),
	};
}
