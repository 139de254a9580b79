import test from 'ava';
import {defineRegistry} from '../../source/iana/define-registry.js';

const fruits = defineRegistry(2, [
	{code: 0x00_01, name: 'apple', isSweet: true},
	{code: 0x12_34, name: 'lemon', isSweet: false},
	{code: 0x12_35, name: 'lemon', isSweet: true},
]);

test('finds an entry by its code', t => {
	t.deepEqual(fruits.get(0x00_01), {code: 0x00_01, name: 'apple', isSweet: true});
});

test('a code that no registry knows is no error', t => {
	t.is(fruits.get(0x99_99), undefined);
	t.is(fruits.label(0x99_99), '0x9999');
});

test('labels a code by its name, or by as many digits as it has on the wire', t => {
	t.is(fruits.label(0x12_34), 'lemon');
	t.is(fruits.label(0x2f), '0x002f');
	t.is(defineRegistry(1, [{code: 1, name: 'one'}]).label(0x0a), '0x0a');
});

test('a name that two codes share means the later one', t => {
	t.is(fruits.code('apple'), 0x00_01);
	t.is(fruits.code('lemon'), 0x12_35);
});
