import test from 'ava';
import type {AnswerTo, Ask} from '../../../source/probes/probe.js';
import {isUnanswered} from '../../../source/probes/vulnerabilities/is-unanswered.js';

const silent = (receivedBytes: number) => ({kind: 'silent', afterMs: 5000, receivedBytes});
const turn = (end: string, size: number) => ({kind: 'turn', turn: {end, received: new Uint8Array(size)}, attempt: 0});

const cases: readonly (readonly [title: string, kind: Ask['kind'], answer: unknown, expected: boolean])[] = [
	['a hello without an answer', 'hello', {outcome: silent(0)}, true],
	['a hello that an alert refuses', 'hello', {outcome: {kind: 'alert'}}, false],
	['a handshake without an answer', 'handshake', {handshake: {kind: 'failed', how: silent(0)}}, true],
	['a handshake that was begun', 'handshake', {handshake: {kind: 'failed', how: silent(90)}}, false],
	[
		'a handshake that was completed, and a request without an answer',
		'handshake',
		{handshake: {kind: 'completed'}, answer: silent(0)},
		false,
	],
	['a first turn without an answer', 'records', turn('timeout', 0), true],
	['a first turn with a part of the answer', 'records', turn('timeout', 5), false],
	['a first turn that was closed', 'records', turn('closed', 0), false],
	['a later turn without an answer', 'turn', turn('timeout', 0), false],
];

for (const [title, kind, answer, expected] of cases) {
	test(`unanswered: ${title}: ${expected}`, t => {
		t.is(isUnanswered({kind} as Ask, answer as AnswerTo<Ask>), expected);
	});
}
