import test from 'ava';
import type {Report, VersionReport} from '../../source/engine/report.js';
import {nextSteps} from '../../source/formats/advice.js';
import {refusalKinds} from '../../source/transport/dialogue.js';

const tail = {durationMs: 5000, shape: 'short', attempts: 1} as const;

const report = (version: Partial<VersionReport>, more: Partial<Report> = {}): Report => ({
	target: 'example.com:443',
	host: 'example.com',
	port: 443,
	address: '192.0.2.1',
	serverName: 'example.com',
	versions: {'TLSv1.2': {status: 'inconclusive', reason: 'reset', ...tail, ...version}},
	verdict: 'inconclusive',
	startedAt: '2026-03-02T09:30:00.000Z',
	durationMs: 1,
	toolVersion: '0.0.0',
	...more,
});

const refused = (refusal: VersionReport['refusal']): Partial<VersionReport> => ({reason: 'starttls-refused', words: 'x', refusal});
const slow = (code: string): Partial<VersionReport> => ({reason: 'unreachable', stage: 'starttls', code});
const byAddress = {host: '192.0.2.1', serverName: null};

/** What was seen, and the one step that fits it. */
const cases: readonly (readonly [title: string, version: Partial<VersionReport>, more: Partial<Report>, step: RegExp])[] = [
	['a greeting that pauses', slow('UNFINISHED'), {starttls: 'smtp'}, /pauses.*wait longer with --timeout 30s --deadline 120s$/],
	['a greeting that pauses longer', {...slow('UNFINISHED'), durationMs: 30_000}, {starttls: 'smtp'}, /--timeout 180s --deadline 720s$/],
	['no greeting', slow('ETIMEDOUT'), {starttls: 'smtp'}, /leave --starttls out.*or wait longer with --timeout 30s/],
	[
		'a greeting that the deadline cut',
		{reason: 'unanswered', because: 'deadline', stage: 'starttls'},
		{starttls: 'smtp'},
		/--timeout 30s --deadline 120s$/,
	],
	['an answer that the deadline cut', {reason: 'unanswered', because: 'deadline'}, {}, /^set a longer --deadline$/],
	['the end of --max-time', {reason: 'unasked', because: 'max-time'}, {}, /^set a longer --max-time$/],
	['421', refused('busy'), {starttls: 'smtp'}, /limits connections.*wait.*--versions TLSv1\.2 --max-connections 1 --samples 1/],
	['1129', refused('blocked'), {starttls: 'mysql'}, /FLUSH HOSTS/],
	['1130', refused('not-allowed'), {starttls: 'mysql'}, /no account for this machine.*GRANT/],
	['554', refused('not-allowed'), {starttls: 'smtp'}, /does not accept connections from this machine/],
	['host-unknown', refused('unknown-host'), {starttls: 'xmpp'}, /does not serve example\.com: .*--servername DOMAIN/],
	['LDAP 52', refused('tls-unavailable'), {starttls: 'ldap'}, /domain controller without a usable certificate/],
	['454', refused('tls-unavailable'), {starttls: 'smtp'}, /can read its certificate and private key/],
	['masks', refused('filtered'), {starttls: 'smtp'}, /firewall.*ESMTP inspection/],
	['no STARTTLS', refused('not-offered'), {starttls: 'imap'}, /does not offer TLS for IMAP on this port: .*port 993/],
	['an alert of TLS', refused('tls-at-once'), {starttls: 'smtp'}, /run again without --starttls/],
	['another protocol', refused('other-protocol'), {starttls: 'ldap', port: 389}, /port 389 does not speak LDAP/],
	['words alone', refused(undefined), {starttls: 'pop3'}, /read its answer/],
	...(
		[
			[389, 'ldap'],
			[1433, 'tds'],
			[3389, 'rdp'],
			[5432, 'postgres'],
			[25, 'smtp'],
		] as const
	).flatMap(([port, name]) =>
		(['reset', 'closed'] as const).map(
			reason => [`${reason} on ${port}`, {reason}, {port, ...byAddress}, new RegExp(`--starttls ${name}$`)] as const,
		),
	),
	['unknown bytes on 5432', {reason: 'not-tls', looksLike: {protocol: 'binary'}}, {port: 5432}, /--starttls postgres$/],
	['silence on 389', {reason: 'silent'}, {port: 389}, /--starttls ldap$/],
	['a close on 1883', {reason: 'closed'}, {port: 1883}, /MQTT.*8883/],
	['a reset on 636', {}, {port: 636}, /domain controller without a usable certificate/],
	['a reset by address', {}, byAddress, /--servername NAME/],
	['a reset where a name was sent', {}, {}, /server name \(try another than example\.com with --servername NAME\).*firewalls/],
];

