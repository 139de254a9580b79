import type {Connection} from './connection.js';
import type {Dialogue} from './dialogue.js';
import {converseInLines, type LineStep} from './replies.js';

/** A protocol that begins in plaintext and starts TLS on request. */
export type StartTls = {
	readonly name: string;
	/** Its usual ports. */
	readonly ports: readonly number[];
	readonly source: string;
	/** For protocols that wrap TLS in their own packets. */
	readonly wrap?: (connection: Connection) => Connection;
} & (
	| {readonly steps: readonly LineStep[]}
	/** @param host - The requested name, or an address. */
	| {readonly converse: (host: string) => Dialogue}
);

/**
The dialogue before TLS.

@param behind - Text to send behind the request for TLS, in the same segment. Ignored by protocols that are not in lines.
*/
export function openingOf(protocol: StartTls, host: string, behind = ''): Dialogue {
	if (!('steps' in protocol)) {
		return protocol.converse(host);
	}

	const steps = protocol.steps.map((step, index) =>
		index === protocol.steps.length - 1 ? {...step, send: `${step.send ?? ''}${behind}`} : step,
	);
	return converseInLines(behind === '' ? protocol.steps : steps, host);
}
