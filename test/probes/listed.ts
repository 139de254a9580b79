import test from 'ava';
import {range, roundsOf, rowsOf} from '../helpers/depth.js';
import {all, honest, modern, retryMessage, serverHelloMessage, tls10, tls11, tls12, tls13} from '../helpers/honest-server.js';
import {accepted, play, plays, summaries, tooOld} from '../helpers/play.js';
import {type Asked, alert, close, hold, type Move, records, reset, type Script, say} from '../helpers/script.js';

const closed = 'rejected closed';

/** As nginx reads a version: any `supported_versions` is TLS 1.3. */
const passesListed = ({hello}: Asked): boolean => hello.supportedVersions !== undefined || hello.version >= tls12;

/** As HAProxy reads a version: by `legacy_version`. */
const passesLegacyVersion = ({hello}: Asked): boolean => hello.legacyVersion >= tls12;

/** A gate in front of a server: what it does not let pass it closes or resets. */
const gate =
	(behind: Script, passes = passesListed, moves: readonly Move[] = [close]): Script =>
	asked =>
		passes(asked) ? behind(asked) : moves;

const isListed = ({hello}: Asked): boolean => hello.supportedVersions !== undefined && hello.version < tls13;

/** A gate in front of a server of TLS 1.2 and 1.3 that has an answer of its own to hellos that list an old version. */
const answering = (answer: Script): Script => gate(asked => (isListed(asked) ? answer(asked) : honest()(asked)));

const select =
	(version: number): Script =>
	({hello}) => [say(records(serverHelloMessage({...hello, version}))), hold];

for (const [name, passes] of Object.entries({supported_versions: passesListed, legacy_version: passesLegacyVersion})) {
	for (const move of [close, reset]) {
		test(`behind a gate by ${name} that refuses by ${move.kind}, old versions are accepted from the shape listed`, t => {
			const {findings} = plays(
				t,
				gate(honest({versions: all}), passes, [move]),
				all.map(() => accepted),
			);
			t.deepEqual(
				Object.values(findings).map(({shape}) => shape),
				['listed', 'listed', 'short', 'short'],
			);
		});
	}
}

test('each old version behind a gate has its own answer', t => {
	plays(t, gate(honest({versions: [tls10, ...modern]})), [accepted, closed, accepted, accepted]);
	plays(t, gate(honest({versions: [tls11, ...modern]})), [closed, accepted, accepted, accepted]);
	plays(t, gate(honest({versions: [tls10, tls12]})), [accepted, closed, accepted, tooOld]);
	plays(t, gate(honest({versions: all})), [accepted], {versions: ['TLSv1.0']});
});

test('a server of old versions alone behind a gate shows one of them', t => {
	const {findings} = play(gate(honest({versions: [tls10]}), ({hello}) => hello.supportedVersions !== undefined));
	t.is(findings['TLSv1.0']!.status, 'accepted');
	t.is(findings['TLSv1.1']!.status, 'inconclusive');
	t.not(findings['TLSv1.2']!.status, 'accepted');
	t.not(findings['TLSv1.3']!.status, 'accepted');
});

test('an answer to the shape listed that selects another version refuses, and the reason stays the close', t => {
	// A server of TLS 1.2 that knows nothing of the extension goes by legacy_version.
	plays(t, answering(select(tls12)), [closed, closed, accepted, accepted]);
	plays(t, answering(select(tls13)), [closed, closed, accepted, accepted]);
	plays(t, answering(select(tls11)), [closed, accepted, accepted, accepted]);
	plays(t, answering(select(tls10)), [accepted, closed, accepted, accepted]);
	plays(
		t,
		answering(({hello}) => [say(records(retryMessage({...hello, version: tls13}, 0x00_17))), hold]),
		[closed, closed, accepted, accepted],
	);
});

test('an alert to the shape listed refuses, and the reason stays the close', t => {
	for (const description of [70, 40, 80]) {
		plays(
			t,
			answering(() => alert(description)),
			[closed, closed, accepted, accepted],
		);
	}
});

test('no refusal rests on a shape listed that was not refused', t => {
	for (const [moves, reason] of [
		[[hold], 'silent'],
		[[say(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')), close], 'not-tls http'],
		[[say(Uint8Array.of(22, 3, 3, 0, 40, 2, 0)), close], 'malformed'],
		[alert(112), 'alert unrecognized_name'],
	] as const) {
		plays(
			t,
			answering(() => moves),
			[`inconclusive ${reason}`, `inconclusive ${reason}`, accepted, accepted],
		);
	}
});

test('two different answers to the shape listed are unstable', t => {
	let count = 0;
	plays(
		t,
		answering(asked => {
			count += asked.hello.version === tls10 ? 1 : 0;
			return asked.hello.version === tls10 && count % 2 === 1 ? honest({versions: all})(asked) : alert(70);
		}),
		['inconclusive unstable', closed, accepted, accepted],
	);
});

test('the shape listed is asked only where an old version is hung up on, and something is answered', t => {
	const shapesOf = (script: Script): Set<string> => new Set(play(script).exchanges.map(({hello}) => hello.shape));
	t.false(shapesOf(honest()).has('listed'));
	t.false(shapesOf(honest({refuseVersion: () => alert(40)})).has('listed'));
	t.false(shapesOf(honest({versions: all})).has('listed'));
	t.false(shapesOf(() => [close]).has('listed'));
	t.true(shapesOf(honest({refuseVersion: () => [close]})).has('listed'));
	const {exchanges} = play(honest({versions: [tls11, ...modern], refuseVersion: () => [reset]}));
	t.deepEqual([...new Set(exchanges.filter(({hello}) => hello.shape === 'listed').map(({hello}) => hello.version))], [tls10]);
});

test('time that runs out on the way to the shape listed makes no refusal', t => {
	const script = gate(honest({versions: all}));
	const most = play(script).exchanges.length;
	for (const mostExchanges of rowsOf(range(1, most - 1), 24)) {
		t.deepEqual(
			summaries(play(script, {mostExchanges})).filter(summary => summary.startsWith('rejected')),
			[],
			`${mostExchanges} exchanges`,
		);
	}
});

test('a gate and connections that are dropped by chance make no refusal of what is accepted', t => {
	let seed = 11;
	const chance = (): number => {
		seed = (seed * 48_271) % 2_147_483_647;
		return seed / 2_147_483_647;
	};

	const behind = gate(honest({versions: all}));
	const wrong: string[] = [];
	for (let run = 0; run < roundsOf(400, 60); run++) {
		const rate = (run % 20) / 20;
		const found = summaries(play(asked => (chance() < rate ? [reset] : behind(asked)), {mostExchanges: 300, serverName: undefined}));
		wrong.push(...found.filter(summary => summary.startsWith('rejected')).map(summary => `${rate}: ${summary}`));
	}

	t.deepEqual(wrong, []);
});
