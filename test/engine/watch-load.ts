import test from 'ava';
import type {Load} from '../../source/engine/machine-load.js';
import {watchLoad} from '../../source/engine/watch-load.js';

const busy: Load = {ownShare: 0.99, idleProcessors: 1};
const full: Load = {ownShare: 0.99, idleProcessors: 0.1};
const waiting: Load = {ownShare: 0.3, idleProcessors: 3};

/** Looks that are as given, and busy ever after. @returns After how many it was told. */
const looksUntilTold = (looks: readonly Load[], looksInARow?: number): Promise<number> =>
	new Promise(resolve => {
		let count = 0;
		// The watch alone does not keep a program running.
		const keep = setInterval(() => {}, 1000);
		watchLoad(
			() => {
				clearInterval(keep);
				resolve(count);
			},
			() => {
				count += 1;
				return looks[count - 1] ?? busy;
			},
			looksInARow,
		);
	});

const cases: readonly (readonly [string, readonly Load[], number])[] = [
	['too much to do here and a processor idle, twice in a row', [busy, busy], 2],
	['a burst is none', [busy, waiting], 4],
	['nor is anything where all processors are busy', [full, full, full], 5],
	['nor where this thread waits', [waiting, waiting], 4],
];

for (const [title, looks, expected] of cases) {
	test(title, async t => {
		t.is(await looksUntilTold(looks), expected);
	});
}

test('as many looks as are wanted have to agree', async t => {
	t.is(await looksUntilTold([busy, busy, full], 3), 6);
});

test('a watch that has ended tells nothing', async t => {
	let looks = 0;
	const stop = watchLoad(
		() => t.fail(),
		() => {
			looks += 1;
			return busy;
		},
	);
	stop();
	t.is(await looksUntilTold([]), 2);
	t.is(looks, 0);
});
