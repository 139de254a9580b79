import type {Flow} from '../exchange/flow.js';
import {writeFlow} from '../exchange/write-flow.js';
import type {RecordedClient} from './start-listener.js';

/** A client's bytes, as a file that can be read and replayed. */
export function clientFlow(
	client: Extract<RecordedClient, {kind: 'hello'}>,
	local: {readonly address: string; readonly port: number},
): string {
	const {hello, address, port, bytes, startedAt, durationMs} = client;
	const flow: Flow = {
		target: `${local.address.includes(':') ? `[${local.address}]` : local.address}:${local.port}`,
		address: local.address,
		port: local.port,
		kind: 'hello',
		probe: undefined,
		askKey: undefined,
		completion: undefined,
		turns: undefined,
		version: hello.version,
		shape: 'recorded',
		serverName: hello.serverName,
		outcome: 'recorded by tlsprobe listen',
		end: 'closed',
		failure: undefined,
		startedAt,
		connectedMs: 0,
		durationMs,
		localAddress: address,
		localPort: port,
		flights: [{from: 'client', bytes, atMs: 0}],
	};
	return writeFlow(flow);
}
