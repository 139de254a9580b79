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

/** The dialogue before TLS. */
export const openingOf = (protocol: StartTls, host: string): Dialogue =>
	'steps' in protocol ? converseInLines(protocol.steps, host) : protocol.converse(host);
