import test from 'ava';
import {makeBufferedWriter} from '../../source/outputs/buffered-writer.js';

/** A reader that takes a piece when told to. */
function makeReader() {
	const pieces: string[] = [];
	const taken: (() => void)[] = [];
	return {
		pieces,
		write: (text: string) =>
			new Promise<void>(resolve => {
				pieces.push(text);
				taken.push(resolve);
			}),
		take: () => taken.shift()!(),
	};
}

const settle = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

test('what comes first goes out at once, what follows closely in one piece', async t => {
	const pieces: string[] = [];
	const out = makeBufferedWriter(async text => void pieces.push(text));
	await out.add('one;');
	t.deepEqual(pieces, ['one;']);
	for (const text of ['two;', '', 'three;', 'four;']) {
		await out.add(text);
	}

	t.deepEqual(pieces, ['one;']);
	await out.end();
	t.deepEqual(pieces, ['one;', 'two;three;four;']);
});

test('what follows goes out though nothing more comes', async t => {
	const pieces: string[] = [];
	const {promise, resolve} = makePromise();
	const out = makeBufferedWriter(async text => {
		pieces.push(text);
		if (text === 'two;') {
			resolve();
		}
	});
	await out.add('one;');
	await out.add('two;');
	await promise;
	t.deepEqual(pieces, ['one;', 'two;']);
	await out.end();
	t.deepEqual(pieces, ['one;', 'two;']);
});

test('a reader that takes its time is waited for, once much is waiting', async t => {
	const {write, pieces, take} = makeReader();
	const out = makeBufferedWriter(write);
	const first = out.add('first;');
	await settle();
	let isThrough = false;
	const much = out.add('x'.repeat(100_000))!.then(() => {
		isThrough = true;
	});
	await settle();
	t.false(isThrough);
	t.is(pieces.length, 1);
	take();
	await settle();
	t.is(pieces.length, 2);
	t.false(isThrough);
	take();
	await Promise.all([first, much]);
	t.is(pieces.join('').length, 100_006);
});

test('what cannot be written is reported to the next writer, and at the end', async t => {
	const failing = makeBufferedWriter(async () => {
		throw new Error('gone');
	});
	await t.throwsAsync(failing.add('one;')!, {message: 'gone'});
	await t.throwsAsync(failing.add('two;')!, {message: 'gone'});
	await t.throwsAsync(failing.end(), {message: 'gone'});
});

test('nothing is written where there is nothing', async t => {
	const out = makeBufferedWriter(async () => t.fail());
	await out.add('');
	await out.end();
	t.pass();
});

function makePromise() {
	let resolve = (): void => {};
	const promise = new Promise<void>(done => {
		resolve = done;
	});
	return {promise, resolve};
}
