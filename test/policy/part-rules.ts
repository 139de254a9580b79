import {readdirSync, readFileSync} from 'node:fs';
import test from 'ava';
import {groups as groupTable} from '../../source/iana/groups.js';
import {evaluate} from '../../source/policy/evaluate.js';
import {ruleNamed} from '../../source/policy/expectation.js';
import {clauseOf, type PartRule} from '../../source/policy/rule.js';
import {rules} from '../../source/policy/rules/index.js';
import type {CertificatesDemand} from '../../source/probes/certificates/demand.js';
import {plainFields} from '../../source/probes/extensions/extensions-finding.js';
import type {GroupsDemand} from '../../source/probes/groups/demand.js';

const subject = {host: 'example.com', today: '2026-11-27'};
const judge = (id: string, found: object) => evaluate({versions: {}, ...found}, [clauseOf(ruleNamed(id)!, {}, subject)!])[0]!;

/** What a document states besides cipher suites, by the first part of the ids of its rules. */
type Guideline = {
	readonly groups?: Readonly<Record<string, readonly string[]>>;
	readonly atLeastOneGroup?: Readonly<Record<string, readonly string[]>>;
	readonly dhBits?: Readonly<Record<string, number>>;
	/** Curves of fewer bits are forbidden. */
	readonly groupBits?: Readonly<Record<string, number>>;
	readonly signatureSchemes?: Readonly<Record<string, readonly string[]>>;
	readonly certificates?: Readonly<Record<string, GuidelineCertificates>>;
};

type GuidelineCertificates = {
	readonly types?: readonly string[];
	readonly curves?: readonly string[];
	readonly signatures?: readonly string[];
	readonly forbiddenHashes?: readonly string[];
	readonly rsaBits?: number;
	readonly curveBits?: number;
	readonly maximumLifespanDays?: number;
	readonly recommendedLifespanDays?: number;
};

const groupNames = groupTable.entries.map(({name}) => name);

const demandOf = <Demand>(id: string): Demand => (ruleNamed(id) as PartRule).demand as Demand;
const entriesOf = <Value>(values: Readonly<Record<string, Value>> = {}) => Object.entries(values);

/** What rules allow besides the document's list. The file of each rule gives the reason. */
const added: Readonly<Record<string, RegExp>> = {
	'mozilla-old-groups': /^ffdhe/,
	'bsi-tr-02102-2-groups': /MLKEM|^brainpoolP\d+r1tls13$/,
	'bsi-tr-02102-2-signature-schemes': /^dsa_sha(?:256|384|512)$/,
	'nist-sp-800-52r2-groups': /^ffdhe/,
};

for (const name of readdirSync('fixtures/guidelines')) {
	const guideline = JSON.parse(readFileSync(`fixtures/guidelines/${name}`, 'utf8')) as Guideline;
	if (!['groups', 'atLeastOneGroup', 'dhBits', 'signatureSchemes', 'certificates'].some(word => word in guideline)) {
		continue;
	}

	test(`${name}: groups, signature schemes and certificates are those of the document`, t => {
		const holds = (id: string, word: 'only' | 'atLeastOne', names: readonly string[]): void => {
			const listed = demandOf<GroupsDemand>(id)[word]!;
			t.deepEqual(
				listed.filter(item => added[id]?.test(item) !== true || names.includes(item)),
				names,
				id,
			);
		};
		for (const [prefix, names] of entriesOf(guideline.groups)) {
			holds(`${prefix}-groups`, 'only', names);
		}

		for (const [prefix, names] of entriesOf(guideline.atLeastOneGroup)) {
			holds(`${prefix}-groups`, 'atLeastOne', names);
		}

		for (const [prefix, names] of entriesOf(guideline.signatureSchemes)) {
			holds(`${prefix}-signature-schemes`, 'only', names);
		}

		for (const [prefix, bits] of entriesOf(guideline.dhBits)) {
			t.is(demandOf<GroupsDemand>(`${prefix}-groups`).dhBits, bits);
		}

		for (const [prefix, bits] of entriesOf(guideline.groupBits)) {
			const short = groupNames.filter(name => /^se[cp][pt]\d/.test(name) && Number(/\d+/.exec(name)![0]) < bits);
			t.deepEqual(demandOf<GroupsDemand>(`${prefix}-groups`).never?.toSorted(), short.toSorted());
		}

		for (const [prefix, stated] of entriesOf(guideline.certificates)) {
			const {keyType, curve, signature, never, keyBits, curveBits, validityDays} = demandOf<CertificatesDemand>(`${prefix}-certificates`);
			t.deepEqual(
				keyType,
				stated.types?.map(type => type.replace('ecdsa', 'ec')),
			);
			t.deepEqual([curve, signature], [keyType?.includes('ec') ? stated.curves : undefined, stated.signatures]);
			t.deepEqual([keyBits, curveBits, validityDays], [stated.rsaBits, stated.curveBits, stated.maximumLifespanDays]);
			// The name of RSASSA-PSS does not contain its hash.
			const forbids = stated.forbiddenHashes !== undefined || stated.signatures?.includes('rsassaPss') === true;
			t.is(never?.includes('weak-signature') ?? false, forbids);
			if (stated.recommendedLifespanDays !== undefined) {
				t.is(demandOf<CertificatesDemand>('mozilla-recommended-lifespan').validityDays, stated.recommendedLifespanDays);
			}
		}
	});
}

