import {Ajv2020} from 'ajv/dist/2020.js';
import test from 'ava';
import type {
	AnswerReport,
	CertificateReport,
	ChainedCertificate,
	ConfirmedReport,
	Evidence,
	HandshakeFailure,
	Report,
	TargetReason,
	VersionReport,
} from '../../source/engine/report.js';
import type {Anomaly, Cut} from '../../source/exchange/outcome.js';
import {jsonLine} from '../../source/formats/json-line.js';
import {versionNames} from '../../source/iana/versions.js';
import type {EndpointVerdict} from '../../source/policy/default-expectation.js';
import type {KnownCause} from '../../source/probes/confirm/known-cause.js';
import {reportParts} from '../../source/probes/report-parts.js';
import type {Reason, Status} from '../../source/probes/versions/finding.js';
import {refusalKinds} from '../../source/transport/dialogue.js';
import {checkJsonLines, faultsOf, resultSchema} from '../helpers/validate.js';

/** Every field and word of the types. What is added to them does not compile until it is here, and is not right until it is in the schema. */
type Every<Word extends string> = Readonly<Record<Word, true>>;
type Schema = {
	readonly properties: Readonly<Record<string, {readonly enum?: readonly string[]; readonly properties?: object; readonly items?: Schema}>>;
	readonly enum?: readonly string[];
	readonly items?: Schema;
};

const schema = resultSchema as unknown as Schema & {readonly $defs: Readonly<Record<string, Schema>>};
const version = schema.$defs.version!;
const confirmed = schema.$defs.confirmed!;

