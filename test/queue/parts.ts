import test from 'ava';
import type {Listed} from '../../source/lists/list-targets.js';
import {readParts} from '../../source/queue/parts.js';

/** Targets at the first positions; what comes behind them never comes, or is the end. */
async function* list(count: number, isEnded: boolean): AsyncGenerator<Listed> {
	for (let position = 0; position < count; position++) {
		const target = {target: `h${position}:443`, host: `h${position}`, port: 443};
		yield {position, entry: {kind: 'target', target, overrides: {}, source: {file: 'list', line: position + 1}}};
	}

	if (!isEnded) {
		await new Promise(() => {});
	}
}

/** Reads a list in parts of two. @returns Also what resolves when there may have been something to take so often. */
function read(count: number, {isEnded = false, silentMs = 1} = {}) {
	let calls = 0;
	let hear = (): void => {};
	const parts = readParts(
		list(count, isEnded),
		2,
		() => {
			calls += 1;
			hear();
		},
		silentMs,
	);
	const called = async (times: number): Promise<void> => {
		while (calls < times) {
			await new Promise<void>(resolve => {
				hear = resolve;
			});
		}
	};

	const take = (): readonly number[] | undefined => parts.take()?.items.map(({position}) => position);
	return {parts, called, take};
}

test('a part is there when it is complete, and the last one at the end of the list', async t => {
	const {parts, take, called} = read(5, {isEnded: true, silentMs: 60_000});
	// For the third, the fourth and the fifth target, and for the end.
	await called(4);
	t.true(parts.isReady());
	t.deepEqual([take(), take(), parts.isOver(), take(), take()], [[0, 1], [2, 3], false, [4], undefined]);
	t.true(parts.isOver());
	t.false(parts.isReady());
});

test('a list that is silent has its last part handed over, also where nothing was taken for long', async t => {
	const {take, called} = read(3);
	// For the third target, and for the silence.
	await called(2);
	t.deepEqual([take(), take(), take()], [[0, 1], [2], undefined]);
});

test('a list that is not read, because there is enough of it, is not cut elsewhere', async t => {
	const {take, called} = read(18);
	// Eight parts and a target are there: for each after the second one, and when the time is over in which nothing was read.
	await called(16);
	const parts = Array.from({length: 9}, take);
	t.deepEqual(parts, [...Array.from({length: 8}, (_, index) => [2 * index, 2 * index + 1]), undefined]);
	await called(17);
	t.deepEqual(take(), [16, 17]);
});
