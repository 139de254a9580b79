import test from 'ava';
import {sha256} from '../../source/certificates/certificate.js';
import {makeStore} from '../../source/certificates/stores.js';
import {assessIdentity} from '../../source/probes/certificates/assess-identity.js';
import {judgeDemand} from '../../source/probes/certificates/demand.js';
import type {IdentityReport} from '../../source/probes/certificates/identity-report.js';
import {linesOf, problemsOf} from '../../source/probes/certificates/lines.js';
import {lookOnline} from '../../source/probes/certificates/online/look-online.js';
import {certificatesSchema} from '../../source/probes/certificates/schema.js';
import type {ShownIdentity} from '../../source/probes/certificates/shown-identity.js';
import {hasShape} from '../../source/probes/has-shape.js';
import type {DocumentRequest, Fetched} from '../../source/transport/fetching/fetch-document.js';
import {certificateList, flagged} from '../helpers/certificates/crl.js';
import {der, explicit, implicit, integer, oid, sequence, set} from '../helpers/certificates/der.js';
import {authority, extension, type Issued, issue, type Wanted} from '../helpers/certificates/issue.js';
import {ocspError, ocspResponse} from '../helpers/certificates/ocsp.js';

const [ocspUrl, crlUrl, aiaUrl] = ['http://ocsp.example/', 'http://crl.example/issuer.crl', 'http://aia.example/issuer.cer'];
const root = authority('CN=Root', {to: 2000});
const issuer = authority('CN=Issuer', {issuer: root});
const stranger = authority('CN=Issuer', {issuer: root});

const access = (method: string, url: string): Buffer => sequence(oid(`1.3.6.1.5.5.7.48.${method}`), implicit(6, url));
const urls = {
	ocsp: access('1', ocspUrl),
	aia: access('2', aiaUrl),
	crl: extension('2.5.29.31', sequence(sequence(explicit(0, explicit(0, implicit(6, crlUrl)))))),
};
const made = (more: readonly Buffer[], wanted: Wanted = {}): Issued => issue({issuer, more, ...wanted});
const withOcsp = extension('1.3.6.1.5.5.7.1.1', sequence(urls.ocsp));
const withAll = extension('1.3.6.1.5.5.7.1.1', sequence(urls.ocsp, urls.aia));

type Web = Readonly<Record<string, Uint8Array | 'down' | 404>>;

/** What is fetched from a web that is made of these documents. */
function answerOf({url}: DocumentRequest, web: Web): Fetched {
	const found = web[url] ?? 404;
	return found === 'down'
		? {kind: 'failed', reason: 'unreachable', message: 'ECONNREFUSED'}
		: {kind: 'document', httpStatus: found === 404 ? 404 : 200, body: found === 404 ? Buffer.of() : found, durationMs: 1};
}

function look(
	leaf: Issued,
	web: Web,
	more: Partial<ShownIdentity> = {},
): {readonly report: IdentityReport; readonly asked: readonly string[]} {
	const shown: ShownIdentity = {
		chain: [leaf.der, issuer.der],
		ocspResponses: [],
		sctLists: [],
		seen: [{version: 'TLSv1.2', authentication: 'ECDSA', serverName: 'server.example'}],
		isForTarget: true,
		...more,
	};
	const options = {asked: 'server.example', stores: [makeStore('ca', [root.pem])], now: new Date()};
	const conversation = lookOnline(shown, assessIdentity(shown, options), options);
	const asked: string[] = [];
	let step = conversation.next([]);
	while (!step.done) {
		step = conversation.next(
			step.value.map(({request}) => {
				asked.push(request.url);
				return {fetched: answerOf(request, web)};
			}),
		);
	}

	return {report: step.value, asked};
}

const leaf = made([withOcsp, urls.crl]);
const [good, revoked, unknown] = (['good', 'revoked', 'unknown'] as const).map(status => ocspResponse({leaf, issuer, status})) as [
	Buffer,
	Buffer,
	Buffer,
];
const emptyList = certificateList({issuer});
const fullList = certificateList({issuer, revoked: [leaf.serial]});

const cases: Readonly<Record<string, readonly [web: Web, status: string, asked: readonly string[]]>> = {
	'the responder says good': [{[ocspUrl]: good}, 'good ocsp', [ocspUrl]],
	'the responder says revoked': [{[ocspUrl]: revoked}, 'revoked ocsp', [ocspUrl]],
	'the responder does not know it, and the list does not have it': [
		{[ocspUrl]: unknown, [crlUrl]: emptyList},
		'unknown ocsp',
		[ocspUrl, crlUrl],
	],
	'the responder does not know it, and the list has it': [{[ocspUrl]: unknown, [crlUrl]: fullList}, 'revoked crl', [ocspUrl, crlUrl]],
	'the responder is down, and the list does not have it': [{[ocspUrl]: 'down', [crlUrl]: emptyList}, 'good crl', [ocspUrl, crlUrl]],
	'the responder has an error, and the list has it': [{[ocspUrl]: ocspError(), [crlUrl]: fullList}, 'revoked crl', [ocspUrl, crlUrl]],
	'both are down': [{[ocspUrl]: 'down', [crlUrl]: 404}, 'inconclusive', [ocspUrl, crlUrl]],
	'a response of another key, and a list of another key': [
		{[ocspUrl]: ocspResponse({leaf, issuer, signer: stranger}), [crlUrl]: certificateList({issuer, signer: stranger})},
		'inconclusive',
		[ocspUrl, crlUrl],
	],
	'a response of old, and a list of old': [
		{[ocspUrl]: ocspResponse({leaf, issuer, from: -48, to: -24}), [crlUrl]: certificateList({issuer, from: -48, to: -24})},
		'inconclusive',
		[ocspUrl, crlUrl],
	],
	'a response about another certificate, and nonsense': [
		{[ocspUrl]: ocspResponse({leaf, issuer, serial: Buffer.of(1)}), [crlUrl]: Buffer.from('<html>')},
		'inconclusive',
		[ocspUrl, crlUrl],
	],
};

