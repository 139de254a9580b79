import test from 'ava';
import {cipherSuites} from '../../source/iana/cipher-suites.js';
import {cipherSuitesPart} from '../../source/probes/cipher-suites/report-part.js';
import {suiteFacts} from '../../source/probes/cipher-suites/suite-facts.js';
import {suiteLists} from '../../source/probes/cipher-suites/suite-lists.js';
import {type CipherSuitesReport, describeSuites} from '../../source/probes/cipher-suites/suites-report.js';
import {weaknessesOf} from '../../source/probes/cipher-suites/weaknesses.js';

const report = (accepted: readonly number[], more: object = {}): CipherSuitesReport =>
	describeSuites({'TLSv1.2': {accepted, undecided: [], preference: 'server', connections: 9, ...more}});

const [strong, cbc, rsa, tripleDes, rc4] = [0xc0_2f, 0xc0_13, 0x00_9c, 0x00_0a, 0x00_05] as const;

/** Each row: the suite, its effective bits, and its weaknesses. */
const facts: readonly (readonly [name: string, bits: number, ids: string])[] = [
	['TLS_AES_128_CCM_8_SHA256', 128, ''],
	['TLS_SHA256_SHA256', 0, 'no-encryption'],
	['TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256', 256, ''],
	['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', 256, 'finite-field-dh'],
	['TLS_RSA_WITH_NULL_SHA', 0, 'no-encryption no-forward-secrecy'],
	['TLS_DH_anon_WITH_RC4_128_MD5', 128, 'anonymous rc4 md5 finite-field-dh'],
	['TLS_RSA_EXPORT_WITH_RC2_CBC_40_MD5', 40, 'export short-blocks md5 no-forward-secrecy cbc'],
	['TLS_RSA_WITH_DES_CBC_SHA', 56, 'des short-blocks no-forward-secrecy cbc'],
	['TLS_RSA_WITH_IDEA_CBC_SHA', 128, 'idea short-blocks no-forward-secrecy cbc'],
	['TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA', 112, 'short-blocks cbc'],
	['TLS_GOSTR341112_256_WITH_28147_CNT_IMIT', 256, 'short-blocks no-forward-secrecy'],
	['TLS_ECDH_RSA_WITH_AES_128_GCM_SHA256', 128, 'no-forward-secrecy'],
	['TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256', 128, ''],
	['TLS_SRP_SHA_WITH_AES_128_CBC_SHA', 128, 'cbc'],
];

for (const [name, bits, ids] of facts) {
	test(`${name}: ${ids || 'not weak'}`, t => {
		const suite = suiteFacts(cipherSuites.entries.find(entry => entry.name === name)!.code);
		t.deepEqual(
			[
				suite.bits,
				weaknessesOf(suite)
					.map(({id}) => id)
					.join(' '),
			],
			[bits, ids],
		);
	});
}

test('every cipher kind of SSL 2 is weak, by the version at least', t => {
	const kinds = suiteLists(0x00_02).usual.map(suiteFacts);
	t.is(kinds.length, 13);
	t.true(kinds.every(kind => weaknessesOf(kind).some(({id}) => id === 'ssl2') && /^SSL_CK_/.test(kind.name) && /^0x.{6}$/.test(kind.code)));
});

test('the brief names the weakest suite of all versions, and counts what is undecided', t => {
	const both = {
		...report([strong, rsa, tripleDes, cbc]),
		...describeSuites({'TLSv1.3': {...none, accepted: [0x13_01], undecided: [0x13_02]}}),
	};
	t.is(cipherSuitesPart.brief(both), '5 accepted, weakest TLS_RSA_WITH_3DES_EDE_CBC_SHA (64-bit blocks), 1 undecided');
	t.is(cipherSuitesPart.brief(report([strong])), '1 accepted, none weak');
});

const none = {accepted: [], undecided: [], preference: 'not-applicable', connections: 0} as const;

test('lines: in the order of the report, weak ones in words, the newest version first', t => {
	const both = {...report([rc4, strong], {undecided: [rsa]}), ...describeSuites({'TLSv1.3': {...none, accepted: [0x13_01]}})};
	t.deepEqual(
		cipherSuitesPart.lines(both).map(({label, text, tone}) => `${label} ${tone}: ${text}`),
		[
			'TLSv1.3 neutral: 1 cipher suite',
			'TLSv1.3 good: TLS_AES_128_GCM_SHA256, 128 bits',
			"TLSv1.2 neutral: 2 cipher suites, in the server's order of preference",
			'TLSv1.2 bad: TLS_RSA_WITH_RC4_128_SHA, 128 bits, weak: RC4, no forward secrecy',
			'TLSv1.2 good: TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, 128 bits',
			'TLSv1.2 open: undecided: TLS_RSA_WITH_AES_128_GCM_SHA256',
			'weak neutral: RC4 (RFC 7465, 2015); no forward secrecy (RFC 7525, 2015)',
		],
	);
});

