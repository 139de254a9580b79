import {randomBytes} from 'node:crypto';
import {fromHex} from '../../source/bytes/hex.js';
import type {HandshakeSpec} from '../../source/exchange/completing/completion.js';
import {type CbcKeys, cbcKeysOf} from '../../source/exchange/sealing/cbc-keys.js';
import {cbcSuiteOf} from '../../source/exchange/sealing/cbc-suite.js';
import type {HandshakeAnswer, RecordsAnswer} from '../../source/probes/probe.js';
import type {AskForVulnerability, Assessment} from '../../source/probes/vulnerabilities/vulnerability.js';
import {answerRecord, type Reacts} from './cbc-server.js';
import {message, serverHelloMessage} from './honest-server.js';
import {type ReadHello, records} from './script.js';

/** The suites that a server has, by version. */
export type PlayedSuites = Readonly<Record<string, {readonly accepted: readonly number[]; readonly undecided?: readonly number[]}>>;

export type PlayedPadding = Assessment & {readonly handshakes: readonly HandshakeSpec[]};

/**
Let a vulnerability that sends records ask a server in memory. Of handshakes, only the secrets are made.

@param fails - Whether a handshake is not completed.
*/
export function playPadding(
	ask: AskForVulnerability,
	reacts: Reacts,
	{
		suites = {'TLSv1.2': {accepted: [0x00_2f]}},
		statuses = {},
		port = 443,
		host = 'example.com',
		isAcceptedWithoutServerName,
		fails = () => false,
	}: {
		readonly suites?: PlayedSuites;
		readonly statuses?: Readonly<Record<string, string>>;
		readonly port?: number;
		readonly host?: string;
		readonly isAcceptedWithoutServerName?: true;
		readonly fails?: (connection: number) => boolean;
	} = {},
): PlayedPadding {
	const names = ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'];
	const versions = Object.fromEntries(
		names.map(name => [
			name,
			{status: statuses[name] ?? (suites[name] === undefined ? 'rejected' : 'accepted'), isAcceptedWithoutServerName},
		]),
	);
	const found = Object.fromEntries(Object.entries(suites).map(([name, {accepted, undecided = []}]) => [name, {accepted, undecided}]));
	const conversation = ask({
		target: {host, port, serverName: 'example.com', startTls: undefined, alpn: undefined, toolVersion: 'test'},
		earlier: {versions, 'cipher-suites': found},
		attempts: [],
	} as never);
	const handshakes: HandshakeSpec[] = [];
	const open = new Map<number, {readonly keys: CbcKeys; isClosed: boolean}>();
	let step = conversation.next([]);
	while (!step.done) {
		const answers = step.value.map((asked): HandshakeAnswer | RecordsAnswer => {
			if (asked.kind === 'handshake') {
				const connection = handshakes.push(asked.handshake) - 1;
				return fails(connection) ? failed(connection) : complete(asked.handshake, connection);
			}

			if (asked.kind !== 'turn') {
				throw new Error('nothing else is asked');
			}

			const {keys, isClosed} = open.get(asked.on)!;
			const [item] = asked.turn.send;
			if (isClosed || item?.kind !== 'bytes') {
				return {kind: 'turn', attempt: asked.on, turn: turn(isClosed ? 'closed' : 'timeout')};
			}

			const answer = answerRecord(keys, fromHex(item.bytes), reacts, asked.on);
			open.set(asked.on, {keys, isClosed: answer.isClosed});
			const end = answer.bytes.length === 0 ? (answer.isClosed ? 'closed' : 'timeout') : answer.bytes[0] === 21 ? 'alert' : 'until';
			return {kind: 'turn', attempt: asked.on, turn: turn(end, answer.bytes)};
		});
		step = conversation.next(answers as never);
	}

	return {...step.value, handshakes};

	function complete({version, cipherSuite}: HandshakeSpec, attempt: number): HandshakeAnswer {
		const hello = serverHelloMessage({version, suites: [0x00_2f], sessionId: new Uint8Array(), shares: []} as unknown as ReadHello, {
			random: randomBytes(32),
		});
		const keyLog = [`CLIENT_RANDOM ${randomBytes(32).toString('hex')} ${randomBytes(48).toString('hex')}`];
		const received = Uint8Array.from(Buffer.concat([records(Buffer.concat([hello, message(14, new Uint8Array())])), randomBytes(64)]));
		const secrets = {keyLog, sent: Uint8Array.from(randomBytes(64)), received};
		open.set(attempt, {
			keys: cbcKeysOf({...secrets, received: received.subarray(0, -64)}, version, cbcSuiteOf(cipherSuite!)!)!,
			isClosed: false,
		});
		const keys = open.get(attempt)!.keys;
		open.set(attempt, {keys: {...keys, server: {...keys.server, lastBlock: received.slice(-16)}}, isClosed: false});
		return {
			handshake: {kind: 'completed', cipherSuite: cipherSuite!},
			wantsCertificate: false,
			answer: undefined,
			chain: [],
			durationMs: 1,
			attempt,
			isOpen: true,
			secrets,
		};
	}
}

const failed = (attempt: number): HandshakeAnswer => ({
	handshake: {kind: 'failed', how: {kind: 'closed'}},
	wantsCertificate: false,
	answer: undefined,
	chain: [],
	durationMs: 1,
	attempt,
});

const turn = (end: 'closed' | 'timeout' | 'alert' | 'until', received: Uint8Array = new Uint8Array()) =>
	({end, sent: new Uint8Array(), received: Uint8Array.from(received), durationMs: 1}) as const;
