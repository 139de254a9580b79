import {toHex} from '../../../bytes/hex.js';
import type {Secrets} from '../../../exchange/completing/completion.js';
import {type CbcKeys, cbcKeysOf} from '../../../exchange/sealing/cbc-keys.js';
import {type CbcPlaintext, openCbc, sealCbc} from '../../../exchange/sealing/cbc-records.js';
import {cbcSuiteOf} from '../../../exchange/sealing/cbc-suite.js';
import type {TurnAnswer} from '../../../exchange/turns/turn.js';
import type {Ask, Conversation, HandshakeAnswer, HandshakeAsk, TurnAsk} from '../../probe.js';
import {acceptedName} from '../../versions/accepted-hello.js';
import type {About} from '../vulnerability.js';
import type {Chosen} from './choose-suites.js';

/** The answer to one record. */
export type Reaction =
	| {
			readonly kind: 'reaction';
			/** Everything that is compared: `alert 20, closed`. */
			readonly words: string;
			readonly hasData: boolean;
			/** Descriptions of alerts, in the order in which they came. */
			readonly alerts: readonly number[];
			/** Neither an alert nor data, nor the end of the connection. */
			readonly isSilent: boolean;
	  }
	/** The handshake was not completed, or the time was up. */
	| {readonly kind: 'none'; readonly why: string};

export type KnownReaction = Extract<Reaction, {readonly kind: 'reaction'}>;

/** For the answer to a record. The TLS library of a server needs no more, even if the service is slow. */
const answerMs = 3000;

/** For the end of the connection after an alert, or for another alert. */
const restMs = 1000;

/** How many further records of the answer are read. */
const mostRests = 3;

const [alertType, dataType] = [0x15, 0x17];

/**
Complete a handshake with a suite, send one record that is made with its keys, and read what follows.

@param readsData - Whether data is an answer to the record. The greeting of a server that speaks first is not.
*/
export function* sendRecord(
	{target, earlier}: Pick<About, 'target' | 'earlier'>,
	{name, version, suite}: Chosen,
	make: (keys: CbcKeys) => CbcPlaintext,
	readsData: boolean,
): Conversation<Reaction, Ask> {
	const shaken = yield* shakeHands({
		version,
		serverName: acceptedName(earlier.versions[name], target.serverName),
		request: undefined,
		cipherSuite: suite,
		withoutEncryptThenMac: true,
		wantsSecrets: true,
		keepsOpen: true,
	});
	const {handshake, isOpen, attempt, secrets} = shaken;
	const keys = handshake.kind === 'completed' && handshake.cipherSuite === suite ? keysOf(secrets, version, suite) : undefined;
	if (!isOpen || keys === undefined) {
		return {kind: 'none', why: 'a handshake with it was not completed'};
	}

	// Any initialization vector will do that is not the same on each connection.
	const record = sealCbc(keys, keys.client, make(keys), keys.client.macKey.subarray(0, 16));
	const first = yield* goOn(attempt, {send: [{kind: 'bytes', bytes: toHex(record)}], until: {kind: 'record'}, timeoutMs: answerMs});
	const turns = [first];
	for (let count = 0; first !== undefined && isGoingOn(turns.at(-1)) && count < mostRests; count++) {
		turns.push(yield* goOn(attempt, {send: [], until: {kind: 'record'}, timeoutMs: restMs}));
	}

	return reactionOf(
		keys,
		readsData,
		turns.filter(turn => turn !== undefined),
	);
}

const keysOf = (secrets: Secrets | undefined, version: number, name: string): CbcKeys | undefined => {
	const suite = cbcSuiteOf(name);
	return secrets === undefined || suite === undefined ? undefined : cbcKeysOf(secrets, version, suite);
};

const isGoingOn = (turn: TurnAnswer | undefined): boolean => turn?.end === 'until' || turn?.end === 'alert';

function reactionOf(keys: CbcKeys, readsData: boolean, turns: readonly TurnAnswer[]): Reaction {
	const last = turns.at(-1);
	if (last === undefined || last.end === 'unanswered' || last.end === 'failed') {
		return {kind: 'none', why: 'there was no time to read the answer'};
	}

	const opened = openCbc(keys, keys.server, Buffer.concat(turns.map(({received}) => received)));
	const alerts = opened.filter(({type, bytes}) => type === alertType && bytes.length >= 2).map(({bytes}) => bytes[1]!);
	const hasData = readsData && opened.some(({type}) => type === dataType);
	const hasEnded = last.end === 'closed' || last.end === 'reset';
	const said = [...(hasData ? ['data'] : []), ...alerts.map(code => `alert ${code}`)];
	return {
		kind: 'reaction',
		words: [...said, ...(hasEnded ? ['closed'] : said.length === 0 ? ['no answer'] : ['not closed'])].join(', '),
		hasData,
		alerts,
		isSilent: said.length === 0 && !hasEnded,
	};
}

function* shakeHands(handshake: HandshakeAsk['handshake']): Conversation<HandshakeAnswer, HandshakeAsk> {
	const [answer] = yield [{kind: 'handshake', handshake}];
	return answer!;
}

function* goOn(on: number, turn: TurnAsk['turn']): Conversation<TurnAnswer | undefined, TurnAsk> {
	const [answer] = yield [{kind: 'turn', on, turn}];
	return answer?.kind === 'turn' ? answer.turn : undefined;
}
