import {createHash} from 'node:crypto';
import test from 'ava';
import fc from 'fast-check';
import {makeStore} from '../../source/certificates/stores.js';
import {type AssessOptions, assessIdentity} from '../../source/probes/certificates/assess-identity.js';
import {compareIdentities} from '../../source/probes/certificates/compare.js';
import {judgeDemand, parseDemand} from '../../source/probes/certificates/demand.js';
import {demandFrom} from '../../source/probes/certificates/demand-from.js';
import type {IdentityReport} from '../../source/probes/certificates/identity-report.js';
import {briefOf, linesOf, problemsOf as problemsForPeople} from '../../source/probes/certificates/lines.js';
import {certificatesSchema} from '../../source/probes/certificates/schema.js';
import type {ShownIdentity} from '../../source/probes/certificates/shown-identity.js';
import {hasShape} from '../../source/probes/has-shape.js';
import {implicit, integer, oid, sequence} from '../helpers/certificates/der.js';
import {authority, clientAuth, extension, type Issued, issue, type Wanted} from '../helpers/certificates/issue.js';
import {ocspResponse, sctList} from '../helpers/certificates/ocsp.js';

const root = authority('CN=Root', {to: 2000});
const issuer = authority('CN=Issuer', {issuer: root});
const asked = 'server.example';
const seen = [{version: 'TLSv1.2', authentication: 'ECDSA', serverName: asked}];
const trusted: AssessOptions = {asked, stores: [makeStore('ca', [root.pem])], now: new Date()};
const publicly: AssessOptions = {...trusted, stores: [makeStore('mozilla', [root.pem])]};

const shownBy = (chain: readonly Uint8Array[], more: Partial<ShownIdentity> = {}): ShownIdentity => ({
	...{chain, ocspResponses: [], sctLists: [], seen, isForTarget: true},
	...more,
});

const assess = (leaf: Issued, more: Partial<ShownIdentity> = {}, options = trusted): IdentityReport =>
	assessIdentity(shownBy([leaf.der, issuer.der], more), options);

const problemsOf = ({problems}: IdentityReport): string => problems.map(({id}) => id).join(' ');

const made = (wanted: Wanted = {}): Issued => issue({issuer, ...wanted});
const mustStaple = extension('1.3.6.1.5.5.7.1.24', sequence(integer(5)));
const crl = extension('2.5.29.31', sequence(sequence(Buffer.from('a011a00f860d687474703a2f2f63726c2e6578', 'hex'))));
const stapled = made({more: [mustStaple]});

const rows: Readonly<Record<string, readonly [report: IdentityReport, problems: string]>> = {
	'nothing wrong': [assess(made()), ''],
	expired: [assess(made({from: -90, to: -2})), 'expired'],
	'not yet valid': [assess(made({from: 2})), 'not-yet-valid'],
	'a tenth of its days left': [assess(made({from: -80, to: 9})), 'expires-soon'],
	'a fifth of its days left': [assess(made({from: -80, to: 20})), ''],
	'29 days of a year left': [assess(made({from: -336, to: 29})), 'expires-soon'],
	'for another name': [assess(made({names: ['other.example']})), 'name-mismatch'],
	'for no name': [assess(made({names: null})), 'no-subject-alt-name'],
	'for another name, where no name was sent': [assess(made({names: ['other.example']}), {isForTarget: false}), ''],
	'signed by itself': [assessIdentity(shownBy([issue().der]), trusted), 'self-signed'],
	'alone, with its issuer elsewhere': [assessIdentity(shownBy([made().der]), trusted), 'missing-intermediate'],
	'an unknown root': [
		assessIdentity(shownBy([made().der, issuer.der, root.der]), {...trusted, stores: [makeStore('ca', [])]}),
		'unknown-root root-sent',
	],
	'an issuer that is not known': [assess(made(), {}, {...trusted, stores: [makeStore('ca', [])]}), 'unknown-issuer'],
	'for clients alone': [assess(made({uses: [clientAuth]})), 'extended-key-usage'],
	'an authority': [assess(made({isCa: true, keyUsage: 0x86})), 'ca-certificate'],
	'must-staple, without': [assess(stapled, {ocspResponses: [undefined, undefined]}), 'must-staple'],
	'must-staple, without on one connection': [assess(stapled, {ocspResponses: [undefined]}), ''],
	'must-staple, in SSL 3 alone': [assess(stapled), ''],
	'must-staple, and stapled': [assess(stapled, {ocspResponses: [undefined, ocspResponse({leaf: stapled, issuer})]}), ''],
	'a serial number of 21 bytes': [assess(made({serial: Buffer.alloc(21, 1)})), 'serial-number'],
	'a serial number of zero': [assess(made({serial: Buffer.of(0)})), 'serial-number'],
	'one extension twice': [
		assess(made({more: [mustStaple, mustStaple]}), {ocspResponses: [ocspResponse({leaf: stapled, issuer})]}),
		'unreadable ocsp-other-certificate',
	],
	'no certificate': [assessIdentity(shownBy([Buffer.from('nothing')]), trusted), 'unreadable'],
	'an issuer that is no certificate': [assessIdentity(shownBy([made().der, Buffer.from('nothing'), issuer.der]), trusted), 'unreadable'],
	'public, without SCTs and CRL': [assess(made(), {}, publicly), 'few-scts no-revocation'],
	'public, with two SCTs and a CRL': [assess(made({more: [crl]}), {sctLists: [sctList(2)]}, publicly), ''],
	'public, for 201 days': [assess(made({from: -10, to: 191, more: [crl]}), {sctLists: [sctList(3)]}, publicly), 'validity-too-long'],
	'public, for 200 days': [assess(made({from: -10, to: 189.9, more: [crl]}), {sctLists: [sctList(3)]}, publicly), ''],
	'public, for six days': [assess(made({from: -2, to: 4}), {sctLists: [sctList(2)]}, publicly), ''],
	'public, with a serial number of 4 bytes': [
		assess(made({serial: Buffer.of(1, 2, 3, 4), more: [crl]}), {sctLists: [sctList(2)]}, publicly),
		'serial-number',
	],
};

