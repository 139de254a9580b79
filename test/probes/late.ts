import test from 'ava';
import {all, honest, modern, serverHelloMessage, tls10, tls11, tls12, tls13} from '../helpers/honest-server.js';
import {accepted, play, plays, refused, summaries, tooOld} from '../helpers/play.js';
import {type Asked, alert, close, type Move, records, reset, type Script, say, wait} from '../helpers/script.js';

const deadlineMs = 30_000;
const late = (forMs = 4000, last: Move = close): readonly Move[] => [wait(forMs), last];
const four = (summary: string): readonly string[] => Array.from({length: 4}, () => summary);
const connectionsFor = (exchanges: ReturnType<typeof play>['exchanges'], version: number): number =>
	exchanges.filter(({hello}) => hello.version === version).length;

for (const [forMs, mostMs] of [
	[2100, 15_000],
	[3000, 15_000],
	[4000, 20_000],
	[4900, 25_000],
] as const) {
	test(`old versions that are closed after ${forMs} ms are rejected within ${mostMs} ms`, t => {
		for (const last of [close, reset]) {
			const summary = `rejected ${last.kind === 'close' ? 'closed' : 'reset'}`;
			const {elapsedMs, findings} = plays(t, honest({refuseVersion: () => late(forMs, last)}), [summary, summary, accepted, accepted], {
				deadlineMs,
			});
			t.true(elapsedMs < mostMs, `${elapsedMs} ms`);
			t.true(findings['TLSv1.0']!.controls.length >= 2);
		}
	});
}

test('any version that is closed late is rejected in time, alone or with others', t => {
	const closesLate = (...versions: number[]): Script =>
		honest({versions: all.filter(code => !versions.includes(code)), refuseVersion: () => late()});
	plays(t, closesLate(tls13), [accepted, accepted, accepted, 'rejected closed'], {deadlineMs});
	plays(t, closesLate(tls10), ['rejected closed', accepted, accepted, accepted], {deadlineMs});
	plays(t, closesLate(tls10, tls11, tls13), ['rejected closed', 'rejected closed', accepted, 'rejected closed'], {deadlineMs});
	plays(t, closesLate(tls10), ['rejected closed'], {deadlineMs, versions: ['TLSv1.0']});
});

test('a server that closes everything late is known after the second close, and two shapes of each version', t => {
	for (const forMs of [2500, 3000, 4900]) {
		const {elapsedMs, exchanges} = plays(t, () => late(forMs), four('inconclusive closed'), {deadlineMs});
		t.is(exchanges.length, 8);
		t.true(elapsedMs < 2.5 * forMs, `${elapsedMs} ms`);
	}

	const {exchanges} = plays(t, ({hello}) => (hello.version === tls13 ? [close] : late()), four('inconclusive closed'), {deadlineMs});
	t.is(connectionsFor(exchanges, tls13), 2);
});

test('a late close is no refusal where a later try or another shape is answered', t => {
	const seen = new Set<string>();
	const onceLate: Script = asked => {
		const key = `${asked.hello.version} ${asked.hello.suites.length} ${asked.hello.extensions?.length}`;
		const isFirst = !seen.has(key);
		seen.add(key);
		return isFirst && !modern.includes(asked.hello.version) ? late() : honest({versions: all})(asked);
	};

	plays(t, onceLate, four(accepted), {deadlineMs});
	// Intolerant of extensions in old versions, where it waits for what never comes.
	plays(
		t,
		asked => (asked.hello.version < tls12 && asked.hello.extensions !== undefined ? late() : honest({versions: all})(asked)),
		four(accepted),
		{deadlineMs},
	);
});

test('an old version that is closed late, and accepted from the shape listed, is accepted', t => {
	const {findings} = plays(
		t,
		asked => (asked.hello.supportedVersions === undefined && asked.hello.version < tls12 ? late() : honest({versions: all})(asked)),
		four(accepted),
		{deadlineMs},
	);
	t.is(findings['TLSv1.0']!.shape, 'listed');
});

