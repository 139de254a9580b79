import test from 'ava';
import {isEqual} from '../../source/bytes/is-equal.js';

const cases = [
	['', '', true],
	['00', '00', true],
	['00', '', false],
	['0102', '0103', false],
	['0102', '010203', false],
] as const;

for (const [one, other, expected] of cases) {
	test(`${one || 'nothing'} and ${other || 'nothing'} are ${expected ? 'equal' : 'different'}`, t => {
		t.is(isEqual(Buffer.from(one, 'hex'), Buffer.from(other, 'hex')), expected);
	});
}