for (const [title, [report, problems]] of Object.entries(rows)) {
	test(`a certificate: ${title}`, t => {
		t.is(problemsOf(report), problems);
		t.true(hasShape(JSON.parse(JSON.stringify([report])), certificatesSchema));
	});
}

test('what is reported of a certificate', t => {
	const urls = extension(
		'1.3.6.1.5.5.7.1.1',
		sequence(
			sequence(oid('1.3.6.1.5.5.7.48.1'), implicit(6, 'http://ocsp.example')),
			sequence(oid('1.3.6.1.5.5.7.48.2'), implicit(6, 'http://ca.example')),
		),
	);
	const policies = extension('2.5.29.32', sequence(sequence(oid('2.23.140.1.2.1'))));
	const leaf = made({more: [urls, policies, crl], serial: Buffer.from('0102030405060708090a', 'hex')});
	const {pair} = leaf;
	const report = assess(leaf, {ocspResponses: [ocspResponse({leaf, issuer, scts: 1})], sctLists: [sctList(2)]});
	t.like(report.leaf, {
		subject: 'CN=server.example',
		names: ['server.example'],
		key: {type: 'ec', bits: 256, curve: 'P-256'},
		signatureAlgorithm: 'ecdsa-with-SHA256',
		serialNumber: '0102030405060708090a',
		spkiSha256: createHash('sha256')
			.update(pair.publicKey.export({format: 'der', type: 'spki'}))
			.digest('hex'),
		extendedKeyUsage: ['serverAuth'],
		ocspUrls: ['http://ocsp.example'],
		caIssuersUrls: ['http://ca.example'],
		crlUrls: ['http://crl.ex'],
		mustStaple: false,
		policies: ['2.23.140.1.2.1'],
		daysLeft: 80,
		fits: true,
	});
	t.like(report.ocspStapling, {status: 'good', responder: 'CN=Issuer'});
	t.deepEqual([report.scts, report.sctSources], [3, {certificate: 0, extension: 2, ocsp: 1}]);
	t.deepEqual(
		report.trust!.path.map(({from}) => from),
		['sent', 'sent', 'store'],
	);
	t.deepEqual(
		report.chain!.map(({role}) => role),
		['issuer'],
	);
});

const good = assess(made());
const expired = assess(made({from: -90, to: -2}));
const nameless = assess(made({names: ['other.example']}), {seen: [{...seen[0]!, serverName: null}], isForTarget: false});
const undecided: IdentityReport = {
	seen: [],
	problems: [{id: 'undecided', severity: 'warning', message: 'not settled'}],
	undecided: [{version: 'TLSv1.2', authentications: ['RSA'], serverName: asked, reason: 'silent'}],
};

/** Whose key and signature could not be read. */
const keyless: IdentityReport = {...good, leaf: {...good.leaf!, key: undefined, signatureAlgorithm: undefined}};

