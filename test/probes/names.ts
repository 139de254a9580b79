import test from 'ava';
import type {NameAnswer} from '../../source/exchange/questions/name-answer.js';
import conduct from '../../source/probes/names/ask-names.js';
import {compareNames} from '../../source/probes/names/compare.js';
import {demandFrom, judgeDemand, type NamesDemand, parseDemand} from '../../source/probes/names/demand.js';
import type {NamesReport, NamesStatus} from '../../source/probes/names/names-report.js';
import {namesPart} from '../../source/probes/names/report-part.js';
import type {ProbeTarget} from '../../source/probes/probe.js';
import type {CaaRecord, DnsRecord, HttpsRecord} from '../../source/wire/dns/record.js';

const target: ProbeTarget = {
	host: 'www.shop.example',
	port: 443,
	serverName: 'www.shop.example',
	startTls: undefined,
	alpn: undefined,
	toolVersion: '0.0.0',
};

const answered = (records: readonly DnsRecord[], more: Partial<Extract<NameAnswer, {kind: 'answered'}>> = {}): NameAnswer => ({
	kind: 'answered',
	code: 0,
	isAuthentic: false,
	records,
	undecodable: 0,
	...more,
});

const none = answered([]);
const signed = (records: readonly DnsRecord[]): NameAnswer => answered(records, {isAuthentic: true});
const issuer = (value: string, tag = 'issue'): CaaRecord => ({type: 'CAA', isCritical: false, tag, value});
const binding = (priority: number, where: string, more: Partial<HttpsRecord> = {}): HttpsRecord => ({
	type: 'HTTPS',
	priority,
	target: where,
	...more,
});

type Zone = Readonly<Record<string, NameAnswer>>;

/** Let the probe ask a name server, in memory. @returns The report, and the questions of each step. */
function play(zone: Zone, of: Partial<ProbeTarget> = {}): {readonly report: NamesReport; readonly steps: readonly (readonly string[])[]} {
	const given = {target: {...target, ...of}, options: {}, earlier: {versions: {}, certificates: []}, attempts: []};
	const conversation = conduct.run(given as never);
	const steps: string[][] = [];
	let step = conversation.next([]);
	while (!step.done) {
		const questions = step.value.map(ask => (ask.kind === 'question' ? `${ask.question.type} ${ask.question.name}` : ask.kind));
		steps.push(questions);
		step = conversation.next(questions.map((name, attempt) => ({resolved: zone[name] ?? none, attempt})) as never);
	}

	return {report: step.value, steps};
}

test('every question goes out at once: CAA at the name and above it, TLSA and HTTPS for the port', t => {
	const {report, steps} = play({});
	t.deepEqual(steps, [
		['CAA www.shop.example', 'CAA shop.example', 'CAA example', 'TLSA _443._tcp.www.shop.example', 'HTTPS www.shop.example'],
	]);
	t.is(report.questions, 5);
	t.deepEqual(
		[report.caa, report.tlsa, report.https].map(({status, name}) => `${status} ${name}`),
		['absent www.shop.example', 'absent _443._tcp.www.shop.example', 'absent www.shop.example'],
	);
	t.deepEqual(play({}, {port: 8443}).steps[0]!.slice(3), ['TLSA _8443._tcp.www.shop.example', 'HTTPS _8443._https.www.shop.example']);
	const mail = play({}, {port: 25, startTls: 'smtp'});
	t.deepEqual(mail.steps[0]!.slice(3), ['TLSA _25._tcp.www.shop.example']);
	t.like(mail.report.https, {status: 'not-applicable', reason: 'the service is not HTTPS', ech: {status: 'not-applicable'}});
});

for (const host of ['192.0.2.1', '2001:db8::1', 'fe80::1%eth0', 'localhost', 'a.localhost', 'server', 'printer.local', 'a.invalid']) {
	test(`nothing is asked about ${host}`, t => {
		const {report, steps} = play({}, {host});
		t.deepEqual(steps, []);
		t.deepEqual([report.caa.status, report.tlsa.status, report.https.status, report.questions], [...Array(3).fill('not-applicable'), 0]);
		t.is(namesPart.brief(report), 'not applicable');
		t.deepEqual(namesPart.problems(report), []);
	});
}

const failures: readonly (readonly [title: string, answer: NameAnswer, reason: RegExp])[] = [
	['SERVFAIL', answered([], {code: 2}), /answered SERVFAIL/],
	['REFUSED', answered([], {code: 5}), /answered REFUSED/],
	['silence', {kind: 'no-answer', code: 'ETIMEDOUT'}, /no name server answered in time/],
	['no server', {kind: 'no-answer', code: 'ENOSERVER'}, /there is no name server/],
	['a proxy that looks names up', {kind: 'no-answer', code: 'EPROXY'}, /the proxy looks names up/],
	['a closed port', {kind: 'no-answer', code: 'ECONNREFUSED'}, /ECONNREFUSED/],
	['a message that does not decode', {kind: 'malformed'}, /could not be decoded/],
	['records that do not decode', answered([], {undecodable: 1}), /no record could be decoded/],
	['no time', {kind: 'unasked', because: 'deadline'}, /no time/],
];