const every: readonly (readonly [what: string, words: Every<string>, described: readonly string[]])[] = [
	[
		'fields of a line',
		{
			target: true,
			host: true,
			port: true,
			address: true,
			serverName: true,
			versions: true,
			proxy: true,
			starttls: true,
			proxyProtocol: true,
			alpn: true,
			asked: true,
			verdict: true,
			mx: true,
			from: true,
			reason: true,
			problem: true,
			skippedProbes: true,
			withoutServerName: true,
			certificate: true,
			inspection: true,
			direct: true,
			addressCount: true,
			position: true,
			given: true,
			columns: true,
			source: true,
			name: true,
			judgements: true,
			startedAt: true,
			durationMs: true,
			toolVersion: true,
		} satisfies Every<keyof Report>,
		Object.keys(schema.properties).filter(name => !reportParts.some(({field}) => field === name)),
	],
	[
		'fields of a version',
		{
			status: true,
			reason: true,
			alert: true,
			alertLevel: true,
			selectedVersion: true,
			cipherSuite: true,
			group: true,
			applicationProtocol: true,
			downgradeSentinel: true,
			anomalies: true,
			looksLike: true,
			problem: true,
			code: true,
			stage: true,
			words: true,
			acceptedWithoutServerName: true,
			samples: true,
			largeHello: true,
			refusal: true,
			because: true,
			startTlsRefusals: true,
			confirmed: true,
			durationMs: true,
			shape: true,
			attempts: true,
			evidence: true,
		} satisfies Every<keyof VersionReport>,
		Object.keys(version.properties),
	],
	[
		'fields of evidence',
		{shape: true, version: true, outcome: true, durationMs: true, decided: true, sent: true, received: true} satisfies Every<
			keyof Evidence
		>,
		Object.keys(schema.$defs.evidence!.items!.properties),
	],
	[
		'outcomes',
		{
			'server-hello': true,
			'hello-retry-request': true,
			alert: true,
			closed: true,
			reset: true,
			silent: true,
			'not-tls': true,
			malformed: true,
			unreachable: true,
			'proxy-refused': true,
			'starttls-refused': true,
			unasked: true,
			unanswered: true,
			completed: true,
			failed: true,
			'not-spoken': true,
			'not-reached': true,
			turns: true,
		} satisfies Every<Evidence['outcome']>,
		schema.$defs.evidence!.items!.properties.outcome!.enum!,
	],
	['statuses', {accepted: true, rejected: true, inconclusive: true} satisfies Every<Status>, version.properties.status!.enum!],
	[
		'reasons',
		{
			'server-hello': true,
			'hello-retry-request': true,
			'other-version': true,
			alert: true,
			closed: true,
			reset: true,
			silent: true,
			'not-tls': true,
			malformed: true,
			unreachable: true,
			'proxy-refused': true,
			'starttls-refused': true,
			unstable: true,
			unasked: true,
			unanswered: true,
		} satisfies Every<Reason>,
		version.properties.reason!.enum!,
	],
	[
		'anomalies',
		{
			'cipher-suite-not-offered': true,
			'compression-not-offered': true,
			'extension-not-offered': true,
			'extension-repeated': true,
			'hello-request-first': true,
			'key-share-already-offered': true,
			'legacy-version': true,
			'missing-key-share': true,
			'no-cipher-kinds': true,
			'plaintext-after-starttls': true,
			'session-id-not-echoed': true,
			'supported-versions-before-1.3': true,
			'supported-versions-missing': true,
			'undecodable-extension': true,
			'warning-alert-first': true,
		} satisfies Every<Anomaly>,
		version.properties.anomalies!.items!.enum!,
	],
	[
		'reasons of a target without versions',
		{
			'invalid-target': true,
			'name-not-found': true,
			'name-lookup-failed': true,
			'blocked-by-dns': true,
			'no-mail-server': true,
			unreachable: true,
			cancelled: true,
			'not-reached': true,
		} satisfies Every<TargetReason>,
		schema.$defs.targetReason!.enum!,
	],
	[
		'fields of what is confirmed',
		{
			handshake: true,
			verdict: true,
			because: true,
			cipherSuite: true,
			applicationProtocol: true,
			failure: true,
			wantsClientCertificate: true,
			answer: true,
			differsFrom: true,
			certificate: true,
			durationMs: true,
			attempts: true,
			evidence: true,
		} satisfies Every<keyof ConfirmedReport>,
		Object.keys(confirmed.properties),
	],
	[
		'ends of a handshake',
		{completed: true, failed: true, 'not-spoken': true, 'not-reached': true} satisfies Every<ConfirmedReport['handshake']>,
		confirmed.properties.handshake!.enum!,
	],
	[
		'verdicts of a service',
		{served: true, refused: true, undecided: true, unknown: true} satisfies Every<ConfirmedReport['verdict']>,
		confirmed.properties.verdict!.enum!,
	],
	['what a refusal of STARTTLS is about', Object.fromEntries(refusalKinds.map(kind => [kind, true])), version.properties.refusal!.enum!],
	['what cuts short', {deadline: true, 'max-time': true, cancelled: true} satisfies Every<Cut>, schema.$defs.cut!.enum!],
	[
		'causes of a failure',
		{
			'client-certificate': true,
			'chain-too-long': true,
			'cipher-suite': true,
			group: true,
			'local-library': true,
			'application-protocol': true,
			'server-name': true,
		} satisfies Every<KnownCause>,
		(confirmed.properties.failure as Schema).properties.cause!.enum!,
	],
	[
		'grounds of a refusal',
		{code: true, words: true, upgrade: true, alert: true, difference: true} satisfies Every<NonNullable<ConfirmedReport['because']>>,
		confirmed.properties.because!.enum!,
	],
	[
		'fields of a failure',
		{kind: true, alert: true, code: true, words: true, problem: true, because: true, cause: true} satisfies Every<keyof HandshakeFailure>,
		Object.keys(confirmed.properties.failure!.properties!),
	],
	[
		'fields of an answer',
		{
			kind: true,
			status: true,
			reason: true,
			code: true,
			words: true,
			upgrade: true,
			server: true,
			looksLike: true,
			alert: true,
			problem: true,
			because: true,
		} satisfies Every<keyof AnswerReport>,
		Object.keys(schema.$defs.answer!.properties),
	],
	[
		'kinds of answers',
		{
			http: true,
			'not-http': true,
			alert: true,
			closed: true,
			reset: true,
			silent: true,
			malformed: true,
			'own-stack': true,
			unanswered: true,
		} satisfies Every<AnswerReport['kind']>,
		schema.$defs.answer!.properties.kind!.enum!,
	],
	[
		'fields of a certificate',
		{
			sha256: true,
			subject: true,
			issuer: true,
			validFrom: true,
			validTo: true,
			names: true,
			moreNames: true,
			validity: true,
			selfSigned: true,
			askedFor: true,
			fits: true,
			chain: true,
		} satisfies Every<keyof CertificateReport>,
		Object.keys(schema.$defs.certificate!.properties),
	],
	[
		'fields of a certificate in a chain',
		{sha256: true, subject: true, issuer: true, validFrom: true, validTo: true} satisfies Every<keyof ChainedCertificate>,
		Object.keys(schema.$defs.certificate!.properties.chain!.items!.properties),
	],
	['verdicts', {pass: true, fail: true, inconclusive: true} satisfies Every<EndpointVerdict>, schema.$defs.verdict!.enum!],
];

for (const [what, words, described] of every) {
	test(`the schema has all ${what}, and no others`, t => {
		t.deepEqual([...described].toSorted(), Object.keys(words).toSorted());
	});
}