for (const [title, [web, status, urlsAsked]] of Object.entries(cases)) {
	test(`revocation: ${title}`, t => {
		const {report, asked} = look(leaf, web);
		const {revocation, problems} = report;
		t.is([revocation?.status, revocation?.source].filter(Boolean).join(' '), status);
		t.deepEqual(asked, urlsAsked);
		t.is(revocation?.because !== undefined, status === 'inconclusive');
		t.is(
			problems.map(({id}) => id).join(),
			status.startsWith('revoked') ? 'revoked' : status.startsWith('unknown') ? 'revocation-unknown' : '',
		);
		t.is(
			problemsOf([report]).some(({severity}) => severity === 'undecided'),
			status === 'inconclusive',
		);
		t.deepEqual(
			revocation?.fetched.map(({url, sha256: hash}) => [url, hash]),
			asked.map(url => [url, typeof web[url] === 'object' ? sha256(web[url]) : web[url] === 404 ? sha256(Buffer.of()) : undefined]),
		);
		t.true(hasShape([report], certificatesSchema));
		t.true(linesOf([report]).some(({label, text}) => label === 'revocation' && text.startsWith(status.split(' ')[0]!)));
	});
}

test('revocation by the staple, where nothing else is known; and a revoked staple counts beside a responder', t => {
	const stapled = {ocspResponses: [good]};
	t.like(look(leaf, {}, stapled).report.revocation, {status: 'good', source: 'staple'});
	t.like(look(leaf, {[ocspUrl]: revoked}, stapled).report.revocation, {status: 'revoked', source: 'ocsp', url: ocspUrl});
	t.like(look(leaf, {[ocspUrl]: good}, {ocspResponses: [revoked]}).report.revocation, {status: 'revoked', source: 'staple'});
});

test('without a URL, and with one of another scheme, nothing is fetched', t => {
	const none = look(made([]), {});
	t.deepEqual(none.asked, []);
	t.like(none.report.revocation, {
		status: 'inconclusive',
		because: 'the certificate names neither an OCSP responder nor a list of revoked certificates',
	});
	const ldap = look(made([extension('1.3.6.1.5.5.7.1.1', sequence(access('1', 'ldap://ocsp.example/')))]), {});
	t.deepEqual(ldap.asked, []);
	t.is(ldap.report.revocation?.because, 'the certificate names no URL over HTTP or HTTPS');
});

const incomplete = made([withAll]);
const alone = {chain: [incomplete.der]};
const cms = sequence(
	oid('1.2.840.113549.1.7.2'),
	explicit(0, sequence(integer(1), set(), sequence(oid('1.2.840.113549.1.7.1')), explicit(0, issuer.der), set())),
);

const chains: Readonly<Record<string, readonly [web: Web, aia: string | undefined, words: RegExp]>> = {
	'in DER': [{[aiaUrl]: issuer.der}, 'complete', /it is trusted by the file of authorities; many clients do not fetch that\.$/],
	'in PEM': [{[aiaUrl]: Buffer.from(issuer.pem)}, 'complete', /it is trusted by/],
	'in a bag': [{[aiaUrl]: cms}, 'complete', /it is trusted by/],
	'of the same name and another key': [{[aiaUrl]: stranger.der}, 'incomplete', /AIA URLs do not complete it/],
	'that is no certificate': [{[aiaUrl]: der(0x04)}, 'incomplete', /the URL has no certificate\.$/],
	'that is not there': [{}, 'inconclusive', /Its AIA URL was not read: HTTP status 404\.$/],
};

for (const [title, [web, status, words]] of Object.entries(chains)) {
	test(`a missing issuer ${title}`, t => {
		const answer = {...web, [ocspUrl]: ocspResponse({leaf: incomplete, issuer})};
		const {report, asked} = look(incomplete, answer, alone);
		t.is(report.aia?.status, status as never);
		t.is(report.trust?.status, 'untrusted');
		t.regex(report.problems.find(({id}) => id === 'missing-intermediate')!.message, words);
		t.is(report.revocation?.status, status === 'complete' ? 'good' : 'inconclusive');
		t.is(asked.includes(ocspUrl), status === 'complete');
		t.true(hasShape([report], certificatesSchema));
	});
}