test('lines: versions with the same suites stand together, and each suite below them', t => {
	const base = {undecided: [], preference: 'server', connections: 2} as const;
	const old = {...base, accepted: [cbc]};
	const found = describeSuites({'TLSv1.0': old, 'TLSv1.1': {...old, connections: 9}, 'TLSv1.2': {...base, accepted: [strong, cbc]}});
	t.deepEqual(
		cipherSuitesPart.lines(found).map(({label, depth}) => `${label} ${depth ?? 'title'}`),
		['TLSv1.2 title', 'TLSv1.2 1', 'TLSv1.2 1', 'TLSv1.1, TLSv1.0 title', 'TLSv1.1, TLSv1.0 1', 'weak title'],
	);
});

test('problems: by the worst of their weaknesses, each suite once, and what is undecided last', t => {
	const found = {
		...report([strong, rsa, cbc, rc4, 0x00_04], {undecided: [tripleDes]}),
		...describeSuites({'TLSv1.1': {accepted: [rc4], undecided: [], preference: 'server', connections: 2}}),
	};
	t.deepEqual(
		cipherSuitesPart.problems(found).map(({severity, message}) => `${severity}: ${message}`),
		[
			'error: RC4: TLS_RSA_WITH_RC4_128_SHA and 1 more',
			'warning: no forward secrecy: TLS_RSA_WITH_AES_128_GCM_SHA256',
			'warning: CBC: TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
			'undecided: neither accepted nor refused: TLS_RSA_WITH_3DES_EDE_CBC_SHA',
		],
	);
	t.deepEqual(cipherSuitesPart.problems(report([strong])), []);
});

const {parse, judge} = cipherSuitesPart.demand!;

