import test from 'ava';
import {makeSlotMap} from '../../source/transport/slot-map.js';

test('a slot is emptied by who is in it alone, and taken again', t => {
	const slots = makeSlotMap<{readonly name: string}>();
	const [one, other, third] = ['one', 'other', 'third'].map(name => ({name})) as [{name: string}, {name: string}, {name: string}];
	const place = slots.add(one);
	slots.add(other);
	slots.remove(place, other);
	t.is(slots.get(place), one);
	slots.remove(place, one);
	slots.remove(place, one);
	t.is(slots.get(place), undefined);
	t.is(slots.add(third), place);
	slots.remove(place, one);
	t.deepEqual(slots.values(), [third, other]);
});

test('they take as much room as was ever needed at once', t => {
	const slots = makeSlotMap<object>();
	const places = new Set<number>();
	for (let round = 0; round < 1000; round++) {
		const values = [{}, {}, {}];
		const taken = values.map(slots.add);
		for (const [index, place] of taken.entries()) {
			places.add(place);
			slots.remove(place, values[index]!);
		}
	}

	t.is(places.size, 3);
});
