import type {Flight, Transcript} from '../transcript.js';
import type {Turn, TurnAnswer} from './turn.js';

/** A turn, and the bytes that went either way where they are kept. */
export type TakenTurn = {
	readonly answer: TurnAnswer;
	readonly flights: readonly Flight[];
	/** When it ended, since the connection was asked for. */
	readonly endedAtMs: number;
};

/** A connection that is open for further turns, one at a time. Its owner closes it, even if the peer has. */
export type OpenConnection = {
	/** Never rejects because of the peer. After the end of the connection, a turn ends at once as the connection did. */
	readonly turn: (turn: Turn) => Promise<TakenTurn>;
	readonly close: () => void;
};

/** A connection after its first answer, and the way to go on with it; undefined where there is none. */
export type Opened<Result> = {readonly transcript: Transcript<Result>; readonly open: OpenConnection | undefined};

/** The transcript of a connection that went on for a turn. */
export const continued = <Result>(
	transcript: Transcript<Result>,
	{answer, flights, endedAtMs}: TakenTurn,
	outcome: Result,
): Transcript<Result> => ({
	...transcript,
	flights: [...transcript.flights, ...flights],
	outcome,
	end: endOf(answer),
	durationMs: endedAtMs,
});

/** What made an end of a connection, by its last turn. */
export function endOf({end}: TurnAnswer): Transcript['end'] {
	switch (end) {
		case 'until':
		case 'alert':
		case 'malformed':
		case 'flooded':
			return 'answered';
		case 'unanswered':
			return 'unasked';
		case 'closed':
		case 'reset':
		case 'timeout':
		case 'failed':
			return end;
		default:
			return end satisfies never;
	}
}
