import test from 'ava';
import {count, duration, rate} from '../../source/formats/numbers.js';

test('counts are written as en-US writes them', t => {
	const values = [0, 1, 9, 10, 99, 100, 999, 1000, 1001, 9999, 10_000, 12_345, 99_999, 100_000, 999_999, 1_000_000, 1_234_567_890];
	for (const value of [...values, Number.MAX_SAFE_INTEGER, ...values.map(item => item * 7919)]) {
		t.is(count(value), value.toLocaleString('en-US'));
	}
});

const durations = [
	{milliseconds: 0, words: '0 ms'},
	{milliseconds: 999.4, words: '999 ms'},
	{milliseconds: 999.6, words: '1.0 s'},
	{milliseconds: 59_949, words: '59.9 s'},
	{milliseconds: 59_950, words: '1 min 0 s'},
	{milliseconds: 61_000, words: '1 min 1 s'},
	{milliseconds: 3_599_999, words: '1 h 0 min'},
	{milliseconds: 7_260_000, words: '2 h 1 min'},
];

for (const {milliseconds, words} of durations) {
	test(`${milliseconds} ms are ${words}`, t => {
		t.is(duration(milliseconds), words);
	});
}

const rates = [
	{targets: 0, elapsedMs: 0, words: '0/s'},
	{targets: 1, elapsedMs: 2000, words: '0.5/s'},
	{targets: 99, elapsedMs: 10_000, words: '9.9/s'},
	{targets: 6000, elapsedMs: 3000, words: '2,000/s'},
];

for (const {targets, elapsedMs, words} of rates) {
	test(`${targets} in ${elapsedMs} ms are ${words}`, t => {
		t.is(rate(targets, elapsedMs), words);
	});
}
