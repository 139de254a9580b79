import type {AddressInfo, Server, Socket} from 'node:net';
import {localhostCertificate} from '../bytes/localhost-certificate.js';
import type {Peer} from './peer.js';

/** A running server. */
export type RunningPeer = {readonly peer: Peer; readonly port: number};

export type Lab = {
	readonly address: string;
	/** In the order of the requested peers. */
	readonly running: readonly RunningPeer[];
	/** Ends every connection and every server. After that, the lab does not keep the process alive. */
	close(): Promise<void>;
};

/**
Start these servers inside this process, each on a port that the system chooses.

@param address - The loopback address to listen on.
@throws The system's error, if a port cannot be opened. No server is left running then.
*/
export async function startLab(peers: readonly Peer[], address = '127.0.0.1'): Promise<Lab> {
	const certificate = localhostCertificate();
	const started = peers.map(peer => start(peer.serve(certificate), address));
	const close = async (): Promise<void> => {
		await Promise.all(started.map(server => server.close()));
	};

	try {
		const ports = await Promise.all(started.map(({port}) => port));
		return {address, running: peers.map((peer, index) => ({peer, port: ports[index]!})), close};
	} catch (error) {
		await close();
		throw error;
	}
}

type Started = {readonly port: Promise<number>; close(): Promise<void>};

function start(server: Server, address: string): Started {
	const sockets = new Set<Socket>();
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		// A peer that closes the connection during a write needs no report.
		socket.on('error', () => {});
		socket.once('close', () => sockets.delete(socket));
	});
	const port = new Promise<number>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, address, () => resolve((server.address() as AddressInfo).port));
	});
	return {
		port,
		close: () =>
			new Promise(resolve => {
				// Closing a server that never listened is an error, and there is nothing to close.
				server.close(() => resolve());
				for (const socket of sockets) {
					socket.destroy();
				}
			}),
	};
}