/** A server that accepts these groups in TLS 1.3, and has primes of these sizes in TLS 1.2. */
const groups = (accepted: readonly string[], undecided: readonly string[] = [], ...primes: readonly number[]) => {
	const named = accepted.map(name => ({name, code: '0x0000'}));
	const dhParameters = primes.map(bits => ({bits, sha256: '', name: null, isSafePrime: true, isReused: false}));
	return {
		groups: {
			'TLSv1.2': {
				accepted: [],
				undecided: [],
				preference: 'not-applicable',
				connections: 1,
				...(primes.length === 0 ? {} : {dhParameters}),
			},
			'TLSv1.3': {accepted: named, undecided, preference: 'server', connections: 1},
		},
	};
};

/** A service that asks for HSTS for so long, in an answer of this status. */
const hsts = (maxAgeSeconds: number | undefined, statusCode = 200) => ({
	http: {
		status: 'http',
		statusCode,
		strictTransportSecurity: maxAgeSeconds === undefined ? null : {maxAgeSeconds, includeSubDomains: false, preload: false},
		connections: 1,
	},
});

/** A server with these extensions; all others are absent. */
const extensions = (statuses: Readonly<Record<string, string>>) => ({
	extensions: Object.fromEntries([
		...plainFields.map(field => [field, {status: statuses[field] ?? 'absent'}]),
		['certificateCompression', {status: 'absent', algorithms: []}],
		['alpn', {status: 'absent', protocols: []}],
		['npn', {status: 'absent', protocols: []}],
		['clientCertificate', {status: 'not-asked'}],
		['connections', 1],
	]),
});

const renegotiating = (secureRenegotiation: string, extendedMasterSecret = secureRenegotiation) =>
	extensions({secureRenegotiation, extendedMasterSecret});
const stapling = (ocspStapling: string) => extensions({ocspStapling});

/** A server whose tickets are valid for so many seconds. Undefined: whether it has tickets is not known. */
const resumption = (ticketSeconds: number | undefined, pskSeconds: number | undefined = 300, earlyData = 'absent') => {
	const way = (version: string, lifetimeSeconds: number | undefined) =>
		lifetimeSeconds === undefined
			? {status: 'inconclusive', resumed: 0, tries: 0, version}
			: {status: 'present', resumed: 2, tries: 2, version, lifetimeSeconds};
	return {
		resumption: {
			sessionId: {status: 'absent', resumed: 0, tries: 3, version: 'TLSv1.2'},
			ticket: way('TLSv1.2', ticketSeconds),
			psk: way('TLSv1.3', pskSeconds),
			earlyData: {status: earlyData},
			downgradeSentinel: {status: 'present', version: 'TLSv1.2'},
			connections: 9,
		},
	};
};

/** A server that may accept a suite with DHE, and whose prime could not be read. */
const unread = {
	groups: {'TLSv1.2': {accepted: [], undecided: [], preference: 'not-applicable', connections: 4, dhParameters: []}},
};

const schemes = (accepted: readonly string[], undecided: readonly string[] = []) => ({
	signatureSchemes: {'TLSv1.2': {accepted, undecided, connections: 1}},
});

const day = 86_400_000;

type Leaf = {
	readonly type?: string;
	readonly bits?: number;
	readonly curve?: string;
	readonly signature?: string;
	readonly days?: number;
	readonly problems?: readonly string[];
};

