import type {ExecutionContext} from 'ava';
import {peers} from '../../source/lab/peers/index.js';
import {startLab} from '../../source/lab/start-lab.js';

/** Start one server of the lab for as long as a test runs. @returns `127.0.0.1:PORT`. */
export async function startPeer(t: ExecutionContext, name: string): Promise<string> {
	const lab = await startLab(peers.filter(peer => peer.name === name));
	t.teardown(lab.close);
	return `${lab.address}:${lab.running[0]!.port}`;
}
