import type {AddressInfo, Server, Socket} from 'node:net';
import {labCertificate} from './certificate.js';
import type {Peer} from './peer.js';

/** A server that runs. */
export type RunningPeer = {readonly peer: Peer; readonly port: number};

export type Lab = {
	readonly address: string;
	/** In the order of the peers that were asked for. */
	readonly running: readonly RunningPeer[];
	/** Ends every connection and every server. Nothing of the lab keeps the process alive after that. */
	close(): Promise<void>;
};

/**
Start these servers inside this process, each on a port of its own that the system chooses.

@param address - The loopback address to listen on.
@throws What the system says, where it lets nobody listen there; no server is left running.
*/
export async function startLab(peers: readonly Peer[], address = '127.0.0.1'): Promise<Lab> {
	const certificate = labCertificate();
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
		// A peer that hangs up in the middle of a write is nothing to report.
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
				// It is an error to close what never came to listen, and there is nothing to close then.
				server.close(() => resolve());
				for (const socket of sockets) {
					socket.destroy();
				}
			}),
	};
}