/** A server with a certificate of this key, valid for so many days with both ends counted. */
const certificate = ({type = 'ec', bits = 256, curve = 'P-256', signature = 'ecdsa-with-SHA256', days = 90, problems = []}: Leaf) => ({
	certificates: [
		{
			seen: [{version: 'TLSv1.3', authentication: 'ECDSA', serverName: 'example.com'}],
			leaf: {
				sha256: '00',
				subject: 'CN=example.com',
				issuer: 'CN=Example',
				validFrom: '2026-11-01T00:00:00.000Z',
				validTo: new Date(Date.parse('2026-11-01T00:00:00.000Z') + days * day - 1000).toISOString(),
				daysLeft: days - 26,
				key: type === 'ec' ? {type, bits, curve} : bits === 0 ? {type} : {type, bits},
				signatureAlgorithm: signature,
			},
			problems: problems.map(id => ({id, severity: 'error', message: id})),
		},
	],
});

const ed25519 = certificate({type: 'ed25519', bits: 0, signature: 'Ed25519'});
const rsa = (bits: number, more: Leaf = {}) => certificate({type: 'rsa', bits, signature: 'sha256WithRSAEncryption', ...more});
const weak = ['weak-signature'];

type Row = readonly [id: string, found: object, status: 'pass' | 'fail' | 'inconclusive'];