test('alert 70 after a late close is what counts', t => {
	let count = 0;
	plays(
		t,
		honest({
			refuseVersion() {
				count += 1;
				return count <= 2 ? late() : alert(70);
			},
		}),
		[tooOld, tooOld, accepted, accepted],
		{deadlineMs},
	);
});

test('an alert that comes late refuses after the whole ladder, several rungs at once', t => {
	const {elapsedMs} = plays(t, honest({refuseVersion: () => [wait(3000), ...alert(40)]}), [refused, refused, accepted, accepted], {
		deadlineMs,
	});
	t.true(elapsedMs < deadlineMs, `${elapsedMs} ms`);
});

test('a late close on one rung among alerts does not end the ladder', t => {
	plays(
		t,
		asked => (modern.includes(asked.hello.version) ? honest()(asked) : asked.hello.extensions === undefined ? late() : alert(40)),
		[refused, refused, accepted, accepted],
		{deadlineMs},
	);
});

/** Every connection that the limit does not like is closed late. */
const limits: Readonly<Record<string, () => (asked: Asked) => boolean>> = {
	'more than one at once': () => asked => asked.atOnce > 1,
	'more than two at once': () => asked => asked.atOnce > 2,
	'more than three at once': () => asked => asked.atOnce > 3,
	'every second': () => asked => asked.connection % 2 === 1,
	'every third': () => asked => asked.connection % 3 === 0,
	'all from the fifth on': () => asked => asked.connection >= 4,
	'all from the seventh on': () => asked => asked.connection >= 6,
	'all from the fifteenth on': () => asked => asked.connection >= 14,
	'more than two in a second': () => {
		let times: number[] = [];
		return ({atMs}) => {
			times = [...times.filter(time => atMs - time < 1000), atMs];
			return times.length > 2;
		};
	},
};

test('limits that close late make no version that is spoken a rejected one', t => {
	const wrong: string[] = [];
	for (const [name, makeLimit] of Object.entries(limits)) {
		for (const versions of [all, modern, [tls10, tls12], [tls11, tls13], [tls13]]) {
			for (const refuseVersion of [() => alert(70), () => alert(40), () => [close], () => late()]) {
				for (const forMs of [2500, 4000]) {
					const isOver = makeLimit();
					const script = honest({versions, refuseVersion});
					const found = summaries(play(asked => (isOver(asked) ? late(forMs) : script(asked)), {deadlineMs}));
					const lies = found.filter((status, index) => status.startsWith(versions.includes(all[index]!) ? 'rejected' : 'accepted'));
					wrong.push(...lies.map(lie => `${name} ${versions.join()}: ${lie} in ${found.join(', ')}`));
				}
			}
		}
	}

	t.deepEqual(wrong, []);
});

test('connections that are closed late by chance make no version a rejected one', t => {
	let seed = 5;
	const chance = (): number => {
		seed = (seed * 48_271) % 2_147_483_647;
		return seed / 2_147_483_647;
	};

	const wrong: string[] = [];
	for (let run = 0; run < 400; run++) {
		const rate = (run % 20) / 20;
		const found = summaries(
			play(asked => (chance() < rate ? late(3000) : honest({versions: all})(asked)), {deadlineMs, serverName: undefined}),
		);
		wrong.push(...found.filter(summary => summary.startsWith('rejected')).map(summary => `${rate}: ${summary}`));
	}

	t.deepEqual(wrong, []);
});

test('a byte a second is silence', t => {
	const slow: Script = ({hello}) => Array.from(records(serverHelloMessage(hello)), byte => [say(Uint8Array.of(byte)), wait(1000)]).flat();
	plays(t, slow, four('inconclusive silent'), {deadlineMs});
	plays(t, asked => (asked.hello.version === tls11 ? slow(asked) : honest()(asked)), [tooOld, 'inconclusive silent', accepted, accepted], {
		deadlineMs,
	});
});
