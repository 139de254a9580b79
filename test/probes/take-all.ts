import test from 'ava';
import {makeServerState} from '../../source/probes/taking/ask-one.js';
import {inOrderOf, takeAll} from '../../source/probes/taking/take-all.js';
import {makeDraw} from '../helpers/draw.js';
import {type ChoosingServer, offerSuites, playTakeAll, selecting} from '../helpers/play-take-all.js';

/* Lists that are offered before they are known to be needed change nothing of what is found. */

const tls12 = 0x03_03;
function take(server: ChoosingServer, codes: readonly number[], ahead: number, isLikely?: (code: number) => boolean) {
	return playTakeAll(tls12, server, codes, {first: ahead, most: ahead, guess: inOrderOf(codes, isLikely)});
}

const codes = Array.from({length: 20}, (_, index) => 0xc0_00 + index);

test('what is found, and in which order, is the same with lists ahead and without', t => {
	const draw = makeDraw(3);
	for (let run = 0; run < 300; run++) {
		const accepts = codes.filter(() => draw() < 0.4).toSorted(() => draw() - 0.5);
		for (const isByClient of [true, false]) {
			const server = {accepts, isByClient};
			const alone = take(server, codes, 1);
			t.is(alone.connections, accepts.length + (accepts.length < codes.length ? 1 : 0));
			for (const ahead of [2, 3]) {
				const {taken, steps} = take(server, codes, ahead);
				t.deepEqual(taken, alone.taken);
				t.true(steps <= alone.steps);
				const likely = new Set(codes.filter(() => draw() < 0.5));
				t.deepEqual(take(server, codes, ahead, code => likely.has(code)).taken, alone.taken);
			}
		}
	}
});

test('a server that goes by the order of the list is asked in a third of the steps, and in few connections more', t => {
	for (const count of [1, 5, 12]) {
		const {steps, connections} = take({accepts: codes.slice(0, count), isByClient: true}, codes, 3);
		t.true(steps <= 2 + Math.ceil(count / 3), `${steps} steps for ${count}`);
		t.true(connections <= count + 3, `${connections} connections for ${count}`);
	}

	// The order of the server's own is noticed with the first choice.
	const {connections} = take({accepts: codes.toReversed(), isByClient: false}, codes, 3);
	t.is(connections, codes.length);
});

test('codes that are unlikely are not guessed, and found all the same', t => {
	const accepts = codes.filter(code => code % 2 === 0);
	const guessing = take({accepts, isByClient: true}, codes, 3);
	const knowing = take({accepts, isByClient: true}, codes, 3, code => accepts.includes(code));
	t.deepEqual(knowing.taken, guessing.taken);
	t.true(knowing.steps < guessing.steps, `${knowing.steps} of ${guessing.steps} steps`);
	t.true(knowing.connections < guessing.connections);
	t.deepEqual(take({accepts, isByClient: true}, codes, 3, code => !accepts.includes(code)).taken, guessing.taken);
});

test('where a connection more is reset, no more of them are made, and all is found', t => {
	const {taken, connections} = take({accepts: codes.slice(0, 9), isByClient: true, isReset: place => place > 0}, codes, 3);
	t.deepEqual(taken.accepted, codes.slice(0, 9));
	t.is(taken.ending, 'refused');
	t.true(connections <= 9 + 1 + 2, String(connections));
});

test('a list that was reset early and answered later shows that resets are chance', t => {
	const state = makeServerState(5);
	const conversation = takeAll(state, offerSuites(tls12), [1, 2, 3, 4, 5], {first: 3, most: 3, guess: inOrderOf([1, 2, 3, 4, 5])});
	const sent = new Map<string, number>();
	let step = conversation.next([]);
	while (!step.done) {
		step = conversation.next(
			step.value.map(({hello: {cipherSuites}}) => {
				const key = cipherSuites.join();
				sent.set(key, (sent.get(key) ?? 0) + 1);
				const chosen = cipherSuites.find(code => code <= 3);
				const isReset = chosen === undefined || (key === '3,4,5' && sent.get(key) === 1);
				return {outcome: isReset ? ({kind: 'reset'} as const) : selecting(tls12, chosen), attempt: 0, durationMs: 1};
			}),
		);
	}

	t.deepEqual(step.value.accepted, [1, 2, 3]);
	t.is(sent.get('3,4,5'), 2);
	t.true(state.closesByChance);
});