for (const [title, answer, reason] of failures) {
	test(`${title} is inconclusive, and never absent`, t => {
		const {report} = play({
			'CAA www.shop.example': answer,
			'TLSA _443._tcp.www.shop.example': answer,
			'HTTPS www.shop.example': answer,
		});
		for (const found of [report.caa, report.tlsa, report.https]) {
			t.is(found.status, 'inconclusive');
			t.regex(found.reason!, reason);
		}

		t.is(report.tlsa.dane, 'inconclusive');
		t.is(report.https.ech.status, 'inconclusive');
		t.like(namesPart.problems(report), [{severity: 'undecided'}]);
	});
}

test('NXDOMAIN is absent', t => {
	t.is(play({'TLSA _443._tcp.www.shop.example': answered([], {code: 3})}).report.tlsa.status, 'absent');
});

const climbs: readonly (readonly [title: string, zone: Zone, found: string])[] = [
	[
		'at the name',
		{'CAA www.shop.example': answered([issuer('a.example')]), 'CAA shop.example': answered([issuer('b.example')])},
		'present www.shop.example a.example',
	],
	['above the name', {'CAA shop.example': answered([issuer('b.example')])}, 'present shop.example b.example'],
	['at the top', {'CAA example': answered([issuer(';')])}, 'present example ;'],
	[
		'a failure below counts',
		{'CAA www.shop.example': answered([], {code: 2}), 'CAA shop.example': answered([issuer('b.example')])},
		'inconclusive www.shop.example ',
	],
	[
		'a failure above does not',
		{'CAA shop.example': answered([issuer('b.example')]), 'CAA example': answered([], {code: 2})},
		'present shop.example b.example',
	],
];

for (const [title, zone, found] of climbs) {
	test(`CAA ${title}`, t => {
		const {caa} = play(zone).report;
		t.is(`${caa.status} ${caa.name} ${caa.records.map(({value}) => value).join(' ')}`, found);
	});
}

test('an alias of HTTPS is followed, and a loop of them ends', t => {
	const {report, steps} = play({
		'HTTPS www.shop.example': answered([binding(0, 'Pool.svc.example')]),
		'HTTPS pool.svc.example': answered([binding(1, '.', {alpn: ['h3'], ech: [{version: 0xfe_0d, contents: ech}]})]),
	});
	t.deepEqual(steps[1], ['HTTPS pool.svc.example']);
	t.like(report.https, {
		status: 'present',
		name: 'pool.svc.example',
		aliases: ['www.shop.example'],
		ech: {status: 'present', publicNames: ['cover.example']},
	});
	t.is(report.questions, 6);
	t.is(report.https.records[0]!.ech![0]!.kem, '0x0020');
	const looped = play({'HTTPS www.shop.example': answered([binding(0, 'www.shop.example')])});
	t.is(looped.steps.length, 9);
	t.is(play({'HTTPS www.shop.example': answered([binding(0, '.')])}).steps.length, 1);
});

const ech = {configId: 1, kem: 0x20, cipherSuites: [{kdf: 1, aead: 1}], maximumNameLength: 0, publicName: 'cover.example'};

const echs: readonly (readonly [title: string, record: HttpsRecord, status: NamesStatus])[] = [
	['a key', binding(1, '.', {ech: [{version: 0xfe_0d, contents: ech}]}), 'present'],
	['none', binding(1, '.', {alpn: ['h2']}), 'absent'],
	['one of another version', binding(1, '.', {ech: [{version: 0xfe_0a}]}), 'absent'],
	['one that does not decode', binding(1, '.', {undecodable: ['ech']}), 'inconclusive'],
];

for (const [title, record, status] of echs) {
	test(`ECH with ${title} is ${status}`, t => {
		t.is(play({'HTTPS www.shop.example': answered([record])}).report.https.ech.status, status);
	});
}

const full = play({
	'CAA shop.example': signed([
		issuer('ca.example; account=1'),
		issuer('B.example', 'issue'),
		issuer('x.example', 'issuewild'),
		issuer('mailto:a@b', 'iodef'),
	]),
	'TLSA _443._tcp.www.shop.example': answered([{type: 'TLSA', usage: 3, selector: 1, matchingType: 1, data: '5c'.repeat(32)}]),
	'HTTPS www.shop.example': answered([
		binding(1, '.', {alpn: ['h2', 'h3'], port: 8443, ipv4hint: ['192.0.2.1'], ech: [{version: 0xfe_0d, contents: ech}]}),
	]),
}).report;
const empty = play({}).report;
const dane = (status: NamesReport['tlsa']['dane']): NamesReport => ({...full, tlsa: {...full.tlsa, dane: status}});

