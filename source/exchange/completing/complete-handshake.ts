import {type ConverseOptions, cutBy, hasCome, undialled} from '../converse.js';
import type {Outcome} from '../outcome.js';
import {withoutConnection} from '../transcript.js';
import type {Opened} from '../turns/open-connection.js';
import type {Completion, HandshakeSpec} from './completion.js';
import {speakTls} from './speak-tls.js';

/**
One connection on which the handshake is completed by `node:tls`, a stack that shares nothing with the hellos of this program, and
then a request is sent. Never rejects because of the peer. It has `timeoutMs` for the handshake, and again for the answer.

@returns The outcome, and the connection where the spec keeps it open and the server did not close it.
*/
export async function completeHandshake(spec: HandshakeSpec, options: ConverseOptions): Promise<Opened<Completion>> {
	const {dial, now, signal} = options;
	const deadline = options.deadline.atMs;
	const startedAt = now();
	const left = Math.min(options.timeoutMs, deadline - startedAt);
	if (left <= 0 || signal?.aborted) {
		return unopened({kind: 'unasked', because: cutBy(signal)}, startedAt, 0);
	}

	const dialled = await dial(left);
	return dialled.kind === 'connected'
		? speakTls(dialled.connection, spec, startedAt, options)
		: unopened(undialled(dialled, hasCome(deadline, now()), signal), startedAt, now() - startedAt);
}

const unopened = (outcome: Outcome, startedAt: number, durationMs: number): Opened<Completion> => {
	const completion: Completion = {
		handshake: {kind: 'not-reached', outcome},
		wantsCertificate: false,
		answer: undefined,
		chain: [],
		durationMs,
	};
	return {transcript: withoutConnection(completion, outcome, startedAt, durationMs), open: undefined};
};
