import test from 'ava';
import {describeGroups, type GroupsReport} from '../../source/probes/groups/groups-report.js';
import {groupsPart} from '../../source/probes/groups/report-part.js';

const [x25519, p256, old, hybrid] = [0x1d, 0x17, 0x13, 0x11_ec] as const;
const prime = {bits: 2048, sha256: '0'.repeat(64), name: null, isSafePrime: true, isReused: false};

const report = (accepted: readonly number[], more: object = {}): GroupsReport =>
	describeGroups({'TLSv1.2': {accepted, undecided: [], preference: 'server', connections: 5, ...more}});

const {parse, judge} = groupsPart.demand!;

/** Each row: the demand, what is accepted and undecided, and the judgement. */
const judged: readonly (readonly [
	demand: object,
	accepted: readonly number[],
	undecided: readonly number[],
	status: string,
	message: RegExp,
])[] = [
	[{only: ['x25519', '0x0017']}, [x25519, p256], [], 'pass', /as demanded/],
	[{only: ['x25519']}, [x25519, p256], [], 'fail', /^secp256r1 is accepted in TLSv1.2, but should be refused$/],
	[{only: ['x25519']}, [x25519], [p256], 'inconclusive', /secp256r1 is not proved to be refused/],
	[{never: ['secp192r1']}, [x25519, old], [], 'fail', /secp192r1 is accepted/],
	[{never: ['0x0013']}, [x25519], [old], 'inconclusive', /not proved/],
	[{never: ['secp192r1']}, [x25519], [p256], 'pass', /as demanded/],
	[{atLeastOne: ['X25519MLKEM768', 'SecP256r1MLKEM768']}, [x25519, hybrid], [], 'pass', /as demanded/],
	[{atLeastOne: ['X25519MLKEM768']}, [x25519], [], 'fail', /none of X25519MLKEM768 is accepted/],
	[{atLeastOne: ['X25519MLKEM768']}, [x25519], [hybrid], 'inconclusive', /whether one of X25519MLKEM768 is accepted is not known/],
];

for (const [demand, accepted, undecided, status, message] of judged) {
	test(`${JSON.stringify(demand)} of ${accepted}, undecided ${undecided}: ${status}`, t => {
		const judgement = judge(report(accepted, {undecided}), (parse(demand) as {demand: never}).demand);
		t.is(judgement.status, status as typeof judgement.status);
		t.regex(judgement.message, message);
	});
}

/** Each row: what cannot be demanded, and what is said of it. */
const wrong: readonly (readonly [unknown, RegExp])[] = [
	[undefined, /takes only, never, atLeastOne and dhBits/],
	[{every: ['x25519']}, /no word "every"/],
	[{only: 'x25519'}, /only takes a list/],
	[{only: ['x25591']}, /did you mean x25519\?/],
	[{dhBits: '2048'}, /dhBits takes a number of bits, not "2048"/],
	[{dhBits: -1}, /dhBits takes a number of bits, not -1/],
];

for (const [demand, problem] of wrong) {
	test(`no demand on groups: ${JSON.stringify(demand)}`, t => {
		t.regex((parse(demand) as {problem: string}).problem, problem);
	});
}

test('lines and brief: weak groups and primes in words', t => {
	const found = report([x25519, old], {undecided: [p256], dhParameters: [{...prime, bits: 1024, isReused: true}]});
	t.deepEqual(
		groupsPart.lines(found).map(({label, text, tone}) => `${label} ${tone}: ${text}`),
		[
			"TLSv1.2 neutral: x25519, secp192r1 (the server's order of preference)",
			'TLSv1.2 bad: secp192r1 is weak: a deprecated curve (RFC 8422, 2018)',
			'TLSv1.2 bad: DH parameters of 1024 bits, a safe prime, key reused, weak: below 2048 bits (RFC 7525, 2015)',
			'TLSv1.2 open: undecided: secp256r1',
		],
	);
	t.deepEqual(
		groupsPart.problems(found).map(({severity, message}) => `${severity}: ${message}`),
		[
			'warning: DH parameters of 1024 bits: below 2048 bits (RFC 7525, 2015)',
			'warning: secp192r1: a deprecated curve (RFC 8422, 2018)',
			'undecided: neither accepted nor refused: secp256r1',
		],
	);
	t.is(groupsPart.brief(found), '2 accepted, weak secp192r1, DH 1024 bits, 1 undecided');
	t.is(groupsPart.brief(report([x25519])), '1 accepted, none weak');
});

test('diff: weak groups, hybrids and primes', t => {
	const changes = (before: GroupsReport, after: GroupsReport): string[] =>
		groupsPart.compare!(before, after).map(({effect, message}) => `${effect}: ${message}`);
	t.deepEqual(changes(report([x25519]), report([x25519, old])), [
		'worse: TLSv1.2 accepts secp192r1 now, which is weak: a deprecated curve (RFC 8422, 2018)',
	]);
	t.deepEqual(changes(report([x25519, hybrid]), report([x25519])), ['worse: TLSv1.2 does not accept X25519MLKEM768 any more']);
	t.deepEqual(changes(report([x25519, p256]), report([x25519], {undecided: [p256]})), []);
	t.deepEqual(
		changes(report([x25519], {dhParameters: [prime]}), report([x25519], {dhParameters: [{...prime, bits: 1024, sha256: '1'.repeat(64)}]})),
		['worse: TLSv1.2 has DH parameters of 1024 bits now, instead of 2048'],
	);
});
