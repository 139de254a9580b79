import test from 'ava';
import {depthOf, sampleOf} from './helpers/depth.js';

test('everything is tested in CI or where it is asked for, and a sample elsewhere', t => {
	t.is(depthOf({}, []), 'sample');
	t.is(depthOf({CI: 'true'}, []), 'all');
	t.is(depthOf({}, ['all']), 'all');
	t.is(depthOf({CI: 'true', TEST_DEPTH: 'sample'}, ['all']), 'sample');
	t.is(depthOf({TEST_DEPTH: 'all'}, []), 'all');
	t.throws(() => depthOf({TEST_DEPTH: 'some'}, []), {message: 'TEST_DEPTH is "some"; give all or sample'});
});

test('a sample has the first row, the last one and rows at even distances', t => {
	const rows = Array.from({length: 101}, (_, index) => index);
	t.deepEqual(sampleOf(rows, 5), [0, 25, 50, 75, 100]);
	t.deepEqual(sampleOf(rows, 2), [0, 100]);
	t.deepEqual(sampleOf([1, 2, 3], 3), [1, 2, 3]);
	t.deepEqual(sampleOf([1, 2, 3], 2), [1, 3]);
	t.deepEqual(sampleOf([1, 2, 3], 1), [1]);
	t.deepEqual(sampleOf([], 2), []);
	t.deepEqual(sampleOf([7], 2), [7]);
});

test('a sample has the first row of each kind that it would not have otherwise', t => {
	const rows = ['a1', 'a2', 'b1', 'b2', 'a3', 'c1', 'a4'];
	t.deepEqual(
		sampleOf(rows, 2, row => row[0]),
		['a1', 'b1', 'c1', 'a4'],
	);
});
