import test from 'ava';
import type {Outcome} from '../../source/exchange/outcome.js';
import {signatureSchemes} from '../../source/iana/signature-schemes.js';
import type {SuitesFinding} from '../../source/probes/cipher-suites/finding.js';
import {suiteFacts} from '../../source/probes/cipher-suites/suite-facts.js';
import {signatureSchemesPart} from '../../source/probes/signature-schemes/report-part.js';
import {blocks, everyScheme} from '../../source/probes/signature-schemes/scheme-lists.js';
import type {SchemesFinding} from '../../source/probes/signature-schemes/schemes-finding.js';
import {describeSchemes} from '../../source/probes/signature-schemes/schemes-report.js';
import {askSchemesBefore13} from '../helpers/ask-schemes-before-13.js';
import {roundsOf} from '../helpers/depth.js';
import {tls12} from '../helpers/honest-server.js';
import {acceptedBy, exchangeWith} from '../helpers/play-suites.js';
import {schemeServer} from '../helpers/scheme-server.js';
import {alert, close, hold, reset, type Script} from '../helpers/script.js';

const rsa = [0x08_04, 0x04_01, 0x08_05, 0x02_01];
const ecdsa = [0x04_03, 0x05_03, 0x02_03];
const sorted = (codes: readonly number[]): number[] => codes.toSorted((one, other) => one - other);

/** Let the probe ask a script for the schemes of TLS 1.2, in memory. */
function play(script: Script, calm: Script = script, suites?: SuitesFinding): SchemesFinding {
	const conversation = askSchemesBefore13(acceptedBy(calm, tls12, 'example.com'), 'example.com', suites);
	let connection = 0;
	let step = conversation.next([]);
	while (!step.done) {
		const answers = step.value.map(({hello}, index) => {
			const outcome: Outcome = exchangeWith(script, hello, {connection: connection + index, atOnce: index + 1});
			return {outcome, attempt: connection + index, durationMs: 1};
		});
		connection += answers.length;
		step = conversation.next(answers);
	}

	return step.value;
}

test('the lists of all keys together are every scheme that is registered, the weak ones last', t => {
	t.deepEqual(sorted(blocks.flatMap(({schemes}) => schemes)), sorted(signatureSchemes.entries.map(({code}) => code)));
	t.is(everyScheme.length, signatureSchemes.entries.length);
	t.true(blocks.every(({suites}) => suites.length > 0 && suites.length <= 60));
	t.deepEqual(everyScheme.slice(-2), [0x02_02, 0x01_01]);
});

const servers = {
	'an RSA key': {RSA: rsa},
	'an ECDSA key': {ECDSA: ecdsa},
	'keys of both kinds': {ECDSA: ecdsa, RSA: rsa},
	'a DSA key': {DSS: [0x04_02, 0x02_02]},
	'one scheme': {RSA: [0x02_01]},
	'every scheme': Object.fromEntries(blocks.map(({key, schemes}) => [key, schemes])),
} as const;

const ways: Readonly<Record<string, Omit<Parameters<typeof schemeServer>[0], 'keys'>>> = {
	'as the RFC says': {},
	'and resets each fifth connection': {first: ({connection}) => (connection % 5 === 4 ? [reset] : undefined)},
	'and closes what comes as the third at once': {first: ({atOnce}) => (atOnce > 2 ? [close] : undefined)},
	'and refuses lists of more than 20 schemes': {first: ({hello}) => (hello.schemes!.length > 20 ? alert(40) : undefined)},
};

for (const [name, keys] of Object.entries(servers)) {
	const known = sorted(Object.values(keys as Record<string, readonly number[]>).flat());
	for (const [how, way] of Object.entries(ways)) {
		test(`schemes of ${name}, by a server that does ${how}`, t => {
			const {accepted, undecided, connections} = play(schemeServer({keys, ...way}), schemeServer({keys}));
			t.deepEqual(
				accepted.filter(code => !known.includes(code)),
				[],
			);
			t.deepEqual(
				known.filter(code => !accepted.includes(code) && !undecided.includes(code)),
				[],
			);
			if (!how.includes('lists of more')) {
				t.deepEqual(sorted(accepted), known);
				t.deepEqual(undecided, []);
			}

			t.true(connections < 150, String(connections));
		});
	}

	for (const [how, refuse] of [
		['is silent', [hold]],
		['closes', [close]],
		['resets', [reset]],
	] as const) {
		test(`${name}, by a server that ${how} to refuse: nothing is refused for want of a proof`, t => {
			const {accepted, undecided} = play(schemeServer({keys, refuse: () => refuse}), schemeServer({keys}));
			t.deepEqual(
				accepted.filter(code => !known.includes(code)),
				[],
			);
			t.deepEqual(
				known.filter(code => !accepted.includes(code) && !undecided.includes(code)),
				[],
			);
			if (how === 'is silent' && name !== 'every scheme') {
				t.true(undecided.length > 5);
			}
		});
	}
}

