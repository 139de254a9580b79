import {askKey} from './ask-key.js';
import type {Completion} from './completing/completion.js';
import {askInBrief, type Exchanged} from './exchanged.js';
import {exchangedInBrief} from './exchanged-in-brief.js';
import type {Outcome} from './outcome.js';
import type {NameAnswer} from './questions/name-answer.js';
import type {End, Flight} from './transcript.js';
import {type KeptTurn, keptTurn} from './turns/kept-turn.js';

/** One connection as it is kept in a file. Times are to a thousandth of a millisecond. */
export type Flow = {
	/** `host:port`, as it was asked for. */
	readonly target: string;
	readonly address: string;
	readonly port: number;
	readonly kind: Exchanged['kind'];
	/** Which probe asked for it; undefined in recordings that do not say. */
	readonly probe: string | undefined;
	/** What it has in common with others that ask the same; undefined in recordings of old, which are found by version, shape and server name. */
	readonly askKey: string | undefined;
	/** What was asked for: 0x0002 to 0x0304. Undefined for a question to the DNS. */
	readonly version: number | undefined;
	/** The way of asking. */
	readonly shape: string;
	/** What this very hello asked for by SNI. */
	readonly serverName: string | undefined;
	/** What it came to, for a person. Reading it again from the bytes is what counts. */
	readonly outcome: string;
	readonly end: End;
	/** Of a handshake: its bytes are encrypted, so they do not tell of it. */
	readonly completion: Completion | undefined;
	/** Of a conversation of records, and of a handshake that was kept open: how its bytes are parted into turns. */
	readonly turns: readonly KeptTurn[] | undefined;
	/** An outcome that no bytes tell of: no connection, a refusing proxy, no time; for a question, no answer. */
	readonly failure: Outcome | Exclude<NameAnswer, {kind: 'answered' | 'malformed'}> | undefined;
	/** ISO 8601, UTC. */
	readonly startedAt: string;
	readonly connectedMs: number | undefined;
	readonly durationMs: number;
	readonly localAddress: string | undefined;
	readonly localPort: number | undefined;
	readonly flights: readonly Flight[];
};

/** A file that is not a flow, or not a whole one. */
export class FlowError extends Error {
	override readonly name = 'FlowError';
}

/** The first line of a file. */
export const flowMagic = '# tlsprobe flow';

/** Kinds of outcomes that are not read from what a server sent. */
export const flowFailures: ReadonlySet<string> = new Set([
	'unreachable',
	'proxy-refused',
	'starttls-refused',
	'unasked',
	'unanswered',
	'no-answer',
] satisfies NonNullable<Flow['failure']>['kind'][]);

/** @param clockOrigin - When the clock of the transcript read zero, in milliseconds since 1970. */
export function flowOf(
	exchanged: Exchanged & {readonly probe?: string},
	where: Pick<Flow, 'target' | 'address' | 'port'>,
	clockOrigin: number,
): Flow {
	const {end, startedAt, connectedMs, durationMs, localAddress, localPort, flights} = exchanged.transcript;
	const plainPort = exchanged.kind === 'records' ? exchanged.records.plainPort : undefined;
	return {
		...where,
		port: plainPort ?? where.port,
		kind: exchanged.kind,
		probe: exchanged.probe,
		askKey: askKey(exchanged),
		...askInBrief(exchanged),
		...resultOf(exchanged),
		end,
		startedAt: new Date(clockOrigin + startedAt).toISOString(),
		connectedMs: connectedMs && round(connectedMs),
		durationMs: round(durationMs),
		localAddress,
		localPort,
		flights: flights.map(({atMs, ...flight}) => ({...flight, atMs: round(atMs)})),
	};
}

/** A hello's outcome is read again from the bytes, where there are any. */
function resultOf(exchanged: Exchanged): Pick<Flow, 'outcome' | 'failure' | 'completion' | 'turns'> {
	const none = {outcome: exchangedInBrief(exchanged), failure: undefined, completion: undefined, turns: undefined};
	switch (exchanged.kind) {
		case 'hello': {
			const {outcome} = exchanged.transcript;
			return {...none, failure: flowFailures.has(outcome.kind) ? outcome : undefined};
		}
		case 'handshake': {
			const {outcome: completion} = exchanged.transcript;
			return {...none, completion, turns: completion.turns?.map(keptTurn)};
		}
		case 'records': {
			const {outcome} = exchanged.transcript;
			return outcome.kind === 'turns' ? {...none, turns: outcome.turns.map(keptTurn)} : {...none, failure: outcome.outcome};
		}
		case 'question': {
			const {outcome} = exchanged.transcript;
			return outcome.kind === 'answered' || outcome.kind === 'malformed' ? none : {...none, failure: outcome};
		}
		default:
			return exchanged satisfies never;
	}
}

const round = (milliseconds: number): number => Math.round(milliseconds * 1000) / 1000;

export const isFlow = (text: string): boolean => text.startsWith(flowMagic);
