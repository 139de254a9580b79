import test from 'ava';
import {requestedOptions, requestProbe, withProbes} from '../../../source/probes/requests.js';
import {vulnerabilities} from '../../../source/probes/vulnerabilities/index.js';
import {vulnerabilitiesPart} from '../../../source/probes/vulnerabilities/report-part.js';
import type {VulnerabilitiesReport} from '../../../source/probes/vulnerabilities/vulnerabilities-report.js';

/** A report in which these have that status, and each other one is absent. */
const report = (statuses: Readonly<Record<string, 'present' | 'inconclusive' | 'not-applicable'>> = {}): VulnerabilitiesReport =>
	Object.fromEntries(
		vulnerabilities.map(({name, cve, severity}) => [
			name,
			{status: statuses[name] ?? 'absent', cve, severity: severity.level, message: `why ${name}`, connections: 0},
		]),
	);

const {lines, problems, brief, inList, compare, demand, measures} = vulnerabilitiesPart;

test('names, titles and CVEs are those of one vulnerability each, in the order of the report', t => {
	const order = [
		...['heartbleed', 'ccsInjection', 'robot', 'ticketbleed', 'drown', 'freak', 'logjam', 'sweet32', 'poodle', 'paddingOracle'],
		...['openSslPaddingOracle', 'beast', 'lucky13', 'rc4', 'crime', 'breach', 'insecureRenegotiation', 'clientRenegotiation'],
		...['fallbackScsv', 'raccoon', 'zeroStek', 'opossum', 'startTlsInjection'],
	];
	const names: readonly string[] = vulnerabilities.map(({name}) => name);
	t.deepEqual(
		names,
		order.filter(name => names.includes(name)),
	);
	t.is(new Set(vulnerabilities.map(({title}) => title)).size, names.length);
	t.true(vulnerabilities.every(({cve}) => cve.every(id => /^CVE-\d{4}-\d{4,}$/.test(id))));
});

test('what is present comes first, the worst at the top, and what is absent is on one line', t => {
	const found = report({sweet32: 'present', drown: 'present', lucky13: 'inconclusive', poodle: 'not-applicable'});
	const [first, second, third, fourth, fifth, ...others] = lines(found);
	t.deepEqual(first, {label: 'DROWN', text: 'present, critical: why drown; CVE-2016-0800 and 2 more', tone: 'bad'});
	t.deepEqual(second, {label: 'SWEET32', text: 'present, low: why sweet32; CVE-2016-2183 and 1 more', tone: 'bad'});
	t.deepEqual(third, {label: 'LUCKY13', text: 'inconclusive: why lucky13', tone: 'open'});
	t.regex(`${fourth!.label}: ${fourth!.text}`, /^absent: .*FREAK.*RC4/);
	t.deepEqual(fifth, {label: 'not applicable', text: 'POODLE', tone: 'neutral'});
	t.deepEqual(others, []);
});

test('a critical or high one is an error, others are warnings, and what is not known is one problem', t => {
	const found = report({sweet32: 'present', drown: 'present', rc4: 'present', lucky13: 'inconclusive', poodle: 'inconclusive'});
	t.deepEqual(problems(found), [
		{severity: 'error', message: 'DROWN: why drown'},
		{severity: 'error', message: 'RC4: why rc4'},
		{severity: 'warning', message: 'SWEET32: why sweet32'},
		// Of LUCKY13, nothing but the precondition can be seen from outside.
		{severity: 'undecided', message: 'not known: POODLE'},
	]);
	t.deepEqual([brief(found), inList!(found)], ['DROWN, RC4, SWEET32, 2 inconclusive', 'DROWN, RC4, SWEET32']);
	t.deepEqual([brief(report()), inList!(report()), problems(report())], ['none present', '', []]);
});

test('a metric is 1, 0, or left out', t => {
	const samples = measures![0]!.samples(report({drown: 'present', lucky13: 'inconclusive'}));
	const of = (name: string) => samples.find(({labels}) => labels.name === name);
	t.deepEqual([of('drown')?.value, of('drown')?.labels.severity, of('freak')?.value, of('lucky13')], [1, 'critical', 0, undefined]);
});

const judged: readonly (readonly [never: readonly string[], found: VulnerabilitiesReport, status: string, message: RegExp])[] = [
	[['drown', 'rc4'], report(), 'pass', /none of these/],
	[['drown'], report(), 'pass', /^DROWN: why drown$/],
	[['poodle'], report({poodle: 'not-applicable'}), 'pass', /why poodle/],
	[['drown', 'rc4'], report({rc4: 'present', drown: 'inconclusive'}), 'fail', /^RC4: why rc4$/],
	[['drown', 'rc4'], report({drown: 'inconclusive'}), 'inconclusive', /^DROWN: why drown$/],
	[['drown'], report({rc4: 'present'}), 'pass', /DROWN/],
	// A report of another version.
	[['drown'], {}, 'inconclusive', /not asked/],
];

for (const [index, [never, found, status, message]] of judged.entries()) {
	test(`demand: never ${never.join(', ')} is ${status} (${index})`, t => {
		const {demand: parsed} = demand!.parse({never}) as {demand: {never: readonly string[]}};
		const judgement = demand!.judge(found, parsed);
		t.is(judgement.status, status as typeof judgement.status);
		t.regex(judgement.message, message);
	});
}

test('a demand that is wrong is named, and one is made of what the server does not have', t => {
	const problemOf = (value: unknown) => (demand!.parse(value) as {problem: string}).problem;
	t.regex(problemOf(undefined), /takes never/);
	t.regex(problemOf({never: 'drown'}), /takes a list of vulnerabilities/);
	t.regex(problemOf({never: ['drwon']}), /there is no vulnerability "drwon"; did you mean drown\?/);
	t.regex(problemOf({present: ['drown']}), /no word "present"/);
	const {never} = demand!.fromPart!(report({drown: 'present', lucky13: 'inconclusive'}))!;
	t.deepEqual([never.includes('freak'), never.includes('drown'), never.includes('lucky13')], [true, false, false]);
	const none = Object.fromEntries(vulnerabilities.map(({name}) => [name, 'present' as const]));
	t.is(demand!.fromPart!(report(none)), undefined);
});

test('diff: what came is worse and what went is better; what is not known is no difference', t => {
	const changes = compare!(
		report({drown: 'present', rc4: 'inconclusive', poodle: 'not-applicable'}),
		report({freak: 'present', rc4: 'present', sweet32: 'inconclusive'}),
	);
	t.deepEqual(
		changes.map(({effect, message}) => `${effect} ${message}`),
		['better DROWN is not present any more: why drown', 'worse FREAK is present now: why freak'],
	);
});

test('SSL 2 and SSL 3 are asked for as well, unless fewer versions than usual were named', t => {
	const asked = (versions?: readonly ('TLSv1.2' | 'TLSv1.3')[]) =>
		requestedOptions(withProbes([requestProbe('versions', versions && {versions})], ['vulnerabilities']), 'versions')!.versions;
	t.deepEqual(asked().slice(0, 2), ['SSLv2', 'SSLv3']);
	t.is(asked().length, 6);
	t.deepEqual(asked(['TLSv1.2', 'TLSv1.3']), ['TLSv1.2', 'TLSv1.3']);
});