test('the schema has all versions, oldest first', t => {
	t.deepEqual(schema.$defs.versionName!.enum, versionNames);
	t.deepEqual(Object.keys(schema.$defs.versions!.properties), versionNames);
});

const report: Report = {
	target: 'portal.azure.com:443',
	host: 'portal.azure.com',
	port: 443,
	address: '127.0.0.1',
	serverName: 'portal.azure.com',
	versions: {
		'TLSv1.0': {
			status: 'rejected',
			reason: 'alert',
			alert: 'protocol_version',
			alertLevel: 'fatal',
			durationMs: 1.5,
			shape: 'short',
			attempts: 1,
		},
		'TLSv1.2': {
			status: 'accepted',
			reason: 'server-hello',
			cipherSuite: 'TLS_RSA_WITH_NULL_SHA',
			durationMs: 1,
			shape: 'short',
			attempts: 2,
		},
	},
	verdict: 'pass',
	startedAt: '2021-12-15T08:00:00.000Z',
	durationMs: 12.3,
	toolVersion: '0.1.0',
};

const withVersion = (changes: object): object => ({...report, versions: {'TLSv1.2': {...report.versions['TLSv1.2'], ...changes}}});

test('a line is as the schema has it', t => {
	t.deepEqual(faultsOf(jsonLine(report)), []);
});

/** Lines with one fault each: a schema that cannot fail describes nothing. */
const faults: readonly (readonly [title: string, line: object, found: RegExp])[] = [
	['a field that is not described', {...report, colour: 'green'}, /additional properties.*colour/],
	['a field of a version that is not described', withVersion({colour: 'green'}), /additional properties.*colour/],
	['a version that does not exist', {...report, versions: {'TLSv1.4': {}}}, /additional properties.*TLSv1\.4/],
	['a status that does not exist', withVersion({status: 'disabled'}), /allowed values/],
	['a field that is missing', {...report, verdict: undefined}, /required property 'verdict'/],
	['an acceptance by silence', withVersion({reason: 'silent'}), /allowed values/],
	['an acceptance without a suite', withVersion({cipherSuite: undefined}), /required property 'cipherSuite'/],
	['a refusal by silence', withVersion({status: 'rejected', reason: 'silent'}), /equal to constant/],
	['an alert without its name', withVersion({status: 'rejected', reason: 'alert', alertLevel: 'fatal'}), /required property 'alert'/],
	[
		'a refusal by the service without its ground',
		withVersion({
			confirmed: {handshake: 'completed', verdict: 'refused', cipherSuite: 'x', answer: {kind: 'closed'}, durationMs: 1, attempts: 1},
		}),
		/required property 'because'/,
	],
	[
		'a verdict of the service behind a handshake that failed',
		withVersion({confirmed: {handshake: 'failed', verdict: 'served', failure: {kind: 'closed'}, durationMs: 1, attempts: 1}}),
		/equal to constant/,
	],
	[
		'an answer in HTTP without its status',
		withVersion({
			confirmed: {handshake: 'completed', verdict: 'served', cipherSuite: 'x', answer: {kind: 'http'}, durationMs: 1, attempts: 1},
		}),
		/required property 'status'/,
	],
	['a port beyond all ports', {...report, port: 65_536}, /<= 65535/],
	['no address, and yet a verdict', {...report, address: null, versions: {}, reason: 'name-not-found'}, /equal to constant/],
	['no address, and no reason', {...report, address: null, versions: {}, verdict: 'inconclusive'}, /required property 'reason'/],
	['a local time', {...report, startedAt: '2021-12-15T08:00:00+01:00'}, /match pattern/],
	['fields in another order', {...Object.fromEntries(Object.entries(report).toReversed())}, /in the order/],
];

for (const [title, line, found] of faults) {
	test(`${title}: is no such line`, t => {
		t.regex(faultsOf(JSON.stringify(line)).join('\n'), found);
	});
}

test('what is no JSON, and a torn last line, are no such lines', t => {
	t.throws(() => checkJsonLines('{"target":\n'), {message: /JSON/});
	t.throws(() => checkJsonLines(jsonLine(report).slice(0, -1)), {message: /no end/});
	t.notThrows(() => checkJsonLines(`${jsonLine(report)}${jsonLine(report)}`));
});

test('the schema that is shipped lets later versions add fields', t => {
	const validate = new Ajv2020({strict: true, strictTypes: false, strictRequired: false}).compile(resultSchema);
	t.true(validate({...report, colour: 'green', versions: {'TLSv1.2': {...report.versions['TLSv1.2'], colour: 'green'}}}));
	t.false(validate({...report, verdict: 'green'}));
});
