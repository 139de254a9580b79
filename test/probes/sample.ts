import {readFileSync} from 'node:fs';
import test from 'ava';
import {versionNames} from '../../source/iana/versions.js';
import {largeHelloBytes} from '../../source/probes/versions/large-hello.js';
import {oneSample, type Samples, samplesOfEach, usualSamples} from '../../source/probes/versions/sample.js';
import {roundsOf} from '../helpers/depth.js';
import {all, honest, modern, tls10, tls11, tls12, tls13} from '../helpers/honest-server.js';
import {accepted, type PlayOptions, play, plays, summaries, tooOld} from '../helpers/play.js';
import {type Asked, alert, close, hold, type Move, reset, type Script} from '../helpers/script.js';

/** As the main command asks, and as `check` does. */
const main: PlayOptions = {samples: usualSamples, asksLargeHello: true};
const check: PlayOptions = {samples: usualSamples};

const healthy = honest({versions: modern});
const old = honest({versions: all});
const oldest = honest({versions: [tls10, tls11, tls12], refuseVersion: () => alert(70)});

/** Which of so many servers a connection is dealt to. */
type Deal = (asked: Asked) => number;

/** One old server, and as many others as the dealing knows. */
const fleet =
	(deal: Deal, oldOne: Script = old): Script =>
	asked =>
		deal(asked) === 0 ? oldOne(asked) : healthy(asked);

const inTurn =
	(servers: number, start: number): Deal =>
	({connection}) =>
		(connection + start) % servers;

/** Mulberry32: the same numbers in every run. */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d_2b_79_f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

const hasAcceptedOld = (script: Script, options: PlayOptions): boolean =>
	Object.entries(play(script, options).findings).some(([name, {status}]) => status === 'accepted' && ['TLSv1.0', 'TLSv1.1'].includes(name));

const manners: Readonly<Record<string, PlayOptions>> = {
	'the main command': main,
	'the main command with --versions all': {...main, versions: versionNames},
	'the library without the long hello': check,
	check: {...check, versions: versionNames},
};

for (const [title, options] of Object.entries(manners)) {
	test(`${title} never misses an old server of two or three that are dealt to in turn, nor of four where TLS 1.0 and 1.1 alone are sampled`, t => {
		const missed: string[] = [];
		for (const [kind, oldOne] of Object.entries({old, oldest})) {
			for (const servers of [2, 3, ...(options.versions === undefined ? [4] : [])]) {
				for (let start = 0; start < servers; start++) {
					if (!hasAcceptedOld(fleet(inTurn(servers, start), oldOne), options)) {
						missed.push(`${kind}, the ${start + 1}. of ${servers}`);
					}
				}
			}
		}

		t.deepEqual(missed, []);
	});
}

test('every version asked several times meets both of two servers, wherever the dealing begins', t => {
	const oldOne = honest({versions: [tls10, tls12]});
	for (const start of [0, 1]) {
		const {findings} = play(fleet(inTurn(2, start), oldOne), {samples: samplesOfEach(4)});
		t.deepEqual(
			Object.entries(findings).map(([name, {status, samples}]) => [name, status, samples!.accepted > 0, samples!.rejected > 0]),
			[
				['TLSv1.0', 'accepted', true, true],
				['TLSv1.1', 'rejected', false, true],
				['TLSv1.2', 'accepted', true, false],
				['TLSv1.3', 'accepted', true, true],
			],
		);
	}
});

/** What docs/verdicts.md says is missed: one version by three connections, two versions by six. */
const documented = [
	...readFileSync('docs/verdicts.md', 'utf8').matchAll(/^\| (\d+) \| [\d.]+ % \| ([\d.]+) % \| ([\d.]+) % \| [\d.]+ % \|$/gm),
].map(row => row.slice(1).map(Number)) as [number, number, number][];

const percent = (share: number): number => Number((100 * share).toFixed(1));

test('the table of the documentation is what the numbers come to', t => {
	t.deepEqual(
		documented,
		[2, 3, 4, 10].map(servers => [servers, percent((1 - 1 / servers) ** 3), percent((1 - 1 / servers) ** 6)]),
	);
});

