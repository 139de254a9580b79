import {performance} from 'node:perf_hooks';
import {setImmediate} from 'node:timers/promises';
import test from 'ava';
import {makeConnectionLimits, makePace} from '../../source/engine/connection-limits.js';

/** A task that notes how many of its kind run at once. */
function makeTask() {
	const counts = {now: 0, most: 0};
	const task = async (): Promise<void> => {
		counts.now += 1;
		counts.most = Math.max(counts.most, counts.now);
		await setImmediate();
		counts.now -= 1;
	};

	return {counts, task};
}

test('all who hold the same address share its limit', async t => {
	const limits = makeConnectionLimits({maxConnections: 3});
	const {counts, task} = makeTask();
	const holds = [1, 2, 3, 4].map(() => limits.hold('127.0.0.1'));
	await Promise.all(holds.flatMap(({limit}) => [limit(task), limit(task), limit(task)]));
	t.is(counts.most, 3);
});

test('another address has a limit of its own', async t => {
	const limits = makeConnectionLimits({maxConnections: 1});
	const {counts, task} = makeTask();
	await Promise.all(['127.0.0.1', '127.0.0.2', '127.0.0.3'].map(address => limits.hold(address).limit(task)));
	t.is(counts.most, 3);
});

test('a limit lasts for as long as somebody holds it', async t => {
	const limits = makeConnectionLimits({maxConnections: 1});
	const [one, other] = [limits.hold('127.0.0.1'), limits.hold('127.0.0.1')];
	one.release();
	t.is(limits.hold('127.0.0.1').limit, other.limit);
	t.not(limits.hold('127.0.0.2').limit, other.limit);
});

test('what nobody holds any more serves another address, and one at a time', async t => {
	const limits = makeConnectionLimits({maxConnections: 1});
	const first = limits.hold('127.0.0.1');
	first.release();
	const [one, other] = [limits.hold('127.0.0.2'), limits.hold('127.0.0.3')];
	t.is(one.limit, first.limit);
	t.not(other.limit, one.limit);
	const {counts, task} = makeTask();
	await Promise.all([one.limit(task), other.limit(task), one.limit(task)]);
	t.is(counts.most, 2);
});

test('what a task throws comes out, and frees its place', async t => {
	const {limit} = makeConnectionLimits({maxConnections: 1, perSecond: 1_000_000}).hold('127.0.0.1');
	await t.throwsAsync(
		limit(async () => {
			throw new Error('no');
		}),
		{message: 'no'},
	);
	t.is(await limit(async () => 1), 1);
});

test('turns are spread evenly, over all addresses', async t => {
	const startedAt = performance.now();
	const limits = makeConnectionLimits({maxConnections: 10, perSecond: 100});
	const times: number[] = [];
	await Promise.all(
		Array.from({length: 12}, (_, index) =>
			limits.hold(`127.0.0.${index % 3}`).limit(async () => {
				times.push(performance.now());
			}),
		),
	);
	// A timer may be a millisecond early, and the first turn be taken late.
	t.true(times.at(-1)! - startedAt >= 11 * 10 - 2, `${startedAt}: ${times.join(' ')}`);
});

test('once it is aborted nobody waits for a turn', async t => {
	const abort = new AbortController();
	const waitForTurn = makePace(0.001, abort.signal);
	await waitForTurn();
	const waiting = Promise.all([waitForTurn(), waitForTurn()]);
	abort.abort();
	await waiting;
	await waitForTurn();
	t.pass();
});
