import {fromHex, toHex} from '../../bytes/hex.js';
import type {Flight} from '../transcript.js';
import type {TurnAnswer, TurnEnd} from './turn.js';

/** A turn as it is kept in a file: its bytes are the last of what went either way, or come before those of later turns. */
export type KeptTurn = {
	readonly end: TurnEnd;
	readonly because?: TurnAnswer['because'];
	readonly sentBytes: number;
	readonly receivedBytes: number;
	/** In hexadecimal. */
	readonly applicationData?: string | undefined;
	readonly durationMs: number;
};

export const keptTurn = ({end, because, sent, received, applicationData, durationMs}: TurnAnswer): KeptTurn => ({
	end,
	because,
	sentBytes: sent.length,
	receivedBytes: received.length,
	applicationData: applicationData && toHex(applicationData),
	durationMs: Math.round(durationMs * 1000) / 1000,
});

/**
Turns with the bytes of the connection that they are part of.

@returns As well the bytes before the first turn, such as those of a handshake.
@throws {RangeError} If the connection has fewer bytes than its turns.
*/
export function turnsWithBytes(
	turns: readonly KeptTurn[],
	flights: readonly Flight[],
): {readonly turns: readonly TurnAnswer[]; readonly before: Readonly<Record<Flight['from'], Uint8Array>>} {
	const said = (from: Flight['from']): Buffer => Buffer.concat(flights.filter(flight => flight.from === from).map(({bytes}) => bytes));
	const [sent, received] = [said('client'), said('server')];
	const starts = {
		client: sent.length - total(turns.map(({sentBytes}) => sentBytes)),
		server: received.length - total(turns.map(({receivedBytes}) => receivedBytes)),
	};
	if (starts.client < 0 || starts.server < 0) {
		throw new RangeError('the turns have more bytes than the connection');
	}

	let {client, server} = starts;
	return {
		before: {client: sent.subarray(0, client), server: received.subarray(0, server)},
		turns: turns.map(({end, because, sentBytes, receivedBytes, applicationData, durationMs}) => {
			const answer: TurnAnswer = {
				end,
				...(because === undefined ? {} : {because}),
				sent: sent.subarray(client, client + sentBytes),
				received: received.subarray(server, server + receivedBytes),
				...(applicationData === undefined ? {} : {applicationData: fromHex(applicationData)}),
				durationMs,
			};
			client += sentBytes;
			server += receivedBytes;
			return answer;
		}),
	};
}

const total = (lengths: readonly number[]): number => lengths.reduce((sum, length) => sum + length, 0);

const ends: readonly string[] = [
	'until',
	'alert',
	'closed',
	'reset',
	'timeout',
	'malformed',
	'flooded',
	'failed',
	'unanswered',
] satisfies TurnEnd[];

const causes: readonly unknown[] = [undefined, 'deadline', 'max-time', 'cancelled'] satisfies TurnAnswer['because'][];

const isCount = (value: unknown): boolean => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** Whether a value of JSON is one. */
export function isKeptTurn(value: unknown): value is KeptTurn {
	if (typeof value !== 'object' || value === null) {
		return false;
	}

	const {end, because, sentBytes, receivedBytes, applicationData = '', durationMs} = value as Record<string, unknown>;
	return (
		typeof end === 'string' &&
		ends.includes(end) &&
		causes.includes(because) &&
		isCount(sentBytes) &&
		isCount(receivedBytes) &&
		typeof applicationData === 'string' &&
		/^(?:[\da-f]{2})*$/.test(applicationData) &&
		typeof durationMs === 'number'
	);
}
