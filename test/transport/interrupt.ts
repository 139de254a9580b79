import test from 'ava';
import {interruptOf} from '../../source/transport/interrupt.js';

test('a listener that has left is not called, and one signal has one listener', t => {
	const controller = new AbortController();
	const told: string[] = [];
	const [one, other, left] = ['one', 'other', 'left'].map(name => () => void told.push(name)) as [() => void, () => void, () => void];
	let listeners = 0;
	const {addEventListener} = controller.signal;
	controller.signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
		listeners += 1;
		addEventListener.apply(controller.signal, args);
	};
	const interrupt = interruptOf(controller.signal);
	const place = interrupt.join(left);
	interrupt.join(one);
	interrupt.leave(place, left);
	interrupt.join(other);
	// By now somebody else has the place.
	interrupt.leave(place, left);
	controller.abort();
	t.deepEqual(told.toSorted(), ['one', 'other']);
	t.is(listeners, 1);
});

test('a listener that leaves while others are called does not disturb them', t => {
	const controller = new AbortController();
	const interrupt = interruptOf(controller.signal);
	const told: number[] = [];
	for (const index of [1, 2, 3]) {
		const listener = (): void => {
			told.push(index);
			interrupt.leave(place, listener);
		};
		const place = interrupt.join(listener);
	}

	controller.abort();
	t.deepEqual(told, [1, 2, 3]);
});

test('without a signal no listener is ever called', t => {
	t.notThrows(() => {
		interruptOf(undefined).join(() => t.fail());
		interruptOf(undefined).leave(0, () => {});
	});
});
