import type {KeyObject} from 'node:crypto';
import {parseX509} from '../../../certificates/parse-x509.js';
import {clearChainIn} from '../../../exchange/clear-chain.js';
import type {HelloSpec} from '../../../exchange/hello-spec.js';
import type {TurnAnswer} from '../../../exchange/turns/turn.js';
import {encode} from '../../../wire/codec.js';
import {handshake, handshakeType} from '../../../wire/handshake.js';
import {contentType} from '../../../wire/record.js';
import type {AcceptedVersion} from '../before-13.js';
import {alertInWords, beginInClear, type ClearConversation, recordOf, recordsIn, sendInClear} from '../clear-records.js';
import {type BlockKind, encryptedBlock} from './premaster-blocks.js';

/** The answer to one block. */
export type BlockAnswer =
	| {
			readonly kind: 'answer';
			/** Everything that is compared: `alert 20 bad_record_mac, closed`. */
			readonly words: string;
			/** Whether it came before ChangeCipherSpec was sent. */
			readonly isEarly: boolean;
			/** Whether an alert, or the end of the connection, refuses the block. */
			readonly isRefusal: boolean;
	  }
	/** There is no answer to compare, for the reason in words. */
	| {readonly kind: 'none'; readonly why: string};

/** How long the server may take to refuse ClientKeyExchange alone: four times as long as for its first flight, within these limits. */
const [leastWaitMs, mostWaitMs] = [300, 2000];

/** For the answer to Finished. */
const answerMs = 3000;

/** For the end of the connection after an alert, or for another alert. */
const restMs = 500;

/** How many further records of the answer are read. */
const mostRests = 3;

const ssl3 = 0x03_00;
const clientKeyExchange = 16;

/**
Send a block in ClientKeyExchange, on a connection that is made for it. If the server does not answer, as a sound one does not, send ChangeCipherSpec and a
record in place of Finished, and read the answer to these. So one connection shows what the server says with and without the last messages.

@param isTriedAgain - Whether to try once more if the flight of the server does not come.
*/
export function* sendBlock(
	version: AcceptedVersion,
	hello: HelloSpec,
	kind: BlockKind,
	isTriedAgain: boolean,
): ClearConversation<BlockAnswer> {
	const begun = yield* beginInClear(version, 'robot', hello, isTriedAgain);
	if (begun.kind === 'not-begun') {
		return {kind: 'none', why: begun.message};
	}

	const {attempt, flight} = begun;
	const key = keyIn(flight);
	const block = key && encryptedBlock(kind, key, clientVersionIn(flight) ?? version.code);
	if (block === undefined) {
		return {kind: 'none', why: 'the certificate has no RSA key that can be used'};
	}

	const anyRecord = {kind: 'record'} as const;
	const waitMs = Math.min(mostWaitMs, Math.max(leastWaitMs, 4 * flight.durationMs));
	const first = yield* sendInClear(attempt, keyExchange(block, flight, version.code), anyRecord, waitMs);
	const isEarly = first.end !== 'timeout';
	const turns = [isEarly ? first : yield* sendInClear(attempt, lastMessages(version.code), anyRecord, answerMs)];
	for (let count = 0; isGoingOn(turns.at(-1)!) && count < mostRests; count++) {
		turns.push(yield* sendInClear(attempt, new Uint8Array(), anyRecord, restMs));
	}

	return answerIn(turns, isEarly);
}

const isGoingOn = ({end}: TurnAnswer): boolean => end === 'until' || end === 'alert';

function answerIn(turns: readonly TurnAnswer[], isEarly: boolean): BlockAnswer {
	const {end} = turns.at(-1)!;
	if (end === 'unanswered' || end === 'failed' || end === 'malformed' || end === 'flooded') {
		return {kind: 'none', why: end === 'unanswered' ? 'there was no time to read the answer' : 'the answer to a block cannot be read'};
	}

	const received = recordsIn({received: Buffer.concat(turns.map(turn => turn.received))});
	const said = received.map(({type, fragment}) =>
		type === contentType.alert && fragment.length === 2 ? alertInWords(fragment[1]!) : `a record of type ${type}`,
	);
	const ending = end === 'closed' || end === 'reset' ? [end] : said.length === 0 ? ['no answer'] : ['not closed'];
	return {
		kind: 'answer',
		words: [...said, ...ending].join(', ') + (isEarly ? ' before ChangeCipherSpec' : ''),
		isEarly,
		isRefusal: received.length === 0 ? end !== 'timeout' : received.every(({type}) => type === contentType.alert),
	};
}

function keyIn({received}: TurnAnswer): KeyObject | undefined {
	const [der] = clearChainIn(received).chain;
	try {
		const key = der && parseX509(der)?.publicKey;
		return key?.asymmetricKeyType === 'rsa' ? key : undefined;
	} catch {
		// A key that OpenSSL does not read.
		return undefined;
	}
}

/** After the headers of the record and of the message. Another version than the one that is asked for, if that is in supported_versions. */
const clientVersionIn = ({sent}: TurnAnswer): number | undefined =>
	sent[0] === contentType.handshake && sent[5] === handshakeType.clientHello ? sent[9]! * 256 + sent[10]! : undefined;

const messageOf = (type: number, body: Uint8Array, version: number): Uint8Array =>
	recordOf(contentType.handshake, version, encode(handshake, {type, body}));

/** With an empty Certificate before it, if the server asks for one. RFC 5246 §7.4.6. */
function keyExchange(block: Uint8Array, flight: TurnAnswer, version: number): Uint8Array {
	// SSL 3 sends no length of the block.
	const body = version === ssl3 ? block : Uint8Array.of(block.length >> 8, block.length & 0xff, ...block);
	const certificate = asksForCertificate(flight) ? [messageOf(handshakeType.certificate, Uint8Array.of(0, 0, 0), version)] : [];
	return Buffer.concat([...certificate, messageOf(clientKeyExchange, body, version)]);
}

/** The second record is as long as an encrypted Finished. */
const lastMessages = (version: number): Uint8Array =>
	Buffer.concat([
		recordOf(contentType.changeCipherSpec, version, Uint8Array.of(1)),
		recordOf(contentType.handshake, version, new Uint8Array(64).fill(0x5a)),
	]);

function asksForCertificate(flight: TurnAnswer): boolean {
	const fragments = recordsIn(flight).filter(({type}) => type === contentType.handshake);
	const messages = Buffer.concat(fragments.map(({fragment}) => fragment));
	for (let offset = 0; offset + 4 <= messages.length; offset += 4 + messages.readUIntBE(offset + 1, 3)) {
		if (messages[offset] === handshakeType.certificateRequest) {
			return true;
		}
	}

	return false;
}