test('a server that signs with what was not offered proves nothing of what was', t => {
	const {accepted, undecided} = play(schemeServer({keys: {RSA: rsa}, fallback: 0x02_01}));
	t.deepEqual(sorted(accepted), sorted(rsa));
	t.deepEqual(sorted([...accepted, ...undecided]), sorted(blocks.find(({key}) => key === 'RSA')!.schemes));
});

test('a server without a suite that signs has no scheme', t => {
	t.deepEqual(play(schemeServer({keys: {RSA: []}})), {accepted: [], undecided: [], connections: 12});
});

test('a kind of key that no suite goes with costs one connection, before the suites are known', t => {
	const keys: string[] = [];
	const server = schemeServer({keys: {RSA: rsa}});
	const script: Script = asked => {
		keys.push(suiteFacts(asked.hello.suites[0]!).authentication);
		return server(asked);
	};
	const suites: SuitesFinding = {accepted: [0xc0_2f, 0xc0_30], undecided: [], preference: 'client', connections: 0};
	const {accepted, undecided} = play(script, server, suites);
	t.deepEqual(sorted(accepted), sorted(rsa));
	t.deepEqual(undecided, []);
	t.is(keys.filter(key => key === 'ECDSA').length, 1);
	t.is(keys.filter(key => key === 'DSS').length, 0);
});

test('a server that refuses suites by an alert and schemes by a close, as rustls does', t => {
	const isOfEcdsa = (suite: number): boolean => blocks.find(({key}) => key === 'ECDSA')!.suites.includes(suite);
	const server = schemeServer({keys: {ECDSA: [0x04_03]}, refuse: ({hello}) => (hello.suites.some(isOfEcdsa) ? [close] : alert(40))});
	for (const accepted of [undefined, [0xc0_2b, 0xc0_2c]]) {
		const suites: SuitesFinding | undefined = accepted && {accepted, undecided: [], preference: 'client', connections: 0};
		const found = play(server, server, suites);
		t.deepEqual(found.accepted, [0x04_03]);
		t.deepEqual(found.undecided, []);
	}
});

test('a list of suites that is too long before the suites are known is asked again with those that are', t => {
	const server = schemeServer({keys: {RSA: rsa}, first: ({hello}) => (hello.suites.length > 4 ? alert(40) : undefined)});
	const suites: SuitesFinding = {accepted: [0xc0_2f, 0xc0_30], undecided: [], preference: 'client', connections: 0};
	const {accepted, undecided} = play(server, schemeServer({keys: {RSA: rsa}}), suites);
	t.deepEqual(sorted(accepted), sorted(rsa));
	t.deepEqual(undecided, []);
});

test('a server that accepts each second time alone never has a scheme refused that it has', t => {
	for (const remainder of [0, 1]) {
		const first = ({connection}: {connection: number}) => (connection % 2 === remainder ? alert(40) : undefined);
		const {accepted, undecided} = play(
			schemeServer({keys: {ECDSA: ecdsa, RSA: rsa}, first}),
			schemeServer({keys: {ECDSA: ecdsa, RSA: rsa}}),
		);
		t.deepEqual(
			[...rsa, ...ecdsa].filter(code => !accepted.includes(code) && !undecided.includes(code)),
			[],
		);
	}
});

const runs = roundsOf(300, 30);

test(`schemes: ${runs} runs against a server that resets one connection in five: no wrong entry`, t => {
	let state = 7;
	const draw = (): number => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
	for (let run = 0; run < runs; run++) {
		const keys = {RSA: blocks[1]!.schemes.filter(() => draw() < 0.5), ECDSA: blocks[0]!.schemes.filter(() => draw() < 0.2)};
		const known: readonly number[] = [...keys.RSA, ...keys.ECDSA];
		if (known.length === 0) {
			continue;
		}

		const refuse = run % 2 === 0 ? () => alert(40) : () => [close];
		const {accepted, undecided} = play(
			schemeServer({keys, refuse, first: () => (draw() < 0.2 ? [reset] : undefined)}),
			schemeServer({keys}),
		);
		t.deepEqual(
			accepted.filter(code => !known.includes(code)),
			[],
		);
		t.deepEqual(
			known.filter(code => !accepted.includes(code) && !undecided.includes(code)),
			[],
		);
	}
});

