import test from 'ava';
import {isoTime, startClock} from '../../source/engine/clock.js';

test('a time is written as Date writes it, whatever was written before', t => {
	const base = Date.UTC(2026, 10, 26, 23, 59, 58);
	const offsets = [0, 1, 9, 10, 99, 100, 999, 1000, 999, 1001, 2000, 1999, 86_400_000, 0];
	for (const milliseconds of [...offsets.map(offset => base + offset), 0, 1, 999, 253_402_300_799_999]) {
		t.is(isoTime(milliseconds), new Date(milliseconds).toISOString());
	}
});

test('a clock says when it was started and how long it ran', t => {
	const before = Date.now();
	const {startedAt, durationMs} = startClock().stop();
	t.true(Date.parse(startedAt) >= before && Date.parse(startedAt) <= Date.now());
	t.true(durationMs >= 0 && durationMs < 10_000);
});
