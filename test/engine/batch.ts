import {setImmediate} from 'node:timers/promises';
import test from 'ava';
import {batch} from '../../source/engine/batch.js';
import {startsPerTurn} from '../../source/engine/yield-to-event-loop.js';

/** Resolves what it was asked for, when told to. */
function makeGate() {
	const open = new Map<number, () => void>();
	return {
		run: (input: number) => new Promise<number>(resolve => open.set(input, () => resolve(input))),
		open: (input: number) => open.get(input)!(),
		waiting: () => [...open.keys()],
	};
}

async function settle(): Promise<void> {
	for (let turn = 0; turn < 20; turn++) {
		await setImmediate();
	}
}

test('every input has its result', async t => {
	const inputs = Array.from({length: 1000}, (_, index) => index);
	const results: number[] = [];
	for await (const result of batch(inputs, async input => input * 2, {concurrency: 7})) {
		results.push(result);
	}

	t.deepEqual(
		results.toSorted((one, other) => one - other),
		inputs.map(input => input * 2),
	);
});

test('never more run at once than allowed, and inputs are pulled only when there is room', async t => {
	let running = 0;
	let most = 0;
	let pulled = 0;
	let handedOver = 0;
	let mostAhead = 0;
	function* inputs() {
		for (; pulled < 200; pulled++) {
			mostAhead = Math.max(mostAhead, pulled - handedOver);
			yield pulled;
		}
	}

	const run = async (): Promise<void> => {
		running += 1;
		most = Math.max(most, running);
		await settle();
		running -= 1;
	};

	for await (const _ of batch(inputs(), run, {concurrency: 5})) {
		handedOver += 1;
		await setImmediate();
	}

	t.is(most, 5);
	t.true(mostAhead <= 11, `${mostAhead} ahead of the consumer`);
});

test('a few start a turn, so that what runs is answered before more is begun', async t => {
	const gate = makeGate();
	const count = 2 * startsPerTurn + 1;
	void batch(Array(count).keys(), gate.run, {concurrency: count}).next();
	const atOnce = new Set<number>();
	for (let turn = 0; turn < 20; turn++) {
		await setImmediate();
		atOnce.add(gate.waiting().length);
	}

	t.deepEqual([...atOnce], [startsPerTurn, 2 * startsPerTurn, count]);
});

test('a result is handed over while the next input is still to come', async t => {
	async function* inputs() {
		yield 1;
		await new Promise(() => {});
	}

	const results = batch(inputs(), async input => input, {concurrency: 3});
	t.deepEqual(await results.next(), {done: false, value: 1});
});

test('results come as they are known, or in the order of the inputs', async t => {
	for (const isOrdered of [false, true]) {
		const gate = makeGate();
		const results: number[] = [];
		const all = (async () => {
			for await (const result of batch([0, 1, 2], gate.run, {concurrency: 3, isOrdered})) {
				results.push(result);
			}
		})();
		await settle();
		for (const input of [2, 0, 1]) {
			gate.open(input);
			await settle();
		}

		await all;
		t.deepEqual(results, isOrdered ? [0, 1, 2] : [2, 0, 1]);
	}
});

test('an abort stops the pulling and lets what runs end', async t => {
	const gate = makeGate();
	const abort = new AbortController();
	const results: number[] = [];
	const all = (async () => {
		for await (const result of batch([0, 1, 2, 3], gate.run, {concurrency: 2, signal: abort.signal})) {
			results.push(result);
		}
	})();
	await settle();
	abort.abort();
	gate.open(0);
	gate.open(1);
	await all;
	t.deepEqual(results, [0, 1]);
	t.deepEqual(gate.waiting(), [0, 1]);
});

test('an abort ends it though no input comes, and what comes later is not looked at', async t => {
	const abort = new AbortController();
	const looked: number[] = [];
	let comes = (_value: number): void => {};
	async function* inputs() {
		yield 1;
		yield await new Promise<number>(resolve => {
			comes = resolve;
		});
	}

	const run = async (input: number): Promise<number> => {
		looked.push(input);
		return input;
	};

	const results = batch(inputs(), run, {concurrency: 3, signal: abort.signal});
	t.deepEqual(await results.next(), {done: false, value: 1});
	const next = results.next();
	abort.abort();
	t.deepEqual(await next, {done: true, value: undefined});
	comes(2);
	await settle();
	t.deepEqual(looked, [1]);
});

test('what a task throws, and what the inputs throw, is thrown', async t => {
	const failing = batch([1], () => Promise.reject(new Error('of the task')), {concurrency: 1});
	await t.throwsAsync(() => failing.next(), {message: 'of the task'});

	const broken = batch(
		(function* () {
			yield 1;
			throw new Error('of the inputs');
		})(),
		async input => input,
		{concurrency: 4},
	);
	await t.throwsAsync(
		async () => {
			for await (const _ of broken) {
				// Nothing: the failure comes after the first.
			}
		},
		{message: 'of the inputs'},
	);
});

test('those that wait for others do not keep the others from their turn', async t => {
	const gate = makeGate();
	const run = (input: number): Promise<number> => (input < 3 ? gate.run(input) : Promise.resolve(input));
	const inputs = Array.from({length: 20}, (_, index) => index);
	const results: number[] = [];
	for await (const result of batch(inputs, run, {concurrency: 2, slow: {afterMs: 5, most: 4}})) {
		results.push(result);
		if (results.length === 17) {
			t.deepEqual(gate.waiting(), [0, 1, 2]);
			gate.waiting().forEach(gate.open);
		}
	}

	t.is(results.length, 20);
});

test('while the machine is busy, those that take long count', async t => {
	const gate = makeGate();
	const inputs = Array.from({length: 20}, (_, index) => index);
	let looks = 0;
	let waitingWhileBusy = 0;
	const isBusy = (): boolean => {
		looks += 1;
		waitingWhileBusy = looks <= 8 ? gate.waiting().length : waitingWhileBusy;
		return looks <= 8;
	};
	const results = batch(inputs, gate.run, {concurrency: 2, slow: {afterMs: 5, most: 4, isBusy}});
	const first = results.next();
	while (gate.waiting().length < 4) {
		await setImmediate();
	}

	t.is(waitingWhileBusy, 2);
	t.true(looks > 8);
	gate.open(1);
	t.deepEqual(await first, {done: false, value: 1});
});

test('no more run at once than allowed, however slow they are', async t => {
	const gate = makeGate();
	const inputs = Array.from({length: 20}, (_, index) => index);
	const results = batch(inputs, gate.run, {concurrency: 2, slow: {afterMs: 1, most: 5}});
	const first = results.next();
	while (gate.waiting().length < 5) {
		await setImmediate();
	}

	await settle();
	t.is(gate.waiting().length, 5);
	gate.open(3);
	t.deepEqual(await first, {done: false, value: 3});
});