for (const [title, version, more, step] of cases) {
	test(`${title} has a next step of its own`, t => {
		const steps = nextSteps(report(version, more));
		t.is(steps.length, 1, steps.join('\n'));
		t.regex(steps[0]!, step);
	});
}

test('each kind of refusal has another step', t => {
	const steps = refusalKinds.map(refusal => nextSteps(report(refused(refusal), {starttls: 'smtp'})).join('\n'));
	t.is(new Set(steps).size, refusalKinds.length);
});

test('a user who interrupted a run gets no advice about it', t => {
	t.deepEqual(nextSteps(report({reason: 'unanswered', because: 'cancelled'})), []);
	t.deepEqual(nextSteps(report({reason: 'unasked', because: 'cancelled'})), []);
});

const accepted = {status: 'accepted', reason: 'server-hello', cipherSuite: 'TLS_AES_128_GCM_SHA256', ...tail} as const;

test('a version that its ServerHello speaks of is missed only where it is refused', t => {
	const old = {...accepted, downgradeSentinel: 'TLSv1.3'};
	const steps = (status: 'rejected' | 'inconclusive', reason: VersionReport['reason']): string =>
		nextSteps(report({}, {versions: {'TLSv1.2': old, 'TLSv1.3': {status, reason, alert: 'protocol_version', ...tail}}})).join('\n');
	t.regex(steps('rejected', 'alert'), /supports TLSv1\.3, but/);
	for (const reason of ['starttls-refused', 'silent', 'unanswered', 'reset', 'alert', 'unreachable'] as const) {
		t.notRegex(steps('inconclusive', reason), /it speaks TLSv1\.3/, reason);
	}

	// What is spoken may be TLS 1.3, which is open.
	const twelve = {
		'TLSv1.1': {...accepted, downgradeSentinel: 'TLSv1.2'},
		'TLSv1.2': {status: 'rejected', reason: 'alert', ...tail},
	} as const;
	const open = {status: 'inconclusive', reason: 'silent', ...tail} as const;
	t.notRegex(nextSteps(report({}, {versions: {...twelve, 'TLSv1.3': open}})).join('\n'), /indicates that it supports/);
	t.regex(nextSteps(report({}, {versions: twelve})).join('\n'), /supports TLSv1\.2, but/);
});

test('where old versions are accepted without a name, a name is the next step as well', t => {
	const versions = {'TLSv1.0': accepted, 'TLSv1.2': accepted};
	t.regex(nextSteps(report({}, {versions, verdict: 'fail', ...byAddress})).join('\n'), /no server name was sent.*--servername with/);
	t.notRegex(nextSteps(report({}, {versions, verdict: 'fail'})).join('\n'), /no server name/);
});

test('of old versions those are to be turned off that break a stated rule', t => {
	const versions = {'TLSv1.0': accepted, 'TLSv1.1': accepted, 'TLSv1.2': accepted};
	const judgements = [{ruleId: 'rejects', title: '', status: 'fail', message: '', versions: ['TLSv1.0'], source: {name: ''}}] as const;
	t.regex(nextSteps(report({}, {versions, verdict: 'fail'})).join('\n'), /^disable TLSv1\.0 and TLSv1\.1 where/);
	t.regex(nextSteps(report({}, {versions, verdict: 'fail', judgements})).join('\n'), /^disable TLSv1\.0 where/);
});

const failed = (cause: NonNullable<NonNullable<VersionReport['confirmed']>['failure']>['cause']): VersionReport => ({
	...accepted,
	confirmed: {handshake: 'failed', verdict: 'unknown', failure: {kind: 'closed', cause}, durationMs: 1, attempts: 1},
});

test('two stacks disagree only where no cause is known', t => {
	const causes = [
		'client-certificate',
		'chain-too-long',
		'cipher-suite',
		'group',
		'local-library',
		'application-protocol',
		'server-name',
	] as const;
	const steps = causes.map(cause => nextSteps(report({}, {versions: {'TLSv1.2': failed(cause)}, verdict: 'fail'})).join('\n'));
	t.is(new Set(steps).size, causes.length);
	t.true(steps.every(step => step !== '' && !step.includes('disagree')));
	t.regex(
		nextSteps(report({}, {versions: {'TLSv1.2': failed(undefined)}, verdict: 'fail'})).join('\n'),
		/two TLS stacks disagree on TLSv1\.2/,
	);
});
