import test from 'ava';
import type {Outcome} from '../../source/exchange/outcome.js';
import {oneSample, usualSamples} from '../../source/probes/versions/sample.js';
import type {RefusalKind} from '../../source/transport/dialogue.js';
import {honest, modern, tls10} from '../helpers/honest-server.js';
import {accepted, play, summaries, tooOld} from '../helpers/play.js';
import {alert} from '../helpers/script.js';

const refused = (refusal: RefusalKind | undefined = 'not-offered'): Outcome => ({
	kind: 'starttls-refused',
	words: 'it does not list STARTTLS: 502',
	...(refusal === undefined ? {} : {refusal}),
});

const refusedWhere = (isRefusing: (connection: number) => boolean, refusal?: RefusalKind) => (connection: number) =>
	isRefusing(connection) ? refused(refusal) : undefined;

const decided = [tooOld, tooOld, accepted, accepted];

for (const samples of [oneSample, usualSamples]) {
	test(`a pool of which some servers refuse STARTTLS is decided all the same, ${samples.count} of each`, t => {
		const isRefusing: readonly ((connection: number) => boolean)[] = [
			connection => connection % 2 === 0,
			connection => connection % 2 === 1,
			connection => connection % 3 !== 0,
			connection => connection % 4 === 3,
			connection => connection < 4,
		];
		for (const [index, refuses] of isRefusing.entries()) {
			const played = play(honest({versions: modern}), {samples, connect: refusedWhere(refuses)});
			t.deepEqual(summaries(played), decided, `pool ${index}`);
			const counted = Object.values(played.findings).reduce((sum, {startTlsRefusals = 0}) => sum + startTlsRefusals, 0);
			t.is(counted, played.exchanges.filter(({outcome}) => outcome.kind === 'starttls-refused').length);
		}
	});
}

test('a version that is always refused, while others go through, is asked a bounded number of times, and stays open with the reason', t => {
	const script = honest({versions: [tls10, ...modern]});
	// Where the first connection of a round is for the oldest version, it is that one which is refused.
	const played = play(script, {connect: connection => (connection === 0 || connection >= 4 ? refused() : undefined)});
	const {findings, exchanges} = played;
	t.is(summaries(played)[0], 'inconclusive starttls-refused');
	t.is(findings['TLSv1.0']!.startTlsRefusals, 9);
	t.is(findings['TLSv1.2']!.status, 'accepted');
	t.true(exchanges.length < 50, `${exchanges.length} connections`);
});

test('a server that refuses STARTTLS every time is asked few times more, and not at all where more connections tell nothing', t => {
	const script = honest({versions: modern});
	const connections = (refusal: RefusalKind | undefined, versions?: readonly ['TLSv1.2']): number =>
		play(script, {connect: () => refused(refusal), ...(versions === undefined ? {} : {versions})}).exchanges.length;
	t.is(connections('not-offered'), 6);
	t.is(connections(undefined), 6);
	t.is(connections('not-offered', ['TLSv1.2']), 6);
	for (const kind of ['blocked', 'not-allowed', 'unknown-host', 'filtered', 'tls-at-once', 'other-protocol'] as const) {
		t.is(connections(kind), 4, kind);
	}

	t.true(Object.values(play(script, {connect: () => refused()}).findings).every(({startTlsRefusals}) => startTlsRefusals === undefined));
});

test('what was answered before stays the evidence, whatever is refused later', t => {
	const {findings} = play(() => alert(40), {connect: refusedWhere(connection => connection >= 4)});
	t.deepEqual(
		Object.values(findings).map(({status, reason}) => `${status} ${reason}`),
		Array.from({length: 4}, () => 'inconclusive alert'),
	);
});
