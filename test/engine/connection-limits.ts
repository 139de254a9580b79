import {performance} from 'node:perf_hooks';
import {setImmediate} from 'node:timers/promises';
import test from 'ava';
import {makeConnectionLimits, makePace} from '../../source/engine/connection-limits.js';
import {makeDeadline} from '../../source/engine/deadline.js';

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
	const limits = makeConnectionLimits({maxConnections: 3, countsSilent: true});
	const {counts, task} = makeTask();
	const holds = [1, 2, 3, 4].map(() => limits.acquire('127.0.0.1'));
	await Promise.all(holds.flatMap(({limit}) => [limit(task), limit(task), limit(task)]));
	t.is(counts.most, 3);
});

test('another address has a limit of its own', async t => {
	const limits = makeConnectionLimits({maxConnections: 1});
	const {counts, task} = makeTask();
	await Promise.all(['127.0.0.1', '127.0.0.2', '127.0.0.3'].map(address => limits.acquire(address).limit(task)));
	t.is(counts.most, 3);
});

test('a limit lasts for as long as it is held, and is free for another address afterwards', async t => {
	const limits = makeConnectionLimits({maxConnections: 1, countsSilent: true});
	const {counts, task} = makeTask();
	const [one, other] = [limits.acquire('127.0.0.1'), limits.acquire('127.0.0.1')];
	one.release();
	await Promise.all([other.limit(task), limits.acquire('127.0.0.1').limit(task)]);
	t.is(counts.most, 1);
	other.release();
	await Promise.all([
		limits.acquire('127.0.0.2').limit(task),
		limits.acquire('127.0.0.3').limit(task),
		limits.acquire('127.0.0.2').limit(task),
	]);
	t.is(counts.most, 2);
});

/** A task that ends when it is told to. */
function makeLongTask() {
	const ends: (() => void)[] = [];
	const task = (): Promise<void> =>
		new Promise(resolve => {
			ends.push(resolve);
		});
	return {
		task,
		get begun() {
			return ends.length;
		},
		endAll: () => {
			for (const end of ends) {
				end();
			}
		},
	};
}

test('connections of targets that do not answer make room for others, and only for others', async t => {
	const limits = makeConnectionLimits({maxConnections: 2, stalledAfterMs: 20});
	const silent = makeLongTask();
	const {counts, task} = makeTask();
	const held = limits.acquire('127.0.0.1');
	const waiting = [1, 2, 3].map(() => held.limit(silent.task));
	await limits.acquire('127.0.0.1').limit(task);
	t.is(counts.most, 1);
	// Its own third has to wait for one of the others.
	t.is(silent.begun, 2);
	silent.endAll();
	while (silent.begun < 3) {
		await setImmediate();
	}

	silent.endAll();
	await Promise.all(waiting);
});

/** Until the clock that limits go by has moved so far. */
async function hasPassed(ms: number): Promise<void> {
	const startedAtMs = performance.now();
	while (performance.now() < startedAtMs + ms) {
		await setImmediate();
	}
}

test('where they count, a target that was not begun goes before one that does not answer', async t => {
	const limits = makeConnectionLimits({maxConnections: 1, countsSilent: true, stalledAfterMs: 20});
	const silent = makeLongTask();
	const held = limits.acquire('127.0.0.1');
	const order: string[] = [];
	const note = (name: string) => async (): Promise<void> => void order.push(name);
	const first = held.limit(silent.task);
	const others = [held.limit(note('the silent one again')), limits.acquire('127.0.0.1').limit(note('another'))];
	await hasPassed(21);
	silent.endAll();
	await Promise.all([first, ...others]);
	t.deepEqual(order, ['another', 'the silent one again']);
});

test('a target that is answered is completed before another is begun', async t => {
	const limits = makeConnectionLimits({maxConnections: 1});
	const order: string[] = [];
	const note = (name: string) => async (): Promise<void> => void order.push(name);
	const [one, other] = [limits.acquire('127.0.0.1'), limits.acquire('127.0.0.1')];
	await one.limit(note('one'));
	const blocking = makeLongTask();
	const rest = [one.limit(blocking.task), other.limit(note('other')), one.limit(note('one'))];
	blocking.endAll();
	await Promise.all(rest);
	t.deepEqual(order, ['one', 'one', 'other']);
});

test('a deadline moves on while others have every place, and not while the target has one', async t => {
	const limits = makeConnectionLimits({maxConnections: 1, countsSilent: true});
	const [own, others] = [makeDeadline(1000), makeDeadline(1000)];
	const silent = makeLongTask();
	const first = limits.acquire('127.0.0.1', others).limit(silent.task);
	const second = limits.acquire('127.0.0.1', own).limit(async () => own.atMs);
	await hasPassed(20);
	silent.endAll();
	await first;
	t.true((await second) >= 1020);
	t.is(others.atMs, 1000);
});

test('a deadline moves on while the rate allows no connection', async t => {
	const limits = makeConnectionLimits({maxConnections: 2, perSecond: 20});
	const deadline = makeDeadline(0);
	const {limit} = limits.acquire('127.0.0.1', deadline);
	await limit(async () => {});
	await Promise.all([limit(async () => {}), limit(async () => {})]);
	// Two waits of 50 ms, one after the other.
	t.true(deadline.atMs > 80, String(deadline.atMs));
});

test('once it is stopped, what waits for its first connection has no time left, and what was begun is completed', async t => {
	const limits = makeConnectionLimits({maxConnections: 1});
	const [begun, waiting] = [makeDeadline(1000), makeDeadline(1000)];
	const blocking = makeLongTask();
	const held = limits.acquire('127.0.0.1', begun);
	const first = held.limit(blocking.task);
	const second = held.limit(async () => begun.atMs);
	const third = limits.acquire('127.0.0.1', waiting).limit(async () => waiting.atMs);
	limits.stop();
	t.is(await third, Number.NEGATIVE_INFINITY);
	t.is(await limits.acquire('127.0.0.1', makeDeadline(1000)).limit(async () => 'at once'), 'at once');
	blocking.endAll();
	await first;
	t.is(await second, 1000);
});

test('what a task throws comes out, and frees its place', async t => {
	const {limit} = makeConnectionLimits({maxConnections: 1, perSecond: 1_000_000}).acquire('127.0.0.1');
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
			limits.acquire(`127.0.0.${index % 3}`).limit(async () => {
				times.push(performance.now());
			}),
		),
	);
	// A timer may be a millisecond early, and the first turn be taken late.
	t.true(times.at(-1)! - startedAt >= 11 * 10 - 2, `${startedAt}: ${times.join(' ')}`);
});

test('once it is aborted no scan waits for a turn', async t => {
	const abort = new AbortController();
	const waitForTurn = makePace(0.001, abort.signal);
	await waitForTurn();
	const waiting = Promise.all([waitForTurn(), waitForTurn()]);
	abort.abort();
	await waiting;
	await waitForTurn();
	t.pass();
});
