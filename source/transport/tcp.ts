import net from 'node:net';
import {networkInterfaces} from 'node:os';
import {type Connection, type ConnectionListener, codeOf, type Dialled} from './connection.js';
import {interruptOf} from './interrupt.js';
import {type Call, dropPooledSocket, type PooledSocket, takePooledSocket} from './pooled-socket.js';
import {isWithinReach, outOfReach, type Reach} from './reach.js';

export type TcpOptions = {
	readonly address: string;
	readonly port: number;
	/** The local address to connect from. */
	readonly localAddress?: string | undefined;
	readonly timeoutMs: number;
	/** Which addresses may be connected to. [all] */
	readonly reach?: Reach | undefined;
	readonly signal?: AbortSignal | undefined;
};

/**
Open a TCP connection. Never rejects: errors are classified here, by `code`.

@returns `failed` with the code of the system's error (`ECONNREFUSED`, `ENETUNREACH`, ...), or `ETIMEDOUT` after `timeoutMs`.
*/
export function dialTcp({address, port, localAddress, timeoutMs, reach, signal}: TcpOptions): Promise<Dialled> {
	return new Promise(resolve => {
		if (signal?.aborted) {
			resolve({kind: 'cancelled'});
			return;
		}

		if (reach !== undefined && !isWithinReach(address, reach)) {
			resolve({kind: 'failed', code: outOfReach});
			return;
		}

		// The system's error for a pair of different families varies.
		if (localAddress !== undefined && net.isIP(localAddress) !== net.isIP(address)) {
			resolve({kind: 'failed', code: 'EAFNOSUPPORT'});
			return;
		}

		if (isInterfaceMissing(address)) {
			resolve({kind: 'failed', code: 'ENODEV'});
			return;
		}

		const connection = openConnection({
			onConnect: () => finish({kind: 'connected', connection}),
			onFailure: code => finish(code === 'ECONNRESET' ? {kind: 'reset'} : {kind: 'failed', code: withZone(code, address)}),
		});
		const interrupt = interruptOf(signal);
		const finish = (dialled: Dialled): void => {
			isOver = true;
			clearTimeout(timer);
			interrupt.leave(place, onAbort);
			if (dialled.kind !== 'connected') {
				connection.close();
			}

			resolve(dialled);
		};

		const onAbort = (): void => finish({kind: 'cancelled'});
		let isOver = false;
		const giveUp = (): void => (isOver ? undefined : finish({kind: 'failed', code: 'ETIMEDOUT'}));
		// After a stall of this process, timers fire before the events of connections that were made meanwhile: handle those first.
		const timer = setTimeout(() => setImmediate(giveUp), timeoutMs);
		const place = interrupt.join(onAbort);
		try {
			connection.connect({host: address, port, localAddress, autoSelectFamily: false});
		} catch (error) {
			finish({kind: 'failed', code: codeOf(error)});
		}
	});
}

/**
Whether the zone of an address names no interface. Later versions of Node.js ignore such a zone and use any interface. Numeric zones are left to the
system.
*/
function isInterfaceMissing(address: string): boolean {
	const start = address.indexOf('%') + 1;
	if (start === 0) {
		return false;
	}

	const zone = address.slice(start);
	return !/^\d+$/.test(zone) && !Object.hasOwn(networkInterfaces(), zone);
}

/** If the interface of a zone does not exist, Linux reports only an invalid argument. */
const withZone = (code: string, address: string): string =>
	address.includes('%') && (code === 'EINVAL' || code === 'ENXIO') ? 'ENODEV' : code;

type Opening = {readonly onConnect: () => void; readonly onFailure: (code: string) => void};

/** Bytes that arrive before there is a listener are kept for it. */
function openConnection({onConnect, onFailure}: Opening): Connection & {readonly connect: (options: net.TcpSocketConnectOpts) => void} {
	let isConnected = false;
	let listener: ConnectionListener | undefined;
	let early: Uint8Array | undefined;
	let overBy: string | undefined;
	const call: Call = {
		onConnect() {
			isConnected = true;
			onConnect();
		},
		onBytes(bytes) {
			if (listener === undefined) {
				early = Buffer.concat([early ?? new Uint8Array(), bytes]);
			} else {
				listener.onBytes(bytes);
			}
		},
		onOver(code) {
			if (!isConnected) {
				onFailure(code);
			} else if (overBy === undefined) {
				overBy = code;
				listener?.onOver(code);
			}
		},
	};
	const pooled: PooledSocket = takePooledSocket(call);
	const isOurs = (): boolean => pooled.call === call;
	return {
		connect: options => void pooled.socket.connect(options),
		listen(newListener) {
			const isFirst = listener === undefined;
			listener = newListener;
			if (early !== undefined) {
				const bytes = early;
				early = undefined;
				listener.onBytes(bytes);
			}

			if (isFirst && overBy !== undefined) {
				listener.onOver(overBy);
			}
		},
		send(bytes) {
			if (isOurs()) {
				pooled.socket.write(bytes);
			}
		},
		close() {
			// The socket may have been reused.
			if (isOurs()) {
				dropPooledSocket(pooled);
			}
		},
		localEnd: () => ({address: pooled.socket.localAddress, port: pooled.socket.localPort}),
	};
}
