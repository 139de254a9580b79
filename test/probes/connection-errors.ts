import test from 'ava';
import type {Outcome} from '../../source/exchange/outcome.js';
import {roundsOf} from '../helpers/depth.js';
import {honest, modern, tls10} from '../helpers/honest-server.js';
import {accepted, play, plays, summaries} from '../helpers/play.js';
import {alert, close, reset, type Script} from '../helpers/script.js';

const errors: readonly Outcome[] = [
	{kind: 'unreachable', stage: 'connect', code: 'ECONNREFUSED'},
	{kind: 'unreachable', stage: 'connect', code: 'ETIMEDOUT'},
	{kind: 'unreachable', stage: 'proxy', code: 'ECONNREFUSED'},
	{kind: 'proxy-refused', words: '503 Service Unavailable'},
	{kind: 'starttls-refused', words: '421 too many connections', isRefusedEarly: true},
	{kind: 'starttls-refused', words: '454 not now'},
];

/** Whatever can be connected to for a time, and then no more. */
const until =
	(most: number, error: Outcome) =>
	(connection: number): Outcome | undefined =>
		connection >= most ? error : undefined;

const refusing = (description: number): Script => honest({refuseVersion: () => alert(description)});

for (const error of errors) {
	const name = error.kind === 'unreachable' ? `${error.stage} ${error.code}` : 'words' in error ? error.words : error.kind;

	test(`${name} on a later try leaves the alert of an earlier one as the evidence`, t => {
		for (const most of [4, 5, 6, 10]) {
			const {findings} = plays(
				t,
				refusing(40),
				['inconclusive alert handshake_failure', 'inconclusive alert handshake_failure', accepted, accepted],
				{connect: until(most, error)},
			);
			t.is(findings['TLSv1.0']!.attempt, 0);
		}

		const {findings} = play(() => alert(40), {connect: until(4, error)});
		t.deepEqual(
			Object.values(findings).map(({reason}) => reason),
			['alert', 'alert', 'alert', 'alert'],
		);
		t.is(play(() => alert(70), {connect: until(4, error), versions: ['TLSv1.0']}).findings['TLSv1.0']!.reason, 'alert');
	});

	test(`${name} on a later try makes no refusal, and does not take back what was accepted`, t => {
		for (const script of [refusing(40), refusing(80), honest({refuseVersion: () => [close]}), honest({refuseVersion: () => [reset]})]) {
			const whole = play(script).exchanges.length;
			for (let most = 4; most < whole; most += roundsOf(3, 12)) {
				const found = summaries(play(script, {connect: until(most, error)}));
				t.deepEqual(found.slice(2), [accepted, accepted], `${most} connections`);
				t.true(
					found.slice(0, 2).every(summary => summary.startsWith('inconclusive')),
					`${most} connections: ${found.join(', ')}`,
				);
			}
		}
	});

	test(`${name} between answers changes nothing`, t => {
		const script = honest({versions: [tls10, ...modern]});
		for (let broken = 4; broken < 8; broken++) {
			t.deepEqual(
				summaries(play(script, {connect: connection => (connection === broken ? error : undefined)})).map(summary => summary.split(' ')[0]),
				['accepted', 'rejected', 'accepted', 'accepted'],
			);
		}
	});
}
