import test from 'ava';
import type {HelloSpec} from '../../source/exchange/hello-spec.js';
import {askAgainForStaples} from '../../source/probes/certificates/ask-again-for-staples.js';
import type {ShownBy} from '../../source/probes/certificates/show-identities.js';
import type {Conversation} from '../../source/probes/probe.js';
import {timed} from '../../source/probes/taking/timed.js';
import {integer, sequence} from '../helpers/certificates/der.js';
import {extension, issue} from '../helpers/certificates/issue.js';

const helloOf = (shape: string): HelloSpec => ({version: 0x03_03, shape, cipherSuites: [0x00_2f]});
const [first, second, third] = [helloOf('first'), helloOf('second'), helloOf('third')] as const;

function* talk(): Conversation<string> {
	yield [
		{kind: 'hello', hello: first},
		{kind: 'hello', hello: second},
	];
	yield [{kind: 'hello', hello: third, pauseMs: 100}];
	yield [{kind: 'hello', hello: first}];
	return 'done';
}

test('how long ago each hello was answered first is at least what its later steps took', t => {
	const conversation = timed(talk());
	const durations = new Map([
		[first, 30],
		[second, 50],
		[third, 20],
	]);
	let step = conversation.next([]);
	while (!step.done) {
		const answers = step.value.map(({hello}, attempt) => ({
			outcome: {kind: 'silent', waitedMs: 0} as never,
			attempt,
			durationMs: durations.get(hello)!,
		}));
		step = conversation.next(answers);
	}

	t.is(step.value.value, 'done');
	t.deepEqual(
		[first, second, third].map(hello => step.done && step.value.sinceMs.get(hello)),
		[150, 150, 30],
	);
});

test('the second request for a staple comes a second after the certificate was shown, not after the last answer', t => {
	const mustStaple = extension('1.3.6.1.5.5.7.1.24', sequence(integer(5)));
	const [one, other] = [issue({more: [mustStaple]}), issue({more: [mustStaple]})];
	const shownBy = (hello: HelloSpec, der: Uint8Array): ShownBy => ({
		...{chain: [der], ocspResponse: undefined, sctList: undefined, version: 0x03_03, serverName: undefined, authentication: 'ECDSA'},
		hello,
	});
	const sinceMs = new Map([
		[first, 400],
		[second, 150],
		[third, 1700],
	]);
	const pauses = (...shown: readonly ShownBy[]) => {
		const {value} = askAgainForStaples(shown, sinceMs).next([]);
		return Array.isArray(value) && 'kind' in (value[0] ?? {}) ? value.map(({pauseMs}) => pauseMs) : [];
	};
	t.deepEqual(pauses(shownBy(first, one.der)), [600]);
	t.deepEqual(pauses(shownBy(second, one.der), shownBy(first, one.der)), [600]);
	t.deepEqual(pauses(shownBy(first, one.der), shownBy(second, other.der)).toSorted(), [600, 850]);
	t.deepEqual(pauses(shownBy(third, one.der)), [0]);
	t.deepEqual(pauses({...shownBy(first, one.der), ocspResponse: Buffer.of(1)}), []);
});
