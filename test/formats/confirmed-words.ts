import {readFileSync} from 'node:fs';
import test from 'ava';
import type {TargetResult} from '../../source/engine/probe-target.js';
import type {CertificateReport, ConfirmedReport, Report} from '../../source/engine/report.js';
import {nextSteps} from '../../source/formats/advice.js';
import {certificateInWords, confirmedInWords} from '../../source/formats/confirmed-words.js';
import {formatNames} from '../../source/formats/index.js';
import {rendered} from '../helpers/formats.js';

const completed = (fields: Partial<ConfirmedReport>): ConfirmedReport => ({
	handshake: 'completed',
	verdict: 'served',
	durationMs: 1,
	attempts: 1,
	...fields,
});
const http = (status: number, fields: object = {}): ConfirmedReport['answer'] => ({kind: 'http', status, ...fields});
const refusal = completed({verdict: 'refused', because: 'code', answer: http(400, {code: 'TlsVersionNotPermitted'})});

const cases: readonly (readonly [confirmed: ConfirmedReport, words: string])[] = [
	[refusal, 'then refused by the service (HTTP 400 TlsVersionNotPermitted)'],
	[completed({answer: http(401, {reason: 'Unauthorized'})}), 'the service answered HTTP 401 Unauthorized'],
	[completed({answer: http(200, {reason: 'OK'})}), 'the service answered HTTP 200'],
	[
		completed({verdict: 'refused', because: 'words', answer: http(403, {words: 'TLS 1.0 is not supported', reason: 'Forbidden'})}),
		'then refused by the service (HTTP 403 "TLS 1.0 is not supported")',
	],
	[
		completed({
			verdict: 'refused',
			because: 'difference',
			answer: http(401),
			differsFrom: {version: 'TLSv1.3', answer: http(200)!},
		}),
		'then refused by the service (HTTP 401, while TLSv1.3 gets HTTP 200)',
	],
	[
		completed({verdict: 'refused', because: 'difference', answer: {kind: 'closed'}, differsFrom: {version: 'TLSv1.2', answer: http(200)!}}),
		'then refused by the service (the connection was closed, while TLSv1.2 gets HTTP 200)',
	],
	[
		completed({verdict: 'undecided', answer: http(302), differsFrom: {version: 'TLSv1.3', answer: http(200)!}}),
		'the service answered HTTP 302, while TLSv1.3 gets HTTP 200',
	],
	[completed({answer: {kind: 'not-http', looksLike: 'imap'}}), 'the service answered something other than HTTP: imap'],
	[completed({verdict: 'unknown'}), 'the handshake completes'],
	[completed({verdict: 'unknown', answer: {kind: 'silent'}}), 'the handshake completes, then no answer'],
	[completed({verdict: 'unknown', answer: {kind: 'reset'}}), 'the handshake completes, then the connection was reset'],
	[
		completed({verdict: 'unknown', answer: {kind: 'alert', alert: 'certificate_required'}}),
		'the handshake completes, then alert 116 certificate_required',
	],
	[completed({verdict: 'unknown', answer: {kind: 'malformed', problem: 'x'}}), 'the handshake completes, then a malformed answer: x'],
	[
		completed({
			handshake: 'failed',
			verdict: 'unknown',
			failure: {kind: 'alert', alert: 'handshake_failure'},
			wantsClientCertificate: true,
		}),
		'but a second TLS stack did not complete the handshake: alert 40 handshake_failure, it asks for a client certificate',
	],
	[
		completed({handshake: 'failed', verdict: 'unknown', failure: {kind: 'own-stack', code: 'ERR_SSL_DH_KEY_TOO_SMALL'}}),
		'but a second TLS stack did not complete the handshake: an error of the local TLS library, which is not a refusal (ERR_SSL_DH_KEY_TOO_SMALL)',
	],
	[
		completed({handshake: 'not-spoken', verdict: 'unknown', failure: {kind: 'own-stack', code: 'X'}}),
		'not confirmed: the local TLS library does not support it',
	],
	[
		completed({handshake: 'not-reached', verdict: 'unknown', failure: {kind: 'unreachable', code: 'ECONNREFUSED'}}),
		'not confirmed: no connection (ECONNREFUSED)',
	],
	[
		completed({handshake: 'not-reached', verdict: 'unknown', failure: {kind: 'proxy-refused', words: '407 no'}}),
		'not confirmed: the proxy refused: 407 no',
	],
	[completed({handshake: 'not-reached', verdict: 'unknown', failure: {kind: 'unasked'}}), 'not confirmed: the time ran out'],
];

for (const [confirmed, words] of cases) {
	test(`accepted, ${words}`, t => t.is(confirmedInWords(confirmed), words));
}

