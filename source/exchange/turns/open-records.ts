import {isReset} from '../../transport/connection.js';
import {type ConverseOptions, cutBy, hasCome, undialled} from '../converse.js';
import type {Outcome} from '../outcome.js';
import {withoutConnection} from '../transcript.js';
import {type Inbox, keepOpen} from './keep-open.js';
import {continued, type Opened} from './open-connection.js';
import type {Conversed, RecordsSpec, TurnEnd} from './turn.js';

/** One connection for a conversation of records: connect, and make its first turn. Never rejects because of the peer. */
export async function openRecords({turn}: RecordsSpec, options: ConverseOptions): Promise<Opened<Conversed>> {
	const {dial, now, signal, isRecorded} = options;
	const deadline = options.deadline.atMs;
	const startedAt = now();
	const left = Math.min(options.timeoutMs, deadline - startedAt);
	if (left <= 0 || signal?.aborted) {
		return unopened({kind: 'unasked', because: cutBy(signal)}, startedAt, 0);
	}

	const dialled = await dial(Math.ceil(left));
	if (dialled.kind !== 'connected') {
		return unopened(undialled(dialled, hasCome(deadline, now()), signal), startedAt, now() - startedAt);
	}

	const {connection} = dialled;
	const connectedMs = now() - startedAt;
	const local = isRecorded ? connection.localEnd() : undefined;
	let inbox: Inbox | undefined;
	const send = (bytes: Uint8Array): void => {
		inbox!.onSent(bytes);
		connection.send(bytes);
	};

	const kept = keepOpen({send, close: connection.close}, options, startedAt);
	({inbox} = kept);
	connection.listen({onBytes: inbox.onBytes, onOver: code => inbox!.onOver(endByCode(code))});
	try {
		const taken = await kept.open.turn(turn);
		const outcome: Conversed = {kind: 'turns', turns: [taken.answer]};
		const begun = {
			flights: [],
			outcome,
			end: 'answered',
			startedAt,
			connectedMs,
			durationMs: 0,
			localAddress: local?.address,
			localPort: local?.port,
		} as const;
		return {transcript: continued(begun, taken, outcome), open: kept.open};
	} catch (error) {
		connection.close();
		throw error;
	}
}

const unopened = (outcome: Outcome, startedAt: number, durationMs: number): Opened<Conversed> => ({
	transcript: withoutConnection({kind: 'not-reached', outcome}, outcome, startedAt, durationMs),
	open: undefined,
});

/** How a connection is over. @param code - `EOF`, or the system's. */
const endByCode = (code: string): TurnEnd => (code === 'EOF' ? 'closed' : isReset(code) ? 'reset' : 'failed');
