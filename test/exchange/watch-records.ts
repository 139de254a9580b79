import test from 'ava';
import type {Until} from '../../source/exchange/turns/turn.js';
import {watchRecords} from '../../source/exchange/turns/watch-records.js';
import {message} from '../helpers/honest-server.js';
import {records} from '../helpers/script.js';

const record = (type: number, ...fragment: readonly number[]): Uint8Array => Uint8Array.of(type, 3, 3, 0, fragment.length, ...fragment);
const done = message(14, new Uint8Array());
const long = message(11, new Uint8Array(20_000));
const finished = record(22, ...Array.from({length: 40}, (_, index) => (index * 77) & 0xff));

const untilDone: Until = {kind: 'message', type: 14};
const untilHeartbeat: Until = {kind: 'record', type: 24};

type Case = {
	readonly title: string;
	readonly bytes: readonly Uint8Array[];
	readonly until: Until;
	readonly end: 'until' | 'alert' | 'malformed' | undefined;
};

const cases: readonly Case[] = [
	{title: 'a message', bytes: [records(done)], until: untilDone, end: 'until'},
	{title: 'a message behind a long one, over two records', bytes: [records(Buffer.concat([long, done]))], until: untilDone, end: 'until'},
	{
		title: 'a message in records of one byte',
		bytes: [records(Buffer.concat([message(2, new Uint8Array(9)), done]), 1)],
		until: untilDone,
		end: 'until',
	},
	{title: 'another message', bytes: [records(message(2, new Uint8Array(40)))], until: untilDone, end: undefined},
	{title: 'a message within another', bytes: [records(message(11, done))], until: untilDone, end: undefined},
	{title: 'a record', bytes: [records(done), record(24, 1, 2)], until: untilHeartbeat, end: 'until'},
	{title: 'any record', bytes: [record(23, 1)], until: {kind: 'record'}, end: 'until'},
	{title: 'an alert that is waited for', bytes: [record(21, 2, 10)], until: {kind: 'record', type: 21}, end: 'until'},
	{title: 'a fatal alert', bytes: [record(21, 2, 40)], until: untilDone, end: 'alert'},
	{title: 'an encrypted alert', bytes: [record(20, 1), record(21, ...new Uint8Array(26))], until: untilHeartbeat, end: 'alert'},
	{title: 'a warning before the answer', bytes: [record(21, 1, 112), records(done)], until: untilDone, end: 'until'},
	{title: 'a warning alone', bytes: [record(21, 1, 112)], until: untilDone, end: undefined},
	{title: 'an encrypted message', bytes: [record(20, 1), finished, record(22, ...done)], until: untilDone, end: undefined},
	{title: 'text', bytes: [Buffer.from('220 ready\r\n')], until: untilDone, end: 'malformed'},
	{title: 'text behind records', bytes: [record(24, 1), Buffer.from('500 what?\r\n')], until: untilDone, end: 'malformed'},
	{title: 'text behind what is waited for', bytes: [record(24, 1), Buffer.from('500 what?\r\n')], until: untilHeartbeat, end: 'until'},
];

for (const {title, bytes, until, end} of cases) {
	test(`${title}: ${end ?? 'more is wanted'}, byte by byte too`, t => {
		const all = Buffer.concat(bytes);
		const pieces = Array.from(all, (_, index) => all.subarray(index, index + 1));
		const watch = watchRecords();
		const found = pieces.map(piece => watch.push(piece, until));
		t.is(
			found.find(item => item !== undefined),
			end,
		);
		if (title !== 'text behind what is waited for' && title !== 'text behind records') {
			t.is(watchRecords().push(all, until), end);
		}
	});
}

test('A record that is cut by the end of a turn goes on in the next one', t => {
	const watch = watchRecords();
	const [first, second] = [record(24, 1, 2, 3), record(24, 4)];
	t.is(watch.push(Buffer.concat([first, second.subarray(0, 3)]), untilHeartbeat), 'until');
	t.is(watch.push(second.subarray(3), untilHeartbeat), 'until');
});
