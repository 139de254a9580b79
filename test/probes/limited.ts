import test from 'ava';
import {usualSamples} from '../../source/probes/versions/sample.js';
import {range, roundsOf, rowsOf} from '../helpers/depth.js';
import {accept, all, honest, modern, tls10, tls11, tls12, tls13} from '../helpers/honest-server.js';
import {accepted, play, plays, refused, summaries, tooOld} from '../helpers/play.js';
import {type Asked, alert, alertBytes, close, type Move, reset, type Script, say} from '../helpers/script.js';

/** Whether this connection is one too many. */
type Limit = (asked: Asked) => boolean;

const atOnce =
	(most: number): (() => Limit) =>
	() =>
	asked =>
		asked.atOnce > most;

/** So many in every second that has begun. */
const perSecond =
	(most: number): (() => Limit) =>
	() => {
		let second = -1;
		let count = 0;
		return ({atMs}) => {
			const now = Math.floor(atMs / 1000);
			count = now === second ? count + 1 : 1;
			second = now;
			return count > most;
		};
	};

/** So many in any stretch of a second; those refused count or do not. */
const inAnySecond =
	(most: number, isRefusedCounted: boolean): (() => Limit) =>
	() => {
		let times: number[] = [];
		return ({atMs}) => {
			times = times.filter(time => atMs - time < 1000);
			const isOver = times.length >= most;
			if (!isOver || isRefusedCounted) {
				times.push(atMs);
			}

			return isOver;
		};
	};

/** A bucket of tokens that fills at `rate` a second. */
const bucket =
	(size: number, rate: number): (() => Limit) =>
	() => {
		let tokens = size;
		let last = 0;
		return ({atMs}) => {
			tokens = Math.min(size, tokens + ((atMs - last) / 1000) * rate);
			last = atMs;
			const isOver = tokens < 1;
			tokens -= isOver ? 0 : 1;
			return isOver;
		};
	};

const limits: Readonly<Record<string, () => Limit>> = {
	'more than one at once': atOnce(1),
	'more than two at once': atOnce(2),
	'more than three at once': atOnce(3),
	'more than one a second': perSecond(1),
	'more than two a second': perSecond(2),
	'more than five a second': perSecond(5),
	'more than one in any second': inAnySecond(1, false),
	'more than two in any second': inAnySecond(2, false),
	'more than three in any second': inAnySecond(3, false),
	'more than one in any second, refused ones counted': inAnySecond(1, true),
	'more than two in any second, refused ones counted': inAnySecond(2, true),
	'more than a bucket of one, two a second': bucket(1, 2),
	'more than a bucket of three, one a second': bucket(3, 1),
	'more than a bucket of five, two a second': bucket(5, 2),
	'more than a bucket of two, five a second': bucket(2, 5),
};

const limited =
	(script: Script, isOver: Limit, moves: readonly Move[]): Script =>
	asked =>
		isOver(asked) ? moves : script(asked);

const manners: Readonly<Record<string, readonly Move[]>> = {
	resets: [reset],
	closes: [close],
	'says goodbye to': [say(alertBytes(0, 1)), close],
};

const rows = Object.entries(limits).flatMap(([name, makeLimit]) =>
	Object.entries(manners).map(([manner, moves]) => ({name, makeLimit, manner, moves})),
);

for (const {name, makeLimit, manner, moves} of rowsOf(rows, 15, row => row.name)) {
	test(`a server that ${manner} ${name} gets the verdict that it gets without the limit`, t => {
		plays(t, limited(honest(), makeLimit(), moves), [tooOld, tooOld, accepted, accepted]);
		plays(t, limited(honest({versions: all}), makeLimit(), moves), [accepted, accepted, accepted, accepted]);
		plays(t, limited(honest({versions: [tls12]}), makeLimit(), moves), [tooOld, tooOld, accepted, tooOld]);
		// Samples come on top of what the verdict took, and a limit on them must not touch it.
		plays(t, limited(honest(), makeLimit(), moves), [tooOld, tooOld, accepted, accepted], {samples: usualSamples, asksLargeHello: true});
	});
}

/** Which of the versions that the server speaks came out as rejected, and the reverse. */
const lies = (found: readonly string[], spoken: readonly number[]): string[] =>
	found.filter((status, index) => status.startsWith(spoken.includes(all[index]!) ? 'rejected' : 'accepted'));

test('a limit never makes a version that is spoken a rejected one, whatever else the server refuses, and how', t => {
	const refusals = [() => alert(40), () => [reset], () => [close]];
	const cases = Object.entries(limits).flatMap(([name, makeLimit]) =>
		[...Object.values(manners), alert(80)].flatMap(moves =>
			[modern, all, [tls10], [tls13], [tls11, tls13]].flatMap(versions =>
				refusals.map(refuse => ({name, makeLimit, moves, versions, refuse})),
			),
		),
	);
	const wrong = rowsOf(cases, 101).flatMap(({name, makeLimit, moves, versions, refuse}) => {
		const found = summaries(
			play(limited(honest({versions, refuse, refuseVersion: refuse}), makeLimit(), moves), {mostExchanges: 300, serverName: undefined}),
		);
		return lies(found, versions).map(lie => `${name} ${versions.join()}: ${lie}`);
	});
	t.deepEqual(wrong, []);
});