/** Each row: the demand, what is accepted and undecided, whose order decides, and the judgement. */
const judged: readonly (readonly [demand: object, accepted: readonly number[], more: object, status: string, message: RegExp])[] = [
	[{only: ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256']}, [strong], {}, 'pass', /as demanded/],
	[{only: ['0xc02f']}, [strong], {}, 'pass', /as demanded/],
	[{only: ['0xc02f']}, [strong, rc4], {}, 'fail', /^TLS_RSA_WITH_RC4_128_SHA is accepted in TLSv1.2, but should be refused$/],
	[{only: ['0xc02f']}, [strong], {undecided: [rc4]}, 'inconclusive', /RC4_128_SHA is not proved to be refused in TLSv1.2/],
	[{only: ['0xc02f', '0x0005']}, [strong], {undecided: [rc4]}, 'pass', /as demanded/],
	[{never: ['TLS_RSA_WITH_RC4_128_SHA']}, [strong, cbc], {}, 'pass', /as demanded/],
	[{never: ['no-forward-secrecy']}, [strong, rsa], {}, 'fail', /TLS_RSA_WITH_AES_128_GCM_SHA256 is accepted/],
	[{never: ['short-blocks']}, [strong], {undecided: [tripleDes]}, 'inconclusive', /not proved/],
	[{preference: 'server'}, [strong, rsa], {preference: 'server-except-chacha20'}, 'pass', /as demanded/],
	[
		{preference: 'server'},
		[strong, rsa],
		{preference: 'client'},
		'fail',
		/the client's order decides in TLSv1.2, but should be the server's/,
	],
	[{preference: 'client'}, [strong, rsa], {preference: 'undecided'}, 'inconclusive', /not known/],
	[{preference: 'client'}, [strong], {preference: 'not-applicable'}, 'pass', /as demanded/],
];

for (const [demand, accepted, more, status, message] of judged) {
	test(`${JSON.stringify(demand)} of ${accepted.length} suites ${JSON.stringify(more)}: ${status}`, t => {
		const read = parse(demand) as {demand: never};
		const judgement = judge(report(accepted, more), read.demand);
		t.is(judgement.status, status as typeof judgement.status);
		t.regex(judgement.message, message);
	});
}

test('what is accepted now can be written as a demand and read again, with the cipher kinds of SSL 2', t => {
	const {usual} = suiteLists(0x00_02);
	const found = describeSuites({
		SSLv2: {accepted: usual, undecided: [], preference: 'client', connections: 9},
		'TLSv1.2': {accepted: [strong, rc4], undecided: [], preference: 'server', connections: 9},
	});
	const demand = cipherSuitesPart.demand!.fromPart!(found)!;
	t.deepEqual(parse(demand), {demand});
	t.is(demand.only!.filter(name => name.startsWith('SSL_CK_')).length, usual.length);
	t.is(judge(found, demand).status, 'pass');
});

test('an order that a configuration states counts up to TLS 1.2, and where it can be known', t => {
	const [chaCha20, aes]: readonly number[] = [0xcc_a8, 0xc0_2f];
	const statusOf = (accepted: readonly number[], preference: string): string =>
		judge(report(accepted, {preference}), {configuredPreference: 'server'}).status;
	t.is(statusOf([strong, rsa], 'server'), 'pass');
	t.is(statusOf([strong, rsa], 'client'), 'fail');
	t.is(statusOf([strong, rsa], 'undecided'), 'inconclusive');
	t.is(statusOf([aes!, chaCha20!], 'undecided'), 'pass');
	t.is(judge(report([aes!, chaCha20!], {preference: 'undecided'}), {preference: 'server'}).status, 'inconclusive');
	const latest = describeSuites({'TLSv1.3': {accepted: [0x13_01, 0x13_02], undecided: [], preference: 'client', connections: 9}});
	t.is(judge(latest, {configuredPreference: 'server'}).status, 'pass');
	t.is(judge(latest, {preference: 'server'}).status, 'fail');
});

test('the order of a configured list is that of the server, as far as it can be compared', t => {
	const [e128, e256, chaCha20, ecdsa128]: readonly number[] = [0xc0_2f, 0xc0_30, 0xcc_a8, 0xc0_2b];
	const nameOf = (code: number): string =>
		describeSuites({'TLSv1.2': {accepted: [code], undecided: [], preference: 'server', connections: 1}})['TLSv1.2']!.accepted[0]!.name;
	const orderOf = (...ranks: readonly (readonly number[])[]) => ({configuredOrder: ranks.map(rank => rank.map(nameOf))});
	const statusOf = (accepted: readonly number[], preference: string, demand: ReturnType<typeof orderOf>): string =>
		judge(report(accepted, {preference}), demand).status;
	const listed = orderOf([e128!], [e256!]);
	t.is(statusOf([e128!, e256!], 'server', listed), 'pass');
	t.deepEqual(judge(report([e256!, e128!], {preference: 'server'}), listed), {
		status: 'fail',
		message:
			'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 is preferred to TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 in TLSv1.2, but has to be behind it',
	});
	t.is(statusOf([e256!, e128!], 'client', listed), 'pass');
	t.is(statusOf([e256!, e128!], 'server', orderOf([e128!, e256!])), 'pass');
	// A suite that is not in the list is none of its order, and certificates of another kind may come first.
	t.is(statusOf([e128!, rsa, e256!], 'server', listed), 'pass');
	t.is(statusOf([ecdsa128!, e256!], 'server', orderOf([e256!], [ecdsa128!])), 'pass');
	t.is(statusOf([chaCha20!, e256!], 'server-except-chacha20', orderOf([e256!], [chaCha20!])), 'pass');
	t.is(statusOf([chaCha20!, e256!], 'server', orderOf([e256!], [chaCha20!])), 'fail');
});

test('without any accepted version a demand is undecided', t => {
	t.is(judge({}, {never: ['rc4']}).status, 'inconclusive');
});

/** Each row: what cannot be demanded, and what is said of it. */
const wrong: readonly (readonly [unknown, RegExp])[] = [
	[{}, /takes only, never and preference/],
	['rc4', /takes only, never and preference/],
	[{allow: ['rc4']}, /no word "allow"/],
	[{only: []}, /only takes a list/],
	[{only: ['rc4']}, /no cipher suite "rc4"/],
	[{never: ['TLS_RSA_WITH_RC4_128_SH']}, /did you mean TLS_RSA_WITH_RC4_128_SHA\?/],
	[{preference: 'mine'}, /server or client, not "mine"/],
];

for (const [demand, problem] of wrong) {
	test(`no demand on suites: ${JSON.stringify(demand)}`, t => {
		t.regex((parse(demand) as {problem: string}).problem, problem);
	});
}

test('diff: a weak suite that comes is worse, one that goes is better, and what is undecided is no difference', t => {
	const changes = (before: CipherSuitesReport, after: CipherSuitesReport): string[] =>
		cipherSuitesPart.compare!(before, after).map(({effect, message}) => `${effect}: ${message}`);
	t.deepEqual(changes(report([strong]), report([strong, rc4])), [
		'worse: TLSv1.2 accepts TLS_RSA_WITH_RC4_128_SHA now, which is weak: RC4',
	]);
	t.deepEqual(changes(report([strong, rc4]), report([strong])), ['better: TLSv1.2 does not accept TLS_RSA_WITH_RC4_128_SHA any more']);
	t.deepEqual(changes(report([strong, rc4]), report([strong], {undecided: [rc4]})), []);
	t.deepEqual(changes(report([strong]), report([strong], {preference: 'client'})), [
		'changed: TLSv1.2: the preference was server and is now client',
	]);
});