test('a chain that is complete asks no AIA URL', t => {
	const {asked, report} = look(incomplete, {[ocspUrl]: ocspResponse({leaf: incomplete, issuer})});
	t.deepEqual(asked, [ocspUrl]);
	t.is(report.aia, undefined);
});

const rootUrl = 'http://crl.example/root.crl';
const rootOcspUrl = 'http://ocsp.example/root';
const listed = authority('CN=Listed', {
	issuer: root,
	more: [
		extension('1.3.6.1.5.5.7.1.1', sequence(access('1', rootOcspUrl))),
		extension('2.5.29.31', sequence(sequence(explicit(0, explicit(0, implicit(6, rootUrl)))))),
	],
});
const below = issue({issuer: listed, more: [withOcsp]});
const goodBelow = {[ocspUrl]: ocspResponse({leaf: below, issuer: listed})};
const rootList = (revoked: readonly Uint8Array[], scope?: Buffer): Buffer =>
	certificateList({issuer: root, revoked, ...(scope === undefined ? {} : {scope})});
/** The same authority, certified a second time without a URL. */
const crossed = authority('CN=Listed', {issuer: root, pair: listed.pair});

const authorities: Readonly<
	Record<string, readonly [web: Web, status: string, problem: string, good: string, more?: readonly (typeof root)[]]>
> = {
	'its responder says good': [{[rootOcspUrl]: ocspResponse({leaf: listed, issuer: root})}, 'good ocsp', '', 'pass'],
	'its responder says revoked': [
		{[rootOcspUrl]: ocspResponse({leaf: listed, issuer: root, status: 'revoked'})},
		'revoked ocsp',
		'error issuer-revoked',
		'fail',
	],
	'its responder does not know it': [
		{[rootOcspUrl]: ocspResponse({leaf: listed, issuer: root, status: 'unknown'}), [rootUrl]: rootList([])},
		'unknown ocsp',
		'warning issuer-revocation-unknown',
		'inconclusive',
	],
	'the list of the root does not have it': [{[rootUrl]: rootList([])}, 'good crl', '', 'pass'],
	'the list of the root has it': [{[rootUrl]: rootList([listed.serial])}, 'revoked crl', 'error issuer-revoked', 'fail'],
	'the list is for authorities alone': [{[rootUrl]: rootList([listed.serial], flagged(2))}, 'revoked crl', 'error issuer-revoked', 'fail'],
	'the list is for servers alone': [{[rootUrl]: rootList([], flagged(1))}, 'inconclusive', '', 'inconclusive'],
	'nothing answers': [{[rootUrl]: 'down'}, 'inconclusive', '', 'inconclusive'],
	'it is revoked, and another path is trusted': [
		{[rootUrl]: rootList([listed.serial])},
		'revoked crl',
		'warning issuer-revoked',
		'pass',
		[crossed],
	],
};

for (const [title, [web, status, problem, demanded, more = []]] of Object.entries(authorities)) {
	test(`revocation of an issuer: ${title}`, t => {
		const {report} = look(below, {...goodBelow, ...web}, {chain: [below, listed, ...more].map(item => item.der)});
		const [found, ...others] = report.revocation?.issuers ?? [];
		t.is([found?.status, found?.source].filter(Boolean).join(' '), status);
		t.is(found?.subject, 'CN=Listed');
		t.deepEqual(others, []);
		t.is(
			report.problems
				.filter(({id}) => id.startsWith('issuer'))
				.map(({id, severity}) => `${severity} ${id}`)
				.join(),
			problem,
		);
		t.is(judgeDemand([report], {revocation: 'good'}).status, demanded as never);
		t.is(
			problemsOf([report]).some(({message}) => message === 'revocation not settled: CN=Listed'),
			status === 'inconclusive',
		);
		t.true(linesOf([report]).some(({label, text}) => label === 'revocation' && text.startsWith(`CN=Listed: ${status.split(' ')[0]}`)));
		t.true(hasShape([report], certificatesSchema));
	});
}

test('an issuer that names no source is not asked about, and the demand of a check is met without it', t => {
	const {report} = look(leaf, {[ocspUrl]: good});
	t.like(report.revocation?.issuers, [{subject: 'CN=Issuer', status: 'not-applicable'}]);
	t.is(judgeDemand([report], {revocation: 'good'}).status, 'pass');
	t.is(judgeDemand([report], {revocation: 'revoked'}).status, 'fail');
	t.is(judgeDemand([look(leaf, {[ocspUrl]: revoked}).report], {revocation: 'good'}).status, 'fail');
	t.is(judgeDemand([look(leaf, {[ocspUrl]: revoked}).report], {revocation: 'revoked'}).status, 'pass');
	t.is(judgeDemand([look(leaf, {}).report], {revocation: 'good'}).status, 'inconclusive');
	const {revocation: _, ...unchecked} = report;
	t.deepEqual(judgeDemand([unchecked], {revocation: 'good'}), {
		status: 'inconclusive',
		message: 'ECDSA certificate: revocation was not checked: online checks were not asked for',
	});
});