const report = (accepted: readonly number[], undecided: readonly number[] = []) =>
	describeSchemes({'TLSv1.2': {accepted, undecided, connections: 9}});

test('lines and brief: weak ones in words', t => {
	const found = {
		...report([0x08_04, 0x02_01], [0x04_01]),
		...describeSchemes({'TLSv1.3': {accepted: [0x08_04], undecided: [], connections: 2}}),
	};
	t.deepEqual(
		signatureSchemesPart.lines(found).map(({label, text, tone}) => `${label} ${tone}: ${text}`),
		[
			'TLSv1.3 good: rsa_pss_rsae_sha256',
			'TLSv1.2 good: rsa_pss_rsae_sha256',
			'TLSv1.2 bad: rsa_pkcs1_sha1, weak: SHA-1 (RFC 9155, 2021)',
			'TLSv1.2 open: undecided: rsa_pkcs1_sha256',
		],
	);
	t.deepEqual(
		signatureSchemesPart.problems(found).map(({severity, message}) => `${severity}: ${message}`),
		['warning: rsa_pkcs1_sha1: SHA-1 (RFC 9155, 2021)', 'undecided: neither accepted nor refused: rsa_pkcs1_sha256'],
	);
	t.is(signatureSchemesPart.brief(found), '2 accepted, weak: rsa_pkcs1_sha1, 1 undecided');
	t.is(signatureSchemesPart.brief(report([0x08_04])), '1 accepted, none weak');
	t.regex(signatureSchemesPart.lines(report([]))[0]!.text, /^none: no accepted cipher suite/);
});

const {parse, judge} = signatureSchemesPart.demand!;

/** Each row: the demand, what is accepted and undecided, and the judgement. */
const judged = [
	[{only: ['rsa_pss_rsae_sha256']}, [0x08_04], [], 'pass', /as demanded/],
	[{only: ['rsa_pss_rsae_sha256']}, [0x08_04, 0x02_01], [], 'fail', /^rsa_pkcs1_sha1 is accepted in TLSv1.2, but should be refused$/],
	[{only: ['rsa_pss_rsae_sha256']}, [0x08_04], [0x02_01], 'inconclusive', /rsa_pkcs1_sha1 is not proved to be refused/],
	[{never: ['rsa_pkcs1_sha1']}, [0x08_04], [0x04_01], 'pass', /as demanded/],
	[{never: ['rsa_pkcs1_sha1']}, [0x02_01], [], 'fail', /rsa_pkcs1_sha1/],
] as const;

for (const [demand, accepted, undecided, status, message] of judged) {
	test(`${JSON.stringify(demand)} of ${accepted.length} schemes, ${undecided.length} undecided: ${status}`, t => {
		const judgement = judge(report(accepted, undecided), (parse(demand) as {demand: never}).demand);
		t.is(judgement.status, status);
		t.regex(judgement.message, message);
	});
}

test('without TLS 1.2 and 1.3 a demand is undecided', t => {
	t.is(judge({}, {never: ['rsa_pkcs1_sha1']}).status, 'inconclusive');
});

const wrong: readonly (readonly [unknown, RegExp])[] = [
	[{}, /takes only and never/],
	[['rsa'], /takes only and never/],
	[{allow: []}, /no word "allow"/],
	[{only: []}, /only takes a list/],
	[{never: ['rsa_pkcs1_sha']}, /no signature scheme "rsa_pkcs1_sha"; did you mean rsa_pkcs1_sha1\?/],
];

for (const [demand, problem] of wrong) {
	test(`no demand on schemes: ${JSON.stringify(demand)}`, t => {
		t.regex((parse(demand) as {problem: string}).problem, problem);
	});
}

test('diff: a weak scheme that comes is worse, one that goes is better, and what is undecided is no difference', t => {
	const changes = (before: ReturnType<typeof report>, after: ReturnType<typeof report>): string[] =>
		signatureSchemesPart.compare!(before, after).map(({effect, message}) => `${effect}: ${message}`);
	t.deepEqual(changes(report([0x08_04]), report([0x02_01])), [
		'worse: TLSv1.2 accepts rsa_pkcs1_sha1 now, which is weak: SHA-1 (RFC 9155, 2021)',
		'changed: TLSv1.2 does not accept rsa_pss_rsae_sha256 any more',
	]);
	t.deepEqual(changes(report([0x02_01]), report([])), ['better: TLSv1.2 does not accept rsa_pkcs1_sha1 any more']);
	t.deepEqual(changes(report([0x02_01]), report([], [0x02_01])), []);
});
