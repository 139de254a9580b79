import {toHex} from '../../../bytes/hex.js';
import type {HandshakeSpec} from '../../../exchange/completing/completion.js';
import {completionInBrief} from '../../../exchange/completion-in-brief.js';
import type {Ask, Conversation, HandshakeAnswer, HandshakeAsk, TurnAsk} from '../../probe.js';
import {newestHandshake, noVersion} from '../newest-handshake.js';
import {type PipelinedCommand, pipelinedCommands} from '../pipelined-commands.js';
import type {About, Assessment} from '../vulnerability.js';

/** How long each part of the answer may take. The server closes the connection behind its last answer. */
const answerMs = 3000;

const mostTurns = 8;

/**
Send a command in clear behind the request for TLS, in the same segment, and another one after the handshake. A sound server discards the first command, or
refuses. RFC 3207 §4.2.
*/
export default function* askStartTlsInjection(about: About): Conversation<Assessment, Ask> {
	const {startTls} = about.target;
	if (startTls === undefined) {
		return {status: 'not-applicable', message: 'TLS begins without STARTTLS'};
	}

	const command = pipelinedCommands[startTls];
	const handshake = newestHandshake(about);
	if (command === undefined) {
		return inconclusive(`not tested with ${startTls}`);
	}

	if (handshake === undefined) {
		return noVersion;
	}

	const {name: _, ...spec} = handshake;
	const first: Injected = yield* inject(spec, command);
	switch (first.kind) {
		case 'sound':
			return {status: 'absent', message: 'a command that is sent in clear behind STARTTLS is not answered after the handshake'};
		case 'injected': {
			const again = yield* inject(spec, command);
			return again.kind === 'injected'
				? {
						status: 'present',
						message: 'a command that is sent in clear behind STARTTLS is answered after the handshake, on two connections',
					}
				: inconclusive('a command that is sent in clear behind STARTTLS is answered after the handshake on one of two connections');
		}

		case 'refused': {
			// Without the command, the same handshake has to be completed.
			const control = yield* complete(spec);
			let again: Injected = first;
			for (let count = 1; count < first.timesWanted && again.kind === 'refused' && again.how === first.how; count++) {
				again = yield* inject(spec, command);
			}

			return control.handshake.kind === 'completed' && again.kind === 'refused' && again.how === first.how
				? {status: 'absent', message: `${first.how} each time with a command in clear behind STARTTLS, and not without it`}
				: inconclusive(`${first.how} with a command in clear behind STARTTLS, but not each time or not for it`);
		}

		case 'unclear':
			return inconclusive(first.why);
		default:
			return first satisfies never;
	}
}

const inconclusive = (message: string): Assessment => ({status: 'inconclusive', message});

type Injected =
	/** The command after the handshake is answered alone. */
	| {readonly kind: 'sound'}
	/** The command in clear is answered after the handshake. */
	| {readonly kind: 'injected'}
	/** The server refuses the request for TLS, or the handshake: it may have read the command as TLS. */
	| {readonly kind: 'refused'; readonly how: string; readonly timesWanted: number}
	| {readonly kind: 'unclear'; readonly why: string};

function* inject(spec: HandshakeSpec, {inClear, encrypted, isSound, isInjected}: PipelinedCommand): Conversation<Injected, Ask> {
	const completion = yield* complete({...spec, behindStartTls: inClear, keepsOpen: true});
	const {handshake, attempt, isOpen} = completion;
	if (handshake.kind === 'not-reached' && handshake.outcome.kind === 'starttls-refused') {
		return {kind: 'refused', how: 'STARTTLS is refused', timesWanted: 2};
	}

	if (handshake.kind === 'failed' && handshake.how.kind === 'alert') {
		return {kind: 'refused', how: `the handshake is refused by alert ${handshake.how.alert}`, timesWanted: 2};
	}

	if (handshake.kind === 'failed' && (handshake.how.kind === 'closed' || handshake.how.kind === 'reset')) {
		// A close may have another cause. One that is reset may be closed another time.
		return {kind: 'refused', how: 'the connection is closed', timesWanted: 3};
	}

	if (!isOpen) {
		return {kind: 'unclear', why: `with a command in clear behind STARTTLS: ${completionInBrief(completion)}`};
	}

	const text = yield* readAll(attempt, encrypted);
	if (isInjected.test(text)) {
		return {kind: 'injected'};
	}

	return isSound.test(text)
		? {kind: 'sound'}
		: {
				kind: 'unclear',
				why: text === '' ? 'the command after the handshake is not answered' : 'the answer after the handshake is not known',
			};
}

/** The text of the server up to the end of the connection, what it has sent before the command included. */
function* readAll(on: number, command: string): Conversation<string, TurnAsk> {
	let text = '';
	let send: TurnAsk['turn']['send'] = [{kind: 'application-data', data: toHex(Buffer.from(command, 'latin1'))}];
	let ends = 0;
	for (let count = 0; count < mostTurns && ends < 2; count++) {
		const [answer] = yield [{kind: 'turn', on, turn: {send, until: {kind: 'application-data'}, timeoutMs: answerMs}}];
		if (answer?.kind !== 'turn' || answer.turn.end === 'timeout') {
			break;
		}

		text += Buffer.from(answer.turn.applicationData ?? []).toString('latin1');
		// An alert that came together with data ends the turn before that is decrypted: the next turn has it.
		ends += answer.turn.end === 'until' ? 0 : 1;
		send = [];
	}

	return text;
}

function* complete(handshake: HandshakeSpec): Conversation<HandshakeAnswer, HandshakeAsk> {
	const [answer] = yield [{kind: 'handshake', handshake}];
	return answer!;
}