test('lines for people', t => {
	t.deepEqual(
		namesPart.lines(full).map(({label, text, tone}) => `${label}|${text}|${tone}`),
		[
			'CAA|at shop.example, signed|neutral',
			'|issue ca.example; account=1|neutral',
			'|issue B.example|neutral',
			'|issuewild x.example|neutral',
			'|iodef mailto:a@b|neutral',
			'TLSA|at _443._tcp.www.shop.example|neutral',
			`|3 1 1 ${'5c'.repeat(16)}...|neutral`,
			'DANE|not usable: the name server does not say that the records are validated by DNSSEC|open',
			'HTTPS|at www.shop.example|neutral',
			'|priority 1, target ., alpn h2 h3, port 8443, addresses 192.0.2.1, ech|neutral',
			'ECH|announced, with the public name cover.example|good',
		],
	);
	t.is(namesPart.brief(full), 'CAA b.example, ca.example, DANE unsigned, ECH');
	t.is(namesPart.brief(empty), 'no records');
	t.deepEqual(
		(['match', 'no-match', 'unsigned', 'unusable'] as const).map(status =>
			namesPart
				.problems(dane(status))
				.map(({severity}) => severity)
				.join(),
		),
		['', 'error', 'undecided', 'warning'],
	);
});

const demands: readonly (readonly [demand: NamesDemand, report: NamesReport, found: string])[] = [
	[{caa: 'present', tlsa: 'present', https: 'present', ech: 'present'}, full, 'pass'],
	[{caa: 'absent'}, full, 'fail'],
	[{caa: 'present'}, empty, 'fail'],
	[{tlsa: 'absent', ech: 'absent'}, empty, 'pass'],
	[{ech: 'absent'}, play({}, {startTls: 'smtp'}).report, 'pass'],
	[{caa: 'present'}, play({'CAA www.shop.example': answered([], {code: 2})}).report, 'inconclusive'],
	[{issuers: ['CA.example', 'b.example']}, full, 'pass'],
	[{issuers: ['ca.example']}, full, 'fail'],
	[{issuers: ['ca.example', 'b.example', 'c.example']}, full, 'fail'],
	[{issuers: ['ca.example']}, empty, 'fail'],
	[{issuers: ['ca.example']}, play({'CAA shop.example': answered([issuer('a@b', 'iodef')])}).report, 'fail'],
	[{dane: 'match'}, dane('match'), 'pass'],
	[{dane: 'match'}, dane('no-match'), 'fail'],
	[{dane: 'match'}, dane('unusable'), 'fail'],
	[{dane: 'match'}, empty, 'fail'],
	[{dane: 'match'}, full, 'inconclusive'],
	[{dane: 'match'}, dane('inconclusive'), 'inconclusive'],
];

for (const [index, [demand, report, found]] of demands.entries()) {
	test(`demand ${index} ${JSON.stringify(demand)}: ${found}`, t => {
		t.deepEqual(parseDemand(demand), {demand});
		const {status, message} = judgeDemand(report, demand);
		t.is(status, found as typeof status, message);
	});
}

test('invalid demands are refused, and a report meets the demand that is made from it', t => {
	for (const value of [{}, [], 'x', {caa: 'yes'}, {dane: 'fail'}, {issuers: []}, {issuers: [1]}, {caaa: 'present'}]) {
		t.true('problem' in parseDemand(value), JSON.stringify(value));
	}

	t.is(demandFrom(empty), undefined);
	for (const report of [full, dane('match')]) {
		t.is(judgeDemand(report, demandFrom(report)!).status, 'pass');
	}
});

test('differences between two reports', t => {
	const changes = (before: NamesReport, after: NamesReport): string[] =>
		compareNames(before, after).map(({effect, message}) => `${effect}: ${message}`);
	t.deepEqual(changes(full, full), []);
	t.deepEqual(changes(full, empty), [
		'worse: CAA was present and is absent',
		'worse: TLSA was present and is absent',
		'worse: HTTPS was present and is absent',
		'worse: ECH was present and is absent',
	]);
	t.deepEqual(changes(dane('match'), dane('no-match')), ['worse: the TLSA records no longer match the certificates']);
	t.deepEqual(changes(dane('no-match'), dane('match')), ['better: the TLSA records match the certificates now']);
	t.deepEqual(changes(dane('match'), dane('unsigned')), []);
	const one = play({'CAA shop.example': answered([issuer('ca.example')])}).report;
	t.deepEqual(changes(one, {...one, caa: full.caa}), ['changed: CAA let ca.example issue, and lets b.example ca.example now']);
	t.deepEqual(
		changes(full, play({'CAA www.shop.example': answered([], {code: 2}), 'TLSA _443._tcp.www.shop.example': none}).report).length,
		3,
	);
});
