import {setImmediate as nextTurn} from 'node:timers/promises';
import test from 'ava';
import type {Slow} from '../../source/engine/batch.js';
import {defaultOptions, usualProbes} from '../../source/engine/probe-options.js';
import {makeActiveRuns} from '../../source/queue/active-runs.js';
import {checkJob} from '../../source/queue/check-job.js';
import {type GateLoad, makeGate} from '../../source/queue/gate.js';
import {systemResolver} from '../../source/transport/resolve.js';
import {addresses} from '../helpers/lists.js';
import {needsTool} from '../helpers/needs-tool.js';
import {startPopulation} from '../helpers/population.js';
import {startRedis} from '../helpers/redis.js';
import {plainSurroundings} from '../helpers/run-in-process.js';

/** Sends targets to a gate, by name. @returns Those that were let in so far, and what makes one leave. */
function play() {
	const gate = makeGate();
	const inside = new Map<string, () => void>();
	const order: string[] = [];
	return {
		order,
		async come(name: string, load: GateLoad): Promise<void> {
			void gate.enter(load).then(leave => {
				inside.set(name, leave);
				order.push(name);
			});
			await nextTurn();
		},
		async leave(name: string): Promise<void> {
			inside.get(name)!();
			await nextTurn();
		},
	};
}

const of = (concurrency: number, slow?: Slow): GateLoad => ({concurrency, slow});

test('a run that is alone has all places', async t => {
	const {come, leave, order} = play();
	for (const name of ['a', 'b', 'c', 'd', 'e']) {
		await come(name, of(3));
	}

	t.deepEqual(order, ['a', 'b', 'c']);
	await leave('b');
	t.deepEqual(order, ['a', 'b', 'c', 'd']);
	await leave('a');
	await leave('c');
	await leave('d');
	await leave('e');
	// Every share was given back, as exactly as that has to be.
	for (const name of ['f', 'g', 'h', 'i']) {
		await come(name, of(3));
	}

	t.deepEqual(order.slice(5), ['f', 'g', 'h']);
});

test('two runs share the places by what each could have alone, and take turns', async t => {
	const {come, leave, order} = play();
	await come('many 1', of(4));
	await come('few 1', of(2));
	await come('few 2', of(2));
	await come('many 2', of(4));
	// A quarter and a half are taken: what came first does not fit, and what came later waits behind it.
	t.deepEqual(order, ['many 1', 'few 1']);
	await leave('many 1');
	t.deepEqual(order, ['many 1', 'few 1', 'few 2']);
	await leave('few 1');
	t.deepEqual(order, ['many 1', 'few 1', 'few 2', 'many 2']);
});

test('slow ones do not keep others of any run out, up to a limit of their own', async t => {
	const {come, leave, order} = play();
	const silent = of(1, {afterMs: 1, most: 2});
	await come('silent 1', silent);
	await come('silent 2', silent);
	await come('other', of(1));
	while (order.length < 2) {
		await nextTurn();
	}

	// Both halves of what silent ones may be are taken, and the second is slow by now or not: the other run waits.
	t.deepEqual(order, ['silent 1', 'silent 2']);
	await leave('silent 1');
	t.deepEqual(order, ['silent 1', 'silent 2']);
	await leave('silent 2');
	t.deepEqual(order, ['silent 1', 'silent 2', 'other']);
});

test('on a busy machine what is slow counts', async t => {
	const {come, leave, order} = play();
	let [looks, isBusy] = [0, true];
	const slow: Slow = {
		afterMs: 1,
		most: 2,
		isBusy() {
			looks += 1;
			return isBusy;
		},
	};
	await come('first', of(1, slow));
	await come('second', of(1, slow));
	while (looks < 3) {
		await nextTurn();
	}

	t.deepEqual(order, ['first']);
	isBusy = false;
	while (order.length < 2) {
		await nextTurn();
	}

	t.deepEqual(order, ['first', 'second']);
	isBusy = true;
	await leave('first');
	await leave('second');
	// What had stopped counting does not give its place back once more.
	await come('third', of(1, slow));
	await come('fourth', of(1, slow));
	t.deepEqual(order, ['first', 'second', 'third']);
	await leave('third');
	await leave('fourth');
});

if (needsTool('two runs on one worker', ['redis-server'])) {
	test('two runs of a worker have together as many targets at once as one of them', async t => {
		const redis = await startRedis(t);
		const {port, mostAtOnce, askedAtMs} = await startPopulation(t, () => 'modern', {answerAfterMs: 30});
		const stop = new AbortController();
		const runs = makeActiveRuns(
			redis.client(),
			{
				label: undefined,
				concurrency: undefined,
				spread: {workers: 1, threadEntry: plainSurroundings.threadEntry},
				reach: undefined,
				addLogin: proxy => proxy,
				planLoad: () => ({concurrency: 3, slow: undefined}),
				hooksFor: () => ({resolver: systemResolver, exchangerResolver: undefined}),
				toolVersion: '0.1.0',
				stop: stop.signal,
				leaseMs: 2000,
				say() {},
			},
			{
				onRunning() {},
				onFailure(error) {
					t.fail(String(error));
				},
			},
		);
		const probe = {...defaultOptions, timeoutMs: 30_000, probes: usualProbes({versions: ['TLSv1.2']}), toolVersion: '0.1.0'};
		const all = await Promise.all(
			['one', 'other'].map(run => {
				const targets = addresses(20).map((address, position) => ({position, target: `${address}:${port}`}));
				const checked = checkJob(JSON.parse(JSON.stringify({version: '0.1.0', run, isMail: false, options: probe, targets})), '0.1.0');
				return checked.kind === 'chunk' ? runs.of(checked.chunk).probing.probe(checked.chunk.targets) : [];
			}),
		);
		await runs.close();
		t.deepEqual(
			all.map(results => results.filter(({verdict}) => verdict === 'pass').length),
			[20, 20],
		);
		t.is(askedAtMs.length, 40);
		t.is(mostAtOnce(), 3);
	});
}
