import type {Connection} from './connection.js';
import type {Dialogue} from './dialogue.js';
import {converseInLines, type LineStep} from './replies.js';

/** A protocol that begins in clear and goes over to TLS when asked. */
export type StartTls = {
	readonly name: string;
	/** Where it is usual. */
	readonly ports: readonly number[];
	readonly source: string;
	/** For protocols that wrap what TLS says into packets of their own. */
	readonly wrap?: (connection: Connection) => Connection;
} & (
	| {readonly steps: readonly LineStep[]}
	/** @param host - The name that is asked for, or an address. */
	| {readonly converse: (host: string) => Dialogue}
);

/** What is said before TLS. */
export const openingOf = (protocol: StartTls, host: string): Dialogue =>
	'steps' in protocol ? converseInLines(protocol.steps, host) : protocol.converse(host);
