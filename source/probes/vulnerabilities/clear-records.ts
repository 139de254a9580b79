import {tryDecode} from '../../bytes/decode-error.js';
import {toHex} from '../../bytes/hex.js';
import type {HelloSpec} from '../../exchange/hello-spec.js';
import type {Sent, TurnAnswer, Until} from '../../exchange/turns/turn.js';
import {alerts} from '../../iana/alerts.js';
import {alertLevel} from '../../wire/alert.js';
import {handshakeType} from '../../wire/handshake.js';
import {contentType, splitRecords, type TlsRecord} from '../../wire/record.js';
import type {Conversation, RecordsAsk, TurnAsk} from '../probe.js';
import type {AcceptedVersion} from './before-13.js';

/** A conversation of records that are not encrypted. */
export type ClearConversation<Value> = Conversation<Value, RecordsAsk | TurnAsk>;

/** A connection on which the server has sent its first flight, up to ServerHelloDone. */
export type Begun =
	| {readonly kind: 'begun'; readonly attempt: number; readonly flight: TurnAnswer}
	/** `message`: the reason, in few words. */
	| {readonly kind: 'not-begun'; readonly message: string};

const pauseMs = 100;

/**
Send a hello, and read up to ServerHelloDone.

@param shape - The name of the conversation in the evidence.
@param isTriedAgain - Whether to try once more if ServerHelloDone does not come.
*/
export function* beginInClear({code}: AcceptedVersion, shape: string, hello: HelloSpec, isTriedAgain = true): ClearConversation<Begun> {
	const turn = {send: [{kind: 'hello', hello}], until: {kind: 'message', type: handshakeType.serverHelloDone}} as const;
	const records = {version: code, shape, serverName: hello.extensions?.serverName, turn};
	let message = '';
	for (const pause of isTriedAgain ? [undefined, pauseMs] : [undefined]) {
		const [answer] = yield [{kind: 'records', records, pauseMs: pause}];
		if (answer!.kind === 'turn' && answer!.turn.end === 'until') {
			return {kind: 'begun', attempt: answer!.attempt, flight: answer!.turn};
		}

		message = answer!.kind === 'turn' ? endInWords(answer!.turn) : 'no connection';
	}

	return {kind: 'not-begun', message: `no flight of the server: ${message}`};
}

/** Send on an open connection, and read the answer. */
export function* sendInClear(on: number, bytes: Uint8Array, until: Until, timeoutMs?: number): ClearConversation<TurnAnswer> {
	const send: readonly Sent[] = bytes.length === 0 ? [] : [{kind: 'bytes', bytes: toHex(bytes)}];
	const [answer] = yield [{kind: 'turn', on, turn: {send, until, ...(timeoutMs === undefined ? {} : {timeoutMs})}}];
	if (answer!.kind !== 'turn') {
		throw new Error('a turn is answered by a turn');
	}

	return answer!.turn;
}

/** A record with its header. */
export const recordOf = (type: number, version: number, fragment: Uint8Array): Uint8Array =>
	Uint8Array.of(type, version >> 8, version & 0xff, fragment.length >> 8, fragment.length & 0xff, ...fragment);

/** The whole records of the answer. */
export const recordsIn = ({received}: Pick<TurnAnswer, 'received'>): readonly TlsRecord[] =>
	tryDecode(() => splitRecords(received).records) ?? [];

/** The description of the fatal alert that came without encryption in a turn; undefined if none came. */
export function alertIn(turn: TurnAnswer): number | undefined {
	const found = recordsIn(turn).find(({type}) => type === contentType.alert)?.fragment;
	return found?.length === 2 && found[0] === alertLevel.fatal ? found[1] : undefined;
}

/** How a turn ended, in few words. */
export function endInWords(turn: TurnAnswer): string {
	const description = alertIn(turn);
	if (description !== undefined) {
		return alertInWords(description);
	}

	switch (turn.end) {
		case 'alert':
			return 'an alert';
		case 'closed':
			return 'the connection was closed';
		case 'reset':
			return 'the connection was reset';
		case 'timeout':
			return 'no answer';
		case 'malformed':
		case 'flooded':
			return 'an answer that is not TLS';
		case 'failed':
			return 'the connection failed';
		case 'unanswered':
			return 'no time was left';
		case 'until':
			return 'an answer';
		default:
			return turn.end satisfies never;
	}
}

export const alertInWords = (description: number): string => `alert ${description} ${alerts.label(description)}`;
