import {performance} from 'node:perf_hooks';
import test from 'ava';
import {converse} from '../../source/exchange/converse.js';
import {shapesOf} from '../../source/probes/versions/shapes.js';
import type {Connection, ConnectionListener} from '../../source/transport/connection.js';
import {readHello} from '../helpers/script.js';

/** Of somebody who never says anything. */
const silent: Connection = {listen() {}, send() {}, close() {}, localEnd: () => ({address: undefined, port: undefined})};

const [hello] = shapesOf(0x03_03, undefined);

const options = {
	dial: async () => ({kind: 'connected', connection: silent}) as const,
	now: () => performance.now(),
	random: (size: number) => new Uint8Array(size),
	isRecorded: false,
};

test('who is cut off by the deadline was not silent, whatever fraction of a millisecond it falls on', async t => {
	const outcomes: string[] = [];
	// One after the other: where many end at once, all are late, and none is early.
	for (let index = 0; index < 150; index++) {
		const {outcome} = await converse(hello, {...options, timeoutMs: 1000, deadline: {atMs: performance.now() + 3 + (index % 10) / 10}});
		outcomes.push(outcome.kind === 'unanswered' ? outcome.because : outcome.kind);
	}

	// On a busy machine the time may be up before the hello goes out, which is another outcome.
	t.deepEqual([...new Set(outcomes.filter(kind => kind !== 'unasked'))], ['deadline']);
});

test('who says nothing for as long as it has was silent, where the deadline is further off', async t => {
	const {outcome} = await converse(hello, {...options, timeoutMs: 20, deadline: {atMs: performance.now() + 10_000}});
	t.is(outcome.kind, 'silent');
});

test('a dial that fails in a way of its own fails the conversation, and what cannot be encoded too', async t => {
	const failing = {...options, timeoutMs: 1000, deadline: {atMs: performance.now() + 10_000}};
	await t.throwsAsync(converse(hello, {...failing, dial: () => Promise.reject(new Error('ours'))}), {message: 'ours'});
	const tooLong = {...hello, cipherSuites: Array.from({length: 40_000}, () => 1)};
	await t.throwsAsync(converse(tooLong, failing), {name: 'EncodeError'});
});

/** Refuses by an alert after so many writes. */
function refusing(writes: number): {readonly connection: Connection; readonly written: Uint8Array[]} {
	const written: Uint8Array[] = [];
	let listener: ConnectionListener | undefined;
	const connection: Connection = {
		...silent,
		listen(given) {
			listener = given;
		},
		send(bytes) {
			if (written.push(bytes) === writes) {
				setImmediate(() => listener?.onBytes(Uint8Array.of(21, 3, 1, 0, 2, 2, 40)));
			}
		},
	};
	return {connection, written};
}

test('a hello in two segments is two writes, the second only if the first was not answered', async t => {
	const split = {...hello, split: 'segments'} as const;
	for (const writes of [1, 2]) {
		const {connection, written} = refusing(writes);
		const {outcome, flights} = await converse(split, {
			...options,
			dial: async () => ({kind: 'connected', connection}) as const,
			timeoutMs: 60_000,
			deadline: {atMs: performance.now() + 60_000},
			isRecorded: true,
		});
		t.is(outcome.kind, 'alert');
		t.is(written.length, writes);
		t.is(flights.filter(({from}) => from === 'client').length, writes);
		t.is(readHello(Buffer.concat(written)) === undefined, writes === 1);
	}
});