const rows: readonly Row[] = [
	['pq-ready-hybrid-group', groups(['x25519', 'X25519MLKEM768']), 'pass'],
	['ssl-labs-grade', {grade: {letter: 'A', score: 93, caps: [], open: []}}, 'pass'],
	[
		'ssl-labs-grade',
		{grade: {letter: 'A-', score: 93, caps: [{id: 'no-tls-1-3', letter: 'A-', because: 'TLSv1.3 is not accepted'}], open: []}},
		'fail',
	],
	['pq-ready-hybrid-group', groups(['SecP384r1MLKEM1024']), 'pass'],
	['pq-ready-hybrid-group', groups(['x25519', 'secp256r1']), 'fail'],
	['pq-ready-hybrid-group', groups(['x25519'], ['X25519MLKEM768']), 'inconclusive'],
	['mozilla-modern-groups', groups(['x25519', 'X25519MLKEM768', 'secp256r1', 'secp384r1']), 'pass'],
	['mozilla-modern-groups', groups(['x25519', 'secp521r1']), 'fail'],
	['mozilla-intermediate-groups', groups(['x25519', 'secp256r1']), 'pass'],
	['mozilla-intermediate-groups', groups(['x25519', 'ffdhe2048']), 'fail'],
	['mozilla-intermediate-groups', groups(['x25519'], ['x448']), 'inconclusive'],
	['mozilla-old-groups', groups(['x25519', 'secp384r1', 'ffdhe2048'], [], 1024), 'pass'],
	['mozilla-old-groups', groups(['x25519'], [], 512), 'fail'],
	['mozilla-old-groups', groups(['x25519', 'X25519MLKEM768']), 'fail'],
	['nist-sp-800-52r2-groups', groups(['x25519', 'secp384r1']), 'pass'],
	['nist-sp-800-52r2-groups', groups(['ffdhe2048'], [], 2048), 'pass'],
	['nist-sp-800-52r2-groups', groups(['x25519', 'secp521r1']), 'fail'],
	['nist-sp-800-52r2-groups', groups(['secp256r1'], [], 2048, 1024), 'fail'],
	['nist-sp-800-52r2-groups', groups(['x25519'], ['secp256r1']), 'inconclusive'],
	['bsi-tr-02102-2-groups', groups(['secp256r1', 'brainpoolP384r1tls13', 'ffdhe3072', 'X25519MLKEM768'], [], 3072), 'pass'],
	['bsi-tr-02102-2-groups', groups(['secp256r1', 'x25519']), 'fail'],
	['bsi-tr-02102-2-groups', groups(['secp256r1', 'ffdhe2048']), 'fail'],
	['bsi-tr-02102-2-groups', groups(['secp256r1'], [], 2048), 'fail'],
	['bsi-tr-02102-2-groups', groups(['secp256r1'], ['x25519']), 'inconclusive'],
	['rfc9325-groups', groups(['x25519'], [], 2048), 'pass'],
	['rfc9325-groups', groups([], [], 1024), 'fail'],
	['rfc9325-groups', groups(['x25519', 'sect193r1'], [], 2048), 'fail'],
	['rfc9325-groups', groups(['x25519'], ['secp192r1'], 2048), 'inconclusive'],
	['rfc9325-groups', groups(['x25519']), 'pass'],
	['rfc9325-groups', unread, 'inconclusive'],
	['rfc9325-signature-schemes', schemes(['rsa_pss_rsae_sha256', 'rsa_pkcs1_sha256', 'rsa_sha224']), 'pass'],
	['rfc9325-signature-schemes', schemes(['rsa_pss_rsae_sha256', 'rsa_pkcs1_sha1']), 'fail'],
	['rfc9325-signature-schemes', schemes(['ecdsa_secp256r1_sha256'], ['ecdsa_sha1']), 'inconclusive'],
	['bsi-tr-02102-2-signature-schemes', schemes(['rsa_pss_rsae_sha256', 'dsa_sha512', 'ecdsa_secp256r1_sha256']), 'pass'],
	['bsi-tr-02102-2-signature-schemes', schemes(['rsa_pss_rsae_sha256', 'rsa_pkcs1_sha512']), 'fail'],
	['bsi-tr-02102-2-signature-schemes', schemes(['rsa_pss_rsae_sha256', 'ed25519']), 'fail'],
	['bsi-tr-02102-2-signature-schemes', schemes(['rsa_sha224']), 'fail'],
	['bsi-tr-02102-2-signature-schemes', schemes(['rsa_pss_rsae_sha256'], ['rsa_pkcs1_sha1']), 'inconclusive'],
	['mozilla-modern-hsts', hsts(63_072_000), 'pass'],
	['mozilla-modern-hsts', hsts(62_985_600), 'fail'],
	['mozilla-intermediate-hsts', hsts(63_072_000), 'pass'],
	['mozilla-intermediate-hsts', hsts(undefined), 'fail'],
	['mozilla-intermediate-hsts', hsts(undefined, 404), 'inconclusive'],
	...['rfc9325-renegotiation', 'nist-sp-800-52r2-renegotiation', 'bsi-tr-02102-2-renegotiation'].flatMap((id): Row[] => [
		[id, renegotiating('present'), 'pass'],
		[id, renegotiating('not-applicable'), 'pass'],
		[id, renegotiating('absent', 'present'), 'fail'],
		[id, renegotiating('present', 'absent'), 'fail'],
		[id, renegotiating('inconclusive', 'present'), 'inconclusive'],
	]),
	...[
		...['rfc9325-ocsp-stapling', 'nist-sp-800-52r2-ocsp-stapling'],
		...['mozilla-modern-ocsp-stapling', 'mozilla-intermediate-ocsp-stapling', 'mozilla-old-ocsp-stapling'],
	].flatMap((id): Row[] => [
		[id, stapling('present'), 'pass'],
		[id, stapling('not-applicable'), 'pass'],
		[id, stapling('absent'), 'fail'],
		[id, stapling('inconclusive'), 'inconclusive'],
	]),
	...['nist-sp-800-52r2-no-early-data', 'bsi-tr-02102-2-no-early-data'].flatMap((id): Row[] => [
		[id, resumption(300), 'pass'],
		[id, resumption(300, 300, 'not-applicable'), 'pass'],
		[id, resumption(300, 300, 'present'), 'fail'],
		[id, resumption(300, 300, 'inconclusive'), 'inconclusive'],
	]),
	['rfc9325-ticket-lifetime', resumption(604_800, 604_800), 'pass'],
	['rfc9325-ticket-lifetime', resumption(604_801), 'fail'],
	['rfc9325-ticket-lifetime', resumption(300, 604_801), 'fail'],
	['rfc9325-ticket-lifetime', resumption(0, 604_801), 'fail'],
	['rfc9325-ticket-lifetime', resumption(0), 'inconclusive'],
	['rfc9325-ticket-lifetime', resumption(undefined), 'inconclusive'],
	['mozilla-modern-certificates', certificate({}), 'pass'],
	['mozilla-modern-certificates', certificate({curve: 'P-384', bits: 384, signature: 'ecdsa-with-SHA384'}), 'pass'],
	['mozilla-modern-certificates', certificate({days: 91}), 'fail'],
	['mozilla-modern-certificates', certificate({curve: 'P-521', bits: 521}), 'fail'],
	['mozilla-modern-certificates', certificate({signature: 'sha256WithRSAEncryption'}), 'fail'],
	['mozilla-modern-certificates', rsa(4096), 'fail'],
	['mozilla-modern-certificates', ed25519, 'fail'],
	['mozilla-intermediate-certificates', rsa(2048, {days: 366}), 'pass'],
	['mozilla-intermediate-certificates', certificate({signature: 'sha256WithRSAEncryption'}), 'pass'],
	['mozilla-intermediate-certificates', rsa(2048, {days: 367}), 'fail'],
	['mozilla-intermediate-certificates', rsa(1024), 'fail'],
	['mozilla-intermediate-certificates', rsa(2048, {signature: 'sha1WithRSAEncryption'}), 'fail'],
	['mozilla-old-certificates', rsa(2048, {days: 366}), 'pass'],
	['mozilla-old-certificates', rsa(1024), 'fail'],
	['mozilla-old-certificates', certificate({}), 'fail'],
	['mozilla-recommended-lifespan', rsa(2048), 'pass'],
	['mozilla-recommended-lifespan', rsa(2048, {days: 198}), 'fail'],
	['nist-sp-800-52r2-certificates', rsa(2048, {days: 398}), 'pass'],
	['nist-sp-800-52r2-certificates', certificate({curve: 'P-224', bits: 224}), 'pass'],
	['nist-sp-800-52r2-certificates', certificate({curve: 'P-192', bits: 192}), 'fail'],
	['nist-sp-800-52r2-certificates', rsa(1024), 'fail'],
	['nist-sp-800-52r2-certificates', rsa(2048, {problems: weak}), 'fail'],
	['nist-sp-800-52r2-certificates', certificate({type: 'rsa', bits: 0}), 'inconclusive'],
	['rfc9325-certificates', rsa(2048, {days: 398}), 'pass'],
	['rfc9325-certificates', ed25519, 'pass'],
	['rfc9325-certificates', rsa(2047), 'fail'],
	['rfc9325-certificates', rsa(2048, {problems: weak}), 'fail'],
	['bsi-tr-02102-2-certificates', rsa(3072, {signature: 'rsassaPss'}), 'pass'],
	['bsi-tr-02102-2-certificates', rsa(3072, {signature: 'ecdsa-with-SHA384'}), 'pass'],
	['bsi-tr-02102-2-certificates', rsa(3072), 'fail'],
	['bsi-tr-02102-2-certificates', certificate({curve: 'brainpoolP256r1'}), 'pass'],
	['bsi-tr-02102-2-certificates', rsa(2048, {signature: 'rsassaPss'}), 'fail'],
	['bsi-tr-02102-2-certificates', rsa(3072, {signature: 'rsassaPss', problems: weak}), 'fail'],
	['bsi-tr-02102-2-certificates', certificate({curve: 'P-224', bits: 224}), 'fail'],
	['bsi-tr-02102-2-certificates', rsa(3072, {signature: 'sha224WithRSAEncryption'}), 'fail'],
	['pci-dss-certificates', rsa(2048), 'pass'],
	['pci-dss-certificates', rsa(2048, {problems: ['unknown-root', 'name-mismatch']}), 'pass'],
	['pci-dss-certificates', rsa(2048, {problems: ['expired']}), 'fail'],
	['pci-dss-certificates', rsa(2048, {problems: ['ocsp-revoked']}), 'fail'],
	['pci-dss-certificates', rsa(1024), 'fail'],
];

for (const [index, [id, found, status]] of rows.entries()) {
	test(`${id} (${index}) is ${status}`, t => {
		const {status: is, message} = judge(id, found);
		t.is(is, status, message);
		t.is(judge(id, {}).status, 'inconclusive');
	});
}

test('every rule about anything but suites and vulnerabilities has a row that meets it and one that breaks it', t => {
	const ids = rules
		.filter((rule): rule is PartRule => 'probe' in rule && !['cipher-suites', 'vulnerabilities'].includes(rule.probe))
		.map(({id}) => id);
	const having = (status: string) => ids.filter(id => rows.some(([row, , is]) => row === id && is === status));
	t.deepEqual([having('pass'), having('fail')], [ids, ids]);
});

test('the lifetime that a check allows is counted as the CA/Browser Forum counts it: with both ends', t => {
	const words = (days: number) => judge('mozilla-modern-certificates', certificate({days})).message;
	t.is(words(90), 'ECDSA certificate: as demanded');
	t.is(words(90 + 1 / 86_400), 'ECDSA certificate: valid for 91 days, but at most 90 are allowed');
});
