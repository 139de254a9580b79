import test from 'ava';
import {count, duration, rate} from '../../source/formats/numbers.js';
import {summary} from '../../source/formats/summary.js';
import type {Tally} from '../../source/lists/tally.js';

const look = {hasColor: false, hasUnicode: true, columns: 80};
const nothing: Tally = {targets: 0, verdicts: {pass: 0, fail: 0, inconclusive: 0}, causes: [], slowest: [], failed: [], sharedKeys: []};
const facts = {tally: nothing, elapsedMs: 1000, skipped: 0, resumed: 0, stopped: undefined, files: []};

test('a run in a few lines: counts, causes, what to look at first', t => {
	const tally: Tally = {
		targets: 12_345,
		verdicts: {pass: 12_000, fail: 300, inconclusive: 45},
		causes: [
			{cause: 'TLSv1.0 accepted', count: 300, example: 'old.example:443'},
			{cause: 'silent', count: 45, example: 'mute.example:443'},
		],
		slowest: [{target: 'mute.example:443', durationMs: 10_020}],
		failed: ['old.example:443', 'older.example:443'],
		sharedKeys: [
			{acceptsSsl2: 'mail.example:25', targets: ['www.example:443', 'shop.example:443'], more: 1200},
			{acceptsSsl2: 'old.example:443', targets: ['new.example:443'], more: 0},
		],
	};
	t.is(
		summary({tally, elapsedMs: 61_000, skipped: 1, resumed: 2, stopped: 'max-time', files: ['results.jsonl']}, look),
		`12,345 targets in 1 min 1 s, 202/s: 12,000 pass, 300 fail, 45 inconclusive
Out of time (--max-time): the remaining targets were not probed.
2 more were done by an earlier run.
1 address left out: this machine has no route to them.

Most common causes
       300  TLSv1.0 accepted, such as old.example:443
        45  silent, such as mute.example:443

DROWN with the key of another host
  mail.example:25 accepts SSLv2 with the RSA key of www.example:443,
    shop.example:443 and 1,200 more
  old.example:443 accepts SSLv2 with the RSA key of new.example:443

First failures old.example:443, older.example:443 and 298 more
Slowest mute.example:443 10.0 s
Results are in results.jsonl
`,
	);
});

test('where there is nothing to say it says nothing but that', t => {
	t.is(
		summary(facts, look),
		'0 targets in 1.0 s, 0/s: 0 pass, 0 fail, 0 inconclusive\nThere was no target to probe, so nothing is decided.\n',
	);
	for (const more of [{resumed: 1}, {stopped: 'interrupted'}] as const) {
		t.notRegex(summary({...facts, ...more}, look), /There was no target/);
	}
});

test('an interrupt is distinguished from running out of time', t => {
	t.regex(summary({...facts, stopped: 'interrupted'}, look), /\nInterrupted: /);
	t.regex(summary({...facts, resumed: 1}, look), /\n1 more was done by an earlier run\.\n/);
});

const durations: readonly (readonly [number, string])[] = [
	[0, '0 ms'],
	[999.4, '999 ms'],
	[999.6, '1.0 s'],
	[59_940, '59.9 s'],
	[59_960, '1 min 0 s'],
	[119_600, '2 min 0 s'],
	[3_599_600, '1 h 0 min'],
	[5_400_000, '1 h 30 min'],
];

test('lengths of time are in their largest sensible units', t => {
	t.deepEqual(
		durations.map(([milliseconds]) => duration(milliseconds)),
		durations.map(([, text]) => text),
	);
});

test('a slow run does not look like one that stands still', t => {
	t.deepEqual([rate(1, 4000), rate(95, 10_000), rate(30_000, 10_000), rate(0, 0)], ['0.3/s', '9.5/s', '3,000/s', '0/s']);
	t.is(count(1_234_567), '1,234,567');
});