const demands: readonly (readonly [part: readonly IdentityReport[], demand: object, status: string])[] = [
	[[good], {daysLeft: 21}, 'pass'],
	[[good], {daysLeft: 100}, 'fail'],
	[[expired], {daysLeft: 0}, 'fail'],
	[[good], {validityDays: 91}, 'pass'],
	[[good], {validityDays: 47}, 'fail'],
	[[good], {issuer: 'issuer'}, 'pass'],
	[[good], {issuer: 'Other'}, 'fail'],
	[[good], {keyBits: 2048}, 'pass'],
	[[good], {keyType: 'ec'}, 'pass'],
	[[good], {keyType: ['rsa', 'ed25519']}, 'fail'],
	[[good], {curve: 'P-256', curveBits: 256}, 'pass'],
	[[good], {curve: ['P-384', 'P-521']}, 'fail'],
	[[good], {curveBits: 257}, 'fail'],
	[[good], {signature: ['sha256WithRSAEncryption', 'ecdsa-with-SHA256']}, 'pass'],
	[[good], {signature: 'sha256WithRSAEncryption'}, 'fail'],
	[[keyless], {keyBits: 1}, 'inconclusive'],
	[[keyless], {signature: 'Ed25519'}, 'inconclusive'],
	[[good], {trusted: true}, 'pass'],
	[[good], {trusted: 'ca'}, 'pass'],
	[[good], {trusted: 'mozilla'}, 'inconclusive'],
	[[good], {trusted: false}, 'fail'],
	[[good], {fits: true, scts: 0}, 'pass'],
	[[good], {scts: 1}, 'fail'],
	[[good], {stapled: true}, 'fail'],
	[[good], {stapled: false}, 'pass'],
	[[good], {never: ['error', 'warning']}, 'pass'],
	[[expired], {never: ['expired']}, 'fail'],
	[[expired], {never: ['error']}, 'fail'],
	[[good, nameless], {fits: true}, 'pass'],
	[[good, undecided], {daysLeft: 21}, 'inconclusive'],
	[[expired, undecided], {daysLeft: 21}, 'fail'],
	[[], {daysLeft: 21}, 'inconclusive'],
];

for (const [index, [part, words, status]] of demands.entries()) {
	test(`a demand: ${JSON.stringify(words)} is ${status} (${index})`, t => {
		const parsed = parseDemand(words);
		t.is('demand' in parsed ? judgeDemand(part, parsed.demand).status : parsed.problem, status);
	});
}

for (const [words, problem] of [
	[{}, /such as daysLeft/],
	[[], /such as daysLeft/],
	['yes', /such as daysLeft/],
	[{days: 1}, /it takes daysLeft, .*, not days/],
	[{daysLeft: 'x'}, /daysLeft takes a number of days, not "x"/],
	[{daysLeft: -1}, /daysLeft takes/],
	[{trusted: 'nobody'}, /trusted takes true, false, mozilla, system or ca/],
	[{never: []}, /never takes a list/],
	[{keyType: [1]}, /keyType takes/],
	[{curve: ''}, /curve takes a curve or a list of them/],
	[{curveBits: 'P-256'}, /curveBits takes a number of bits/],
	[{signature: []}, /signature takes an algorithm or a list of them/],
	[{constructor: 1}, /not constructor/],
] as const) {
	test(`a demand that means nothing: ${JSON.stringify(words)}`, t => {
		const parsed = parseDemand(words);
		t.regex('problem' in parsed ? parsed.problem : '', problem);
	});
}

test('what differs between two runs', t => {
	const changes = (before: readonly IdentityReport[], after: readonly IdentityReport[]): string[] =>
		compareIdentities(before, after).map(({effect, message}) => `${effect}: ${message}`);
	const later = assess(made({to: 85}));
	const inChain = assessIdentity(shownBy([made().der, issuer.der, root.der]), trusted);
	t.deepEqual(changes([good], [good]), []);
	t.regex(changes([good], [later]).join('\n'), /^changed: the ECDSA certificate is another one, valid until [\d-]+$/);
	t.regex(changes([later], [good]).join('\n'), /^worse: the ECDSA certificate is another one, valid until [\d-]+, which is earlier$/);
	t.regex(
		changes([good], [expired]).join('\n'),
		/worse: the ECDSA certificate is not trusted now\nworse: the ECDSA certificate: The certificate expired on/,
	);
	t.regex(changes([good], [inChain]).join('\n'), /changed: the chain of the ECDSA certificate is another one/);
	t.deepEqual(changes([good, nameless], [good]), ['changed: the ECDSA certificate without a server name is not shown now']);
	t.deepEqual(changes([good, nameless], [good, undecided]), []);
	t.deepEqual(changes([good], [good, nameless]), ['changed: the ECDSA certificate without a server name is shown now']);
});

