import net from 'node:net';
import type {ExecutionContext} from 'ava';

/** A way to a server on a Unix socket that can be cut as a cable can: no end gets a FIN or a reset. */
export type Cable = {
	/** On 127.0.0.1. */
	readonly port: number;
	/** Carries nothing more, in both directions. Connections that are made later are not answered either. */
	readonly cut: () => void;
	/** New connections are carried again. Those that were cut stay silent. */
	readonly mend: () => void;
};

export async function startCable(t: Pick<ExecutionContext, 'teardown'>, path: string): Promise<Cable> {
	const sockets = new Set<net.Socket>();
	let pairs: (readonly [net.Socket, net.Socket])[] = [];
	let isCut = false;
	const hold = (socket: net.Socket): void => {
		sockets.add(socket);
		socket.on('error', () => {});
		socket.on('close', () => sockets.delete(socket));
	};

	// An end is not passed on by itself: a cable that is cut passes on none.
	const server = net.createServer({allowHalfOpen: true, noDelay: true}, near => {
		hold(near);
		if (isCut) {
			return;
		}

		const far = net.connect({path, allowHalfOpen: true});
		hold(far);
		pairs.push([near, far]);
		near.pipe(far);
		far.pipe(near);
	});
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	t.teardown(() => {
		server.close();
		for (const socket of sockets) {
			socket.destroy();
		}
	});
	return {
		port: (server.address() as net.AddressInfo).port,
		cut() {
			isCut = true;
			for (const [near, far] of pairs) {
				near.unpipe(far);
				far.unpipe(near);
			}

			pairs = [];
		},
		mend() {
			isCut = false;
		},
	};
}