test('a server that answers every so-manieth connection is not believed to refuse', t => {
	const wrong: string[] = [];
	for (let period = 2; period <= 9; period++) {
		for (const pattern of rowsOf(range(1, 2 ** period - 2), 16)) {
			const isOver: Limit = ({connection}) => (pattern & (1 << (connection % period))) === 0;
			const versions = pattern % 2 === 0 ? all : modern;
			const found = summaries(play(limited(honest({versions}), isOver, [reset]), {mostExchanges: 300, serverName: undefined}));
			wrong.push(...lies(found, versions).map(lie => `${pattern.toString(2)} of ${period}: ${lie} in ${found.join(', ')}`));
		}
	}

	t.deepEqual(wrong, []);
});

test('a server that drops connections by chance is not believed to refuse', t => {
	let seed = 1;
	const chance = (): number => {
		seed = (seed * 48_271) % 2_147_483_647;
		return seed / 2_147_483_647;
	};

	const wrong: string[] = [];
	for (let run = 0; run < roundsOf(400, 60); run++) {
		const rate = (run % 20) / 20;
		const found = summaries(
			play(
				limited(honest({versions: all}), () => chance() < rate, [reset]),
				{mostExchanges: 300, serverName: undefined},
			),
		);
		wrong.push(...lies(found, all).map(lie => `${rate}: ${lie}`));
	}

	t.deepEqual(wrong, []);
});

test('a server that bans after so many connections is not believed to refuse what it was not asked before', t => {
	const odd = 0xc0_9c;
	const wrong: string[] = [];
	for (const most of rowsOf(range(1, 119), 24)) {
		for (const refuse of [() => alert(40), () => [reset]]) {
			const script = honest({versions: modern, refuseVersion: refuse, refuse});
			const oddOnly = honest({versions: [tls10], suites: [odd], refuse});
			const found = summaries(
				play(asked => (asked.connection >= most ? [reset] : asked.hello.version === tls10 ? oddOnly(asked) : script(asked))),
			);
			wrong.push(...lies(found, [tls10, ...modern]).map(lie => `${most}: ${lie} in ${found.join(', ')}`));
		}
	}

	t.deepEqual(wrong, []);
});

test('the first try that is reset and the second that is answered is an answer', t => {
	const seen = new Set<string>();
	const script: Script = asked => {
		const key = `${asked.hello.version} ${asked.hello.suites.join()}`;
		const isFirst = !seen.has(key);
		seen.add(key);
		return isFirst ? [reset] : honest()(asked);
	};

	plays(t, script, [tooOld, tooOld, accepted, accepted]);
});

test('hang-ups that repeat while another version is accepted, before and after, are a refusal', t => {
	const {findings, exchanges} = plays(t, honest({refuseVersion: () => [reset]}), ['rejected reset', 'rejected reset', accepted, accepted]);
	t.true(findings['TLSv1.0']!.controls.length > 0);
	t.true(findings['TLSv1.0']!.attempts.length > 1);
	t.true(exchanges.length < 80, `${exchanges.length} connections`);
	plays(t, honest({refuseVersion: () => [close]}), ['rejected closed', 'rejected closed', accepted, accepted]);
	plays(t, honest({versions: [tls12], refuse: () => [close], refuseVersion: () => [close]}), [
		'rejected closed',
		'rejected closed',
		accepted,
		'rejected closed',
	]);
});

test('hang-ups without any acceptance are no refusal', t => {
	const {elapsedMs} = plays(
		t,
		() => [reset],
		Array.from({length: 4}, () => 'inconclusive reset'),
	);
	t.true(elapsedMs < 10_000);
	plays(
		t,
		() => [close],
		Array.from({length: 4}, () => 'inconclusive closed'),
	);
	plays(t, () => [close], ['inconclusive closed'], {versions: ['TLSv1.0']});
});

test('one version alone is held against those that were not asked for', t => {
	plays(t, honest({refuseVersion: () => [reset]}), ['rejected reset'], {versions: ['TLSv1.0']});
	plays(t, honest({refuseVersion: () => alert(40)}), [refused], {versions: ['TLSv1.0']});
	plays(t, honest({suites: [0xc0_9c], versions: [tls12], refuseVersion: () => alert(40)}), [refused], {versions: ['TLSv1.0']});
	plays(t, accept, [accepted], {versions: ['TLSv1.1']});
});

test('two different answers to the same hello are asked a third time, and are no verdict', t => {
	const flipping = (kinds: readonly Script[], of: (asked: Asked) => boolean): Script => {
		let count = 0;
		return asked => {
			if (!of(asked)) {
				return honest({versions: modern})(asked);
			}

			count += 1;
			return kinds[(count - 1) % kinds.length]!(asked);
		};
	};

	const isTls10: (asked: Asked) => boolean = ({hello}) => hello.version === tls10;
	const {findings} = plays(t, flipping([accept, () => alert(40)], isTls10), ['inconclusive unstable', tooOld, accepted, accepted]);
	t.is(findings['TLSv1.0']!.attempts.length, 3);
	plays(t, flipping([accept, () => alert(70), accept], isTls10), ['inconclusive unstable', tooOld, accepted, accepted]);
	plays(t, flipping([() => alert(40), accept, accept], isTls10), ['inconclusive unstable', tooOld, accepted, accepted]);
});

test('time may be up at any moment, and before a version that serves as a control was asked', t => {
	const busyAtFirst: Script = asked => (asked.connection < 3 ? [close] : asked.hello.version === tls13 ? accept(asked) : alert(40));
	for (const mostExchanges of rowsOf(range(1, 80), 20)) {
		const {findings} = play(busyAtFirst, {versions: ['SSLv3', 'TLSv1.0'], mostExchanges});
		t.deepEqual(Object.keys(findings), ['SSLv3', 'TLSv1.0']);
		t.true(Object.values(findings).every(({status}) => status !== 'accepted'));
	}
});