test('what people read', t => {
	const textOf = (part: readonly IdentityReport[]): string =>
		linesOf(part)
			.map(({label, text, tone}) => `${label}: ${text} [${tone}]`)
			.join('\n');
	t.regex(textOf([good]), /^ECDSA certificate: CN=server\.example, 80 days left \(until [\d-]+\) \[good\]\nshown in: TLSv1\.2 \[neutral\]/);
	t.regex(
		textOf([good]),
		/chain: CN=server\.example \[neutral\]\nissued by: CN=Issuer \(sent\) \[neutral\]\nissued by: CN=Root \(from the store\) \[neutral\]\ntrusted: by the file of authorities \[good\]/,
	);
	t.regex(textOf([expired]), /expired on [\d-]+ \[bad\]\nerror: The certificate expired/);
	t.regex(textOf([undecided]), /^not settled: RSA in TLSv1\.2 \(no answer\) \[open\]$/);
	t.regex(textOf([]), /no certificate/);
	const second: IdentityReport = {...good, seen: [{...good.seen[0]!, authentication: 'RSA'}]};
	t.deepEqual(
		linesOf([good]).flatMap(({label, depth}) => (depth === undefined ? [] : [`${depth} ${label}`])),
		['1 issued by', '2 issued by', '3 trusted'],
	);
	t.regex(textOf([good, second]), /\nRSA certificate: (?:.*\n)+names, chain: those of the ECDSA certificate \[neutral\]$/);
	t.deepEqual(problemsForPeople([good]), []);
	t.regex(problemsForPeople([expired])[0]!.message, /^The certificate expired/);
	t.regex(problemsForPeople([expired, second])[0]!.message, /^ECDSA certificate: The certificate expired/);
	t.deepEqual(problemsForPeople([good, undecided]), [
		{severity: 'undecided', message: 'certificates not settled: RSA in TLSv1.2 (no answer)'},
	]);
	t.is(briefOf([good, undecided]), 'ECDSA 80 days, not settled');
	t.is(briefOf([expired]), 'ECDSA expired');
	t.is(briefOf([]), 'none seen');
});

test('any bytes that a server sends as a certificate are assessed, in bounded time', t => {
	const [own, above] = [made({more: [crl, mustStaple]}), issuer.der];
	const staple = ocspResponse({leaf: own, issuer});
	const accept = (chain: readonly Uint8Array[], response: Uint8Array = staple): void => {
		const report = assessIdentity(shownBy(chain, {ocspResponses: [response], sctLists: [response]}), trusted);
		t.true(hasShape(JSON.parse(JSON.stringify([report])), certificatesSchema));
	};
	for (let length = 0; length < own.der.length; length += 3) {
		accept([own.der.subarray(0, length), above]);
	}

	const mutation = fc.array(fc.tuple(fc.nat(own.der.length - 1), fc.nat(255)), {minLength: 1, maxLength: 4});
	fc.assert(
		fc.property(mutation, fc.boolean(), (changes, isLeaf) => {
			const [leaf, other] = [Buffer.from(own.der), Buffer.from(above)];
			for (const [place, byte] of changes) {
				const bytes = isLeaf ? leaf : other;
				bytes[place % bytes.length] = byte;
			}

			accept([leaf, other], Buffer.from(staple).fill(changes[0]![1], changes[0]![0] % staple.length, (changes[0]![0] % staple.length) + 1));
		}),
		{numRuns: 300},
	);
	// Every certificate names every other as its issuer: the number of signatures that are checked is bounded.
	const twins = Array.from({length: 16}, () =>
		authority('CN=Twin', {issuerName: issue({subject: 'CN=Twin'}).name, hasKeyIdentifiers: false}),
	);
	const start = process.cpuUsage();
	const {trust} = assessIdentity(shownBy(twins.map(({der}) => der)), trusted);
	t.not(trust!.status, 'trusted');
	t.true(process.cpuUsage(start).user < 3_000_000);
});

test('a first check file demands what holds now, and what holds after a renewal too', t => {
	const other = assess(made({names: ['other.example']}));
	const soon = assess(made({from: -85, to: 5}));
	const short = assess(made({from: -1, to: 5}));
	t.deepEqual(demandFrom([good]), {daysLeft: 15, issuer: 'CN=Issuer', fits: true});
	t.deepEqual(demandFrom([expired]), {issuer: 'CN=Issuer', fits: true});
	t.deepEqual(demandFrom([soon]), {issuer: 'CN=Issuer', fits: true});
	t.deepEqual(demandFrom([short]), {daysLeft: 1, issuer: 'CN=Issuer', fits: true});
	t.deepEqual(demandFrom([other]), {daysLeft: 15, issuer: 'CN=Issuer'});
	t.is(demandFrom([good, undecided]), undefined);
	t.is(demandFrom([]), undefined);
	const from = (issuer: string): IdentityReport => ({...good, leaf: {...good.leaf!, issuer, key: {type: 'rsa', bits: 3072}}});
	t.deepEqual(demandFrom([from("C=US, O=Let's Encrypt, CN=R10")]), {daysLeft: 15, issuer: "O=Let's Encrypt", keyBits: 3072, fits: true});
	t.deepEqual(demandFrom([from('O=One'), from('O=Two')]), {daysLeft: 15, keyBits: 3072, fits: true});
	const trust = {...good.trust!, stores: [{store: 'mozilla', status: 'trusted'}] as const};
	t.like(demandFrom([{...good, trust}]), {trusted: 'mozilla'});
});
