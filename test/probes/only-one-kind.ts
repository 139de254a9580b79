import test from 'ava';
import {keyExchangeOf} from '../../source/exchange/key-exchange.js';
import {cipherSuites} from '../../source/iana/cipher-suites.js';
import {groups} from '../../source/iana/groups.js';
import {signatureSchemes} from '../../source/iana/signature-schemes.js';
import {rowsOf} from '../helpers/depth.js';
import {all, honest, tls10, tls11, tls12, tls13} from '../helpers/honest-server.js';
import {accepted, type Played, plays, play as playWithName, retried, summaries, tooOld} from '../helpers/play.js';
import {type Asked, alert, close, type Move, reset, type Script} from '../helpers/script.js';

/** Without a name all plays share their hellos, which saves most of the time. */
const play = (script: Script): Played => playWithName(script, {serverName: undefined});

const offered = (era: string): number[] => cipherSuites.entries.filter(({offer}) => offer === era).map(({code}) => code);

const sm4 = [0x00_c6, 0x00_c7];
const refusals: Readonly<Record<string, (asked: Asked) => readonly Move[]>> = {
	'an alert': () => alert(40),
	'a close': () => [close],
	'a reset': () => [reset],
};

for (const [name, refuse] of Object.entries(refusals)) {
	test(`any suite alone is found before TLS 1.3, where all else gets ${name}`, t => {
		const suites = offered('before-1.3');
		t.true(suites.length > 350);
		const missed = rowsOf(suites, 60).flatMap(suite => {
			const versions = [tls10, tls11, tls12];
			const found = summaries(play(honest({versions, suites: [suite], refuse})));
			return found.slice(0, 3).every(status => status === accepted) ? [] : [`${cipherSuites.label(suite)}: ${found.join(', ')}`];
		});
		t.deepEqual(missed, []);
	});

	test(`any suite alone is found in one version alone, where all else gets ${name}`, t => {
		// A third of them each: the three together ask for every suite.
		const third = offered('before-1.3').filter((_, index) => index % 3 === Object.keys(refusals).indexOf(name));
		const missed = rowsOf(third, 20).flatMap(suite => {
			const found = summaries(play(honest({versions: [tls12], suites: [suite], refuse, refuseVersion: refuse})));
			return found[2] === accepted && !found.slice(0, 2).some(status => status.startsWith('accepted')) ? [] : [cipherSuites.label(suite)];
		});
		t.deepEqual(missed, []);
	});

	test(`any suite alone is found in TLS 1.3, where all else gets ${name}`, t => {
		const suites = offered('1.3');
		t.true(suites.length >= 10 && sm4.every(code => suites.includes(code)));
		const missed = suites.filter(suite => summaries(play(honest({versions: [tls13], suites: [suite], refuse})))[3] !== accepted);
		t.deepEqual(missed.map(cipherSuites.label), []);
	});
}

const isReserved = (code: number): boolean => code >= 0xff_00;

test('any group alone is found in TLS 1.3, by a HelloRetryRequest where no share of it was sent', t => {
	const missed = groups.entries.flatMap(({code, name}) => {
		const [, , , found] = summaries(play(honest({versions: [tls13], groups: [code]})));
		const hasShare = code === 0x00_1d || code === 0x00_17;
		return isReserved(code) || found === (code === 0x00_1d ? accepted : retried) || (hasShare && found === accepted)
			? []
			: [`${name}: ${found}`];
	});
	t.deepEqual(missed, []);
});

const ecdheSuites = offered('before-1.3').filter(code => keyExchangeOf(code) === 'ecdhe');
const isCurve = (code: number): boolean => code < 0x01_00 || code >= 0xff_00;

test('any curve alone is found before TLS 1.3, by its name', t => {
	const missed = groups.entries
		.filter(({code}) => isCurve(code))
		.flatMap(({code, name}) => {
			const played = play(honest({versions: [tls10, tls11, tls12], groups: [code], suites: ecdheSuites}));
			const wrong = ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'].filter(version => {
				const {status, outcome} = played.findings[version]!;
				return status !== 'accepted' || outcome.kind !== 'server-hello' || outcome.group !== code;
			});
			return wrong.length === 0 ? [] : [`${name}: ${wrong.join(' ')}`];
		});
	t.deepEqual(missed, []);
});

const dheSuites = [0x00_33, 0x00_39, 0x00_9e, 0x00_16];
const isFiniteField = (code: number): boolean => code >= 0x01_00 && code < 0x02_00;

test('DHE with parameters of its own, which refuses clients that list only ffdhe groups it does not know, is found', t => {
	plays(
		t,
		asked =>
			asked.hello.groups?.some(isFiniteField) ? alert(47) : honest({versions: [tls10, tls11, tls12], suites: dheSuites, groups: []})(asked),
		[accepted, accepted, accepted, 'rejected alert illegal_parameter'],
	);
});

test('DHE with a named group that the client has to list is found', t => {
	const missed = [0x01_00, 0x01_01, 0x01_02, 0x01_03, 0x01_04].flatMap(group => {
		const found = summaries(
			play(asked =>
				asked.hello.groups?.includes(group) ? honest({versions: [tls10, tls11, tls12], suites: dheSuites})(asked) : alert(40),
			),
		);
		return found.slice(0, 3).every(status => status === accepted) ? [] : [`${groups.label(group)}: ${found.join(', ')}`];
	});
	t.deepEqual(missed, []);
});

test('any signature scheme alone is found in TLS 1.2', t => {
	const missed = signatureSchemes.entries.filter(({code}) => summaries(play(honest({versions: [tls12], schemes: [code]})))[2] !== accepted);
	t.deepEqual(
		missed.map(({name}) => name),
		[],
	);
});

test('any signature scheme alone is found in TLS 1.3', t => {
	const missed = signatureSchemes.entries.flatMap(({code, name}) => {
		const found = summaries(play(honest({versions: [tls13], schemes: [code]})))[3]!;
		return found.startsWith('accepted') ? [] : [`${name}: ${found}`];
	});
	t.deepEqual(missed, []);
});

test('every set of versions is found, holes and all', t => {
	const wrong: string[] = [];
	for (let set = 1; set < 16; set++) {
		const versions = all.filter((_, index) => set & (1 << index));
		for (const refuseVersion of [() => alert(70), () => alert(40), () => [reset], () => [close]]) {
			const found = summaries(play(honest({versions, refuseVersion}))).map(summary => summary.split(' ')[0]);
			const expected = all.map(version => (versions.includes(version) ? 'accepted' : 'rejected'));
			if (found.join() !== expected.join()) {
				wrong.push(`${set}: ${found.join()}`);
			}
		}
	}

	t.deepEqual(wrong, []);
});

test('a healthy server costs one connection for each version', t => {
	const {exchanges} = plays(t, honest(), [tooOld, tooOld, accepted, accepted]);
	t.is(exchanges.length, 4);
});