const certificate: CertificateReport = {
	sha256: 'aa',
	subject: 'C=US, O=Example\\, Inc., CN=edge.example.com',
	issuer: 'O=Example, CN=Example CA 1',
	validFrom: '2026-01-01T00:00:00.000Z',
	validTo: '2026-12-31T00:00:00.000Z',
	validity: 'valid',
	selfSigned: false,
	askedFor: 'portal.example.com',
	fits: true,
	chain: [{sha256: 'bb', subject: 'O=Example, CN=Example CA 1', issuer: 'CN=Root'}],
};

test('a certificate says whose it is, by whom, until when, and whether it is for what was asked', t => {
	t.deepEqual(certificateInWords(certificate), [
		'Certificate: edge.example.com, issued by Example CA 1, valid until 2026-12-31, for portal.example.com.',
		'Chain: Example CA 1.',
	]);
	t.deepEqual(certificateInWords({...certificate, validity: 'expired', fits: false, selfSigned: true, chain: []}), [
		'Certificate: edge.example.com, self-signed, expired 2026-12-31, not for portal.example.com.',
	]);
	t.deepEqual(certificateInWords({...certificate, validity: 'not-yet-valid', subject: '', chain: []}), [
		'Certificate: without a name, issued by Example CA 1, valid until 2026-12-31, not valid before 2026-01-01, for portal.example.com.',
	]);
	t.deepEqual(certificateInWords({sha256: 'aa', subject: 'CN=a', issuer: 'CN=b'}), []);
});

/** A result whose old versions the service refuses behind the handshake. */
function refusedLater(): TargetResult {
	const result = JSON.parse(readFileSync('fixtures/reports/fail-old-versions.json', 'utf8')) as TargetResult;
	const [{report, ...recording}] = result.recordings;
	const versions = Object.fromEntries(
		Object.entries(report.versions).map(([name, version]) => [
			name,
			version.status === 'accepted' && name < 'TLSv1.2' ? {...version, confirmed: refusal} : version,
		]),
	);
	return {...result, recordings: [{...recording, report: {...report, versions, certificate}}]};
}

const said = 'then refused by the service (HTTP 400 TlsVersionNotPermitted)';
/** They say which versions are accepted, and nothing of answers. */
const withoutAnswers: ReadonlySet<string> = new Set(['prometheus', 'nagios']);

for (const name of formatNames.filter(format => !withoutAnswers.has(format))) {
	test(`${name}: says what the service answered`, async t => {
		const text = (await rendered(name, [refusedLater()])).replaceAll(/\s+/g, ' ');
		const words = ['jsonl', 'json'].includes(name)
			? '"code":"TlsVersionNotPermitted"'
			: name === 'lines'
				? `1.0 and 1.1 accepted, ${said}`
				: said;
		t.true(text.includes(words), text);
	});
}

for (const name of ['table', 'html', 'json', 'jsonl'] as const) {
	test(`${name}: says whose the certificate is`, async t => t.regex(await rendered(name, [refusedLater()]), /edge\.example\.com/));
}

const report = (host: string, fields: Partial<Report> = {}): Report => ({
	...refusedLater().recordings[0].report,
	host,
	serverName: host,
	...fields,
});
const unconfirmed = (): Report['versions'] =>
	(JSON.parse(readFileSync('fixtures/reports/fail-old-versions.json', 'utf8')) as TargetResult).recordings[0].report.versions;

test('where a service is known to refuse later, the output says how to see it', t => {
	const versions = unconfirmed();
	t.regex(
		nextSteps(report('a.blob.core.windows.net', {versions})).join('\n'),
		/^Azure Storage refuses old versions only after the handshake, .*--confirm/,
	);
	t.notRegex(nextSteps(report('example.com', {versions})).join('\n'), /--confirm/);
	t.notRegex(nextSteps(report('a.vault.azure.net', {versions})).join('\n'), /--confirm/);
});

test('where a service refuses later, no user is advised to turn off what it does not serve', t => {
	const steps = nextSteps(report('example.com')).join('\n');
	t.regex(
		steps,
		/the service refuses TLSv1\.0 and TLSv1\.1 after the handshake, and this verdict covers only the handshake; to judge the service, add --policy azure/,
	);
	t.notRegex(steps, /ssl_protocols/);
});

test('where SQL has a check of its own, that is reported', t => {
	t.regex(
		nextSteps(report('example.com', {starttls: 'tds'})).join('\n'),
		/may refuse old versions at login \(error 47072\), which is not tested/,
	);
});

test('where two stacks disagree, that is reported', t => {
	const versions = Object.fromEntries(
		Object.entries(unconfirmed()).map(([name, version]) => [
			name,
			{
				...version,
				...(version.status === 'accepted'
					? {confirmed: completed({handshake: 'failed', verdict: 'unknown', failure: {kind: 'closed'}})}
					: {}),
			},
		]),
	);
	t.regex(nextSteps(report('example.com', {versions})).join('\n'), /two TLS stacks disagree on TLSv1\.0, TLSv1\.1, TLSv1\.2 and TLSv1\.3/);
});