for (const [servers, one, both] of documented.slice(0, 3)) {
	test(`of ${servers} servers dealt to by chance, three samples miss the old one as often as the documentation says`, t => {
		const random = seeded(servers);
		const runs = roundsOf(800, 100);
		const missedIn = (oldOne: Script): number => {
			let missed = 0;
			for (let run = 0; run < runs; run++) {
				missed += hasAcceptedOld(
					fleet(() => Math.floor(random() * servers), oldOne),
					check,
				)
					? 0
					: 1;
			}

			return (missed / runs) * 100;
		};

		for (const [expected, oldOne] of [
			[one, honest({versions: [tls10, tls12, tls13]})],
			[both, old],
		] as const) {
			const missed = missedIn(oldOne);
			// Four standard deviations.
			t.true(
				Math.abs(missed - expected) < 400 * Math.sqrt((expected / 100) * (1 - expected / 100) * (1 / runs)),
				`${missed} % of ${expected} %`,
			);
		}
	});
}

test('servers chosen by a hash of the source port are met about as by chance', t => {
	const hash = (port: number): number => Math.imul(Math.imul(port, 0x9e_37_79_b1) ^ (port >>> 7), 0x85_eb_ca_6b) >>> 17;
	const starts = Array.from({length: roundsOf(400, 100)}, (_, index) => 32_768 + index * 62);
	// Linux takes every second port for connections to one place.
	const missed = starts.filter(
		start =>
			!hasAcceptedOld(
				fleet(({connection}) => hash(start + connection * 2) % 2),
				main,
			),
	);
	t.true(missed.length < starts.length / 20, `${missed.length} of ${starts.length}`);
});

test('a healthy server costs nine connections in the main command, eight in check, four in a list', t => {
	const connections = (options: PlayOptions): number => play(healthy, options).exchanges.length;
	t.is(connections(main), 9);
	t.is(connections(check), 8);
	t.is(connections({samples: oneSample}), 4);
	t.is(connections({samples: samplesOfEach(1)}), 4);
	t.is(connections({samples: samplesOfEach(5)}), 20);
});

test('samples are spread in time, and two versions share a moment', t => {
	const times: number[] = [];
	play(
		asked => {
			times.push(Math.round(asked.atMs));
			return healthy(asked);
		},
		{samples: {count: 4, of: 'refused-old-versions'}},
	);
	const since = times.slice(4).map(time => time - times[4]!);
	t.deepEqual(since, [0, 0, 15, 15, 30, 30]);
});

test('what is counted is each connection with the hello that decided', t => {
	const {findings} = play(healthy, main);
	t.deepEqual(findings['TLSv1.0']!.samples, {accepted: 0, rejected: 3, inconclusive: 0});
	t.is(findings['TLSv1.2']!.samples, undefined);
	t.is(play(healthy).findings['TLSv1.0']!.samples, undefined);
});

test('an acceptance among the samples is what the finding shows', t => {
	const {findings, exchanges} = play(
		fleet(({connection}) => (connection === 7 ? 0 : 1)),
		main,
	);
	const {status, attempt, reason, samples} = findings['TLSv1.0']!;
	t.deepEqual([status, reason, samples], ['accepted', 'server-hello', {accepted: 1, rejected: 2, inconclusive: 0}]);
	t.is(attempt, 7);
	t.is(exchanges[attempt]!.outcome.kind, 'server-hello');
});

const twoAnswers = (): Script => {
	let count = 0;
	return asked => {
		count += asked.hello.version === tls10 ? 1 : 0;
		return asked.hello.version === tls10 && count === 1 ? old(asked) : healthy(asked);
	};
};

test('two different answers are undecided where one sample is taken, and an acceptance where several are', t => {
	plays(t, twoAnswers(), ['inconclusive unstable', tooOld, accepted, accepted], {samples: oneSample});
	const {findings} = plays(t, twoAnswers(), [accepted, tooOld, accepted, accepted], main);
	t.deepEqual(findings['TLSv1.0']!.samples, {accepted: 1, rejected: 2, inconclusive: 0});
});

test('an old server among those that reset old versions is found', t => {
	const resetting = honest({versions: modern, refuseVersion: () => [reset]});
	for (const start of [0, 1, 2, 3, 4, 5, 6]) {
		const found = hasAcceptedOld(asked => ((asked.connection + start) % 7 === 0 ? old : resetting)(asked), {
			...main,
			samples: samplesOfEach(8),
		});
		t.true(found, `${start}`);
	}
});

