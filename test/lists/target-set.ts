import test from 'ava';
import {createTargetSet} from '../../source/lists/target-set.js';
import {roundsOf} from '../helpers/depth.js';

/** Texts that hardly differ, which is what a weak hash fails on. */
const families = [
	{title: 'addresses in a row', text: (index: number) => `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}:443`},
	{title: 'numbered names', text: (index: number) => `host${index}.example.com:443`},
	{title: 'ports of one host', text: (index: number) => `host${index >> 16}.example.com:${index & 0xffff}`},
];

const count = roundsOf(400_000, 150_000);

for (const {title, text} of families) {
	test(`${title}: ${count} are new once, and known ever after`, t => {
		const seen = createTargetSet();
		let taken = 0;
		for (let index = 0; index < count; index++) {
			taken += seen.add(text(index)) ? 0 : 1;
		}

		t.is(taken, 0);
		t.is(seen.size, count);
		let missed = 0;
		for (let index = 0; index < count; index++) {
			missed += !seen.has(text(index)) || seen.add(text(index)) ? 1 : 0;
		}

		t.is(missed, 0);
		t.is(seen.size, count);
	});
}

test('at any size of more than 100,000, a text takes at most 8 bytes', t => {
	const seen = createTargetSet();
	let most = 0;
	for (let index = 0; index < roundsOf(1_500_000, 300_000); index++) {
		seen.add(`host${index}.example.com:443`);
		if (index >= 100_000) {
			most = Math.max(most, seen.bytes / seen.size);
		}
	}

	t.log(`at most ${most.toFixed(2)} bytes a text, ${(seen.bytes / seen.size).toFixed(2)} at the end`);
	t.true(most <= 8);
});

test('past its limit it forgets nothing, takes nothing for known that is not, and says so once', t => {
	let told = 0;
	const seen = createTargetSet({
		maxBytes: 200_000,
		onFull() {
			told += 1;
		},
	});
	const known: number[] = [];
	for (let index = 0; index < 100_000; index++) {
		t.is(told, seen.isFull ? 1 : 0);
		const before = seen.size;
		if (!seen.add(`host${index}.example.com:443`)) {
			t.fail(`host ${index} is new`);
		}

		if (seen.size > before) {
			known.push(index);
		}
	}

	t.is(told, 1);
	t.true(seen.bytes <= 200_000);
	t.true(known.length > 20_000);
	t.deepEqual(
		known.filter(index => seen.add(`host${index}.example.com:443`)),
		[],
	);
});
