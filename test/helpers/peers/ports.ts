import {once} from 'node:events';
import net from 'node:net';
import {setTimeout as delay} from 'node:timers/promises';

/** Ports of 127.0.0.1 that nothing listens on at the moment. Another process may take one before it is used: be ready to try again. */
export async function findFreePorts(count: number): Promise<number[]> {
	const servers = await Promise.all(
		Array.from({length: count}, async () => {
			const server = net.createServer().listen(0, '127.0.0.1');
			await once(server, 'listening');
			return server;
		}),
	);
	const ports = servers.map(server => (server.address() as net.AddressInfo).port);
	await Promise.all(servers.map(server => once(server.close(), 'close')));
	return ports;
}

/** Wait until a port takes connections, asking ever more rarely. Rejects with the signal's reason. */
export async function untilListening(port: number, signal: AbortSignal): Promise<void> {
	for (let pauseMs = 5; !(await isListening(port)); pauseMs = Math.min(pauseMs * 1.5, 250)) {
		await delay(pauseMs, undefined, {signal});
	}

	signal.throwIfAborted();
}

function isListening(port: number): Promise<boolean> {
	return new Promise(resolve => {
		const socket = net.connect(port, '127.0.0.1');
		socket.on('connect', () => {
			socket.end();
			resolve(true);
		});
		socket.on('error', () => resolve(false));
	});
}
