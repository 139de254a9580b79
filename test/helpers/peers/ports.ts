import net from 'node:net';
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {threadId} from 'node:worker_threads';

/** Below what systems hand out by themselves, so that no other test's server or connection is given one before it is used. */
const [firstPort, lastPort] = [10_000, 32_000];
const portsPerThread = 160;
/** Two runs at once, as of two working trees, begin at different ports. */
let next = (process.pid * 7919 + threadId * portsPerThread) % (lastPort - firstPort);

/**
Ports of 127.0.0.1 that nothing listens on at the moment, and that no other thread of the tests is given. Another process may take one
before it is used: be ready to try again.
*/
export async function findFreePorts(count: number): Promise<number[]> {
	const ports: number[] = [];
	while (ports.length < count) {
		const port = firstPort + (next % (lastPort - firstPort));
		next += 1;
		if (await isFree(port)) {
			ports.push(port);
		}
	}

	return ports;
}

function isFree(port: number): Promise<boolean> {
	return new Promise(resolve => {
		const server = net.createServer();
		server.on('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
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