test('what a sample comes to beside an acceptance changes no verdict', t => {
	for (const moves of [[reset], [close], [hold], alert(80)]) {
		for (let from = 4; from < 10; from++) {
			const {findings} = plays(t, asked => (asked.connection < from ? healthy(asked) : moves), [tooOld, tooOld, accepted, accepted], main);
			const {accepted: yes, rejected, inconclusive} = findings['TLSv1.0']!.samples!;
			t.is(yes, 0);
			t.is(rejected + inconclusive, 3);
		}
	}
});

test('a deadline among the samples leaves the verdict as it was', t => {
	for (let mostExchanges = 4; mostExchanges < 9; mostExchanges++) {
		plays(t, healthy, [tooOld, tooOld, accepted, accepted], {...main, mostExchanges});
	}
});

test('a version that is accepted without the name alone stays undecided', t => {
	const byName: Script = asked =>
		asked.hello.serverName === undefined ? old(asked) : honest({versions: modern, refuseVersion: () => alert(40)})(asked);
	const without = summaries(play(byName));
	t.deepEqual(summaries(play(byName, main)), without);
	t.deepEqual(summaries(play(byName, {samples: samplesOfEach(4)})), without);
});

const servers: Readonly<Record<string, Script>> = {
	'that speaks all': old,
	'that speaks none of the old': healthy,
	'that resets old versions': honest({versions: modern, refuseVersion: () => [reset]}),
	'that answers old versions with an alert 40': honest({versions: modern, refuseVersion: () => alert(40)}),
	'that selects another version': honest({versions: [tls12]}),
	'that is silent': () => [hold],
	'that resets everything': () => [reset],
	'that speaks TLS 1.3 alone': honest({versions: [tls13]}),
};

for (const [kind, script] of Object.entries(servers)) {
	const verdicts: readonly [string, Samples][] = [
		['three', usualSamples],
		['five of each', samplesOfEach(5)],
	];
	for (const [many, samples] of verdicts) {
		test(`a server ${kind} gets the same verdict by ${many}`, t => {
			t.deepEqual(summaries(play(script, {samples, asksLargeHello: true})), summaries(play(script)));
		});
	}
}

/** Takes so many connections, then no more. */
const banning =
	(most: number, moves: readonly Move[]): Script =>
	asked =>
		asked.connection < most ? healthy(asked) : moves;

test('a server that bans after a few connections is judged as it was before', t => {
	const worse: string[] = [];
	for (let most = 4; most < 12; most++) {
		for (const moves of [[reset], [close], [hold], alert(80)] as const) {
			const before = summaries(play(banning(most, moves)));
			const now = summaries(play(banning(most, moves), main));
			worse.push(...now.filter((summary, index) => summary !== before[index]).map(summary => `${most}: ${summary}`));
		}
	}

	t.deepEqual(worse, []);
});

const isLarge = ({hello}: Asked): boolean => hello.bytes.length >= largeHelloBytes;

for (const [outcome, moves] of [
	['silent', [hold]],
	['closed', [close]],
	['reset', [reset]],
] as const) {
	test(`a server that is ${outcome} to hellos of more than one segment is judged, and it is said`, t => {
		const {findings, exchanges} = plays(t, asked => (isLarge(asked) ? moves : healthy(asked)), [tooOld, tooOld, accepted, accepted], main);
		t.deepEqual(findings['TLSv1.3']!.largeHello, {bytes: largeHelloBytes, outcome});
		t.is(exchanges.length, 11);
		t.is(play(asked => (isLarge(asked) ? moves : healthy(asked)), check).findings['TLSv1.3']!.largeHello, undefined);
	});
}

test('what is no matter of length is not said to be', t => {
	let count = 0;
	const scripts: Readonly<Record<string, Script>> = {
		'a hello that is lost once': asked => {
			count += isLarge(asked) ? 1 : 0;
			return isLarge(asked) && count === 1 ? [hold] : healthy(asked);
		},
		'an alert': asked => (isLarge(asked) ? alert(50) : healthy(asked)),
		'a server that takes eight connections': asked => (asked.connection > 3 ? [reset] : healthy(asked)),
	};
	for (const [title, script] of Object.entries(scripts)) {
		t.is(play(script, main).findings['TLSv1.3']!.largeHello, undefined, title);
	}
});

test('where TLS 1.2 is the newest version, its hello is the one that is made longer', t => {
	const {findings} = play(asked => (isLarge(asked) ? [hold] : honest({versions: [tls12]})(asked)), main);
	t.is(findings['TLSv1.2']!.largeHello?.outcome, 'silent');
	t.is(findings['TLSv1.3']!.largeHello, undefined);
});
