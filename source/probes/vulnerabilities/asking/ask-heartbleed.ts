import {tryDecode} from '../../../bytes/decode-error.js';
import {isEqual} from '../../../bytes/is-equal.js';
import type {HelloSpec} from '../../../exchange/hello-spec.js';
import type {TurnAnswer} from '../../../exchange/turns/turn.js';
import {splitRecords} from '../../../wire/record.js';
import {type AcceptedVersion, acceptedBefore13, withoutVersion} from '../before-13.js';
import {alertIn, alertInWords, beginInClear, type ClearConversation, endInWords, recordOf, sendInClear} from '../clear-records.js';
import type {About, Assessment} from '../vulnerability.js';

const heartbeatRecord = 24;
const [heartbeatRequest, heartbeatResponse] = [1, 2];

/** The client may be sent heartbeats. RFC 6520 §2. */
const heartbeatExtension = {type: 0x00_0f, body: '01'};

/** How long an echo may take. */
const echoMs = 3000;

/** RFC 6520 §4. */
const leastPadding = 16;

/** How many bytes a request claims beyond the end of its record: no more of the server's memory is read. */
const overReadBytes = 1;

/** Heartbeats exist from TLS 1.0 on. In TLS 1.3 they are encrypted, and the fault is older. */
const asked = ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'] as const;

/**
Send a valid heartbeat, which has to be echoed. Then send one that claims a byte more than its record has, followed by valid ones: a server with the
fault answers the first of these, a sound one drops it and echoes the others. Silence is never a verdict.
*/
export default function* askHeartbleed(about: About): ClearConversation<Assessment> {
	const versions = acceptedBefore13(about, asked);
	const {status} = about.earlier.extensions.heartbeat;
	if (versions.length === 0) {
		return withoutVersion(about, asked);
	}

	if (status === 'absent') {
		return {status: 'not-applicable', message: 'the server does not answer the heartbeat extension'};
	}

	const found: Assessment[] = [];
	for (const version of versions) {
		const assessment = yield* askVersion(version);
		if (assessment.status === 'present') {
			return assessment;
		}

		found.push(assessment);
	}

	return found.find(item => item.status === 'inconclusive') ?? found.find(item => item.status === 'absent') ?? found[0]!;
}

function* askVersion(version: AcceptedVersion): ClearConversation<Assessment> {
	const first = yield* askOnce(version);
	const again = first.isOnce ? yield* askOnce(version) : first;
	return again.message === first.message
		? {status: first.status, message: first.message}
		: {status: 'inconclusive', message: `two connections of ${version.name} were answered differently`};
}

/** `isOnce`: it has to come on another connection as well. */
type Once = Pick<Assessment, 'status' | 'message'> & {readonly isOnce?: true};

function* askOnce(version: AcceptedVersion): ClearConversation<Once> {
	const {code, name} = version;
	const begun = yield* beginInClear(version, 'heartbleed', withHeartbeat(version.hello));
	if (begun.kind === 'not-begun') {
		return {status: 'inconclusive', message: `${name}: ${begun.message}`};
	}

	const inbox = makeInbox(begun.attempt);
	const [control, wrong, last] = [makeRequest(code, 0x61), makeWrongRequest(code), makeRequest(code, 0x62)];
	const isControl = (payload: Uint8Array): boolean => isEqual(payload, control.payload);
	const echo = yield* inbox.exchange([control.record, control.record], isControl);
	if (echo.payload === undefined) {
		return {
			status: 'inconclusive',
			message: `${name}: valid heartbeats are not echoed before the end of the handshake (${endInWords(echo.turn)})`,
		};
	}

	const {payload, turn} = yield* inbox.exchange([wrong.record, last.record, last.record], item => !isControl(item));
	const isLeak = payload?.length === wrong.sent.length + overReadBytes && isEqual(payload.subarray(0, wrong.sent.length), wrong.sent);
	if (isLeak) {
		return {status: 'present', message: `a heartbeat in ${name} is answered with a byte that was not sent`, isOnce: true};
	}

	if (payload !== undefined && isEqual(payload, last.payload)) {
		return {status: 'absent', message: `${name}: a heartbeat that claims more than it has is dropped, and valid ones are echoed`};
	}

	const description = payload === undefined ? alertIn(turn) : undefined;
	return description === undefined
		? {status: 'inconclusive', message: `${name}: after a heartbeat that claims more than it has, ${endInWords(turn)}`}
		: {
				status: 'absent',
				message: `${name}: a heartbeat that claims more than it has is refused by ${alertInWords(description)}`,
				isOnce: true,
			};
}

type Exchanged = {readonly payload: Uint8Array | undefined; readonly turn: TurnAnswer};

/** Reads echoes on one connection. A turn may end within a response. */
function makeInbox(attempt: number): {
	/** Send records, and read until a response has a payload that `isMeant` accepts. */
	readonly exchange: (records: readonly Uint8Array[], isMeant: (payload: Uint8Array) => boolean) => ClearConversation<Exchanged>;
} {
	let received: Uint8Array = new Uint8Array();
	return {
		*exchange(records, isMeant) {
			let bytes: Uint8Array = Buffer.concat(records);
			for (;;) {
				const turn = yield* sendInClear(attempt, bytes, {kind: 'record', type: heartbeatRecord}, echoMs);
				received = Buffer.concat([received, turn.received]);
				const payload = payloadsIn(received).find(isMeant);
				if (payload !== undefined || turn.end !== 'until') {
					return {payload, turn};
				}

				bytes = new Uint8Array();
			}
		},
	};
}

const withHeartbeat = (hello: HelloSpec): HelloSpec => ({
	...hello,
	shape: 'heartbleed',
	extensions: hello.extensions && {
		...hello.extensions,
		others: [...(hello.extensions.others ?? []).filter(({type}) => type !== heartbeatExtension.type), heartbeatExtension],
	},
});

/** OpenSSL keeps what it writes during a handshake until it has more than 4,096 bytes: shorter echoes would not be sent. */
const payloadBytes = 4500;

/** A request whose payload is this byte, many times. */
function makeRequest(version: number, byte: number): {readonly record: Uint8Array; readonly payload: Uint8Array} {
	const payload = new Uint8Array(payloadBytes).fill(byte);
	return {record: recordOf(heartbeatRecord, version, requestOf(payload.length, payload, new Uint8Array(leastPadding).fill(0x70))), payload};
}

/** @returns The record, and the bytes after its length: a vulnerable server sends all of them back, and the memory that follows. */
function makeWrongRequest(version: number): {readonly record: Uint8Array; readonly sent: Uint8Array} {
	const sent = new Uint8Array(8 + leastPadding).fill(0x77);
	return {record: recordOf(heartbeatRecord, version, requestOf(sent.length + overReadBytes, sent)), sent};
}

const requestOf = (length: number, ...parts: readonly Uint8Array[]): Uint8Array =>
	Buffer.concat([Uint8Array.of(heartbeatRequest, length >> 8, length & 0xff), ...parts]);

/** The payloads of the heartbeat responses in the bytes of a connection. */
const payloadsIn = (received: Uint8Array): readonly Uint8Array[] =>
	(tryDecode(() => splitRecords(received).records) ?? []).flatMap(({type, fragment}) => {
		const length = fragment.length < 3 ? 0 : fragment[1]! * 256 + fragment[2]!;
		return type === heartbeatRecord && fragment[0] === heartbeatResponse && 3 + length <= fragment.length
			? [fragment.subarray(3, 3 + length)]
			: [];
	});
