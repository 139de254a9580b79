import {createHash, X509Certificate} from 'node:crypto';
import test from 'ava';
import {makeStore} from '../../source/certificates/stores.js';
import type {IdentityReport} from '../../source/probes/certificates/identity-report.js';
import {matchTlsa} from '../../source/probes/names/match-tlsa.js';
import type {TlsaRecord} from '../../source/wire/dns/record.js';
import {authority, type Issued, issue} from '../helpers/certificates/issue.js';

const name = 'www.shop.example';

const root = authority('O=Tests, CN=Root');
const intermediate = authority('O=Tests, CN=Intermediate', {issuer: root});
const names = [name];
const leaf = issue({issuer: intermediate, names});
const expired = issue({issuer: intermediate, names, from: -100, to: -5});
const elsewhere = issue({issuer: intermediate, names: ['other.example']});
const selfSigned = issue({names: ['other.example']});
const other = authority('O=Tests, CN=Other');

/** The data of a record that names this certificate. */
function dataOf({der}: Issued, selector: number, matchingType: number): string {
	const bytes = selector === 0 ? der : new X509Certificate(der).publicKey.export({type: 'spki', format: 'der'});
	return matchingType === 0
		? bytes.toString('hex')
		: createHash(matchingType === 1 ? 'sha256' : 'sha512')
				.update(bytes)
				.digest('hex');
}

const tlsa = (usage: number, selector: number, matchingType: number, of: Issued | string): TlsaRecord => ({
	type: 'TLSA',
	usage,
	selector,
	matchingType,
	data: typeof of === 'string' ? of : dataOf(of, selector, matchingType),
});

type Dane = {
	readonly title: string;
	readonly records: readonly TlsaRecord[];
	readonly chains?: readonly (readonly Issued[])[];
	readonly identities?: readonly IdentityReport[];
	readonly isSmtp?: boolean;
	readonly isSigned?: boolean;
	/** The verdict, and the statuses of the chains. */
	readonly found: string;
};

const everyForm = [0, 1].flatMap(selector => [0, 1, 2].map(matchingType => [selector, matchingType] as const));
const sent = [leaf, intermediate, root];
const open: IdentityReport = {
	seen: [],
	problems: [],
	undecided: [{version: 'TLSv1.2', authentications: ['RSA'], serverName: null, reason: 'silent'}],
};

const daneCases: readonly Dane[] = [
	...everyForm.flatMap(([selector, matchingType]): Dane[] => [
		{title: `3 ${selector} ${matchingType} of the leaf`, records: [tlsa(3, selector, matchingType, leaf)], found: 'match match'},
		{title: `3 ${selector} ${matchingType} of another`, records: [tlsa(3, selector, matchingType, other)], found: 'no-match no-match'},
		{title: `2 ${selector} ${matchingType} of the issuer`, records: [tlsa(2, selector, matchingType, intermediate)], found: 'match match'},
		{title: `2 ${selector} ${matchingType} of the root`, records: [tlsa(2, selector, matchingType, root)], found: 'match match'},
		{title: `2 ${selector} ${matchingType} of another`, records: [tlsa(2, selector, matchingType, other)], found: 'no-match no-match'},
		{title: `1 ${selector} ${matchingType} of the leaf`, records: [tlsa(1, selector, matchingType, leaf)], found: 'match match'},
		{title: `0 ${selector} ${matchingType} of the root`, records: [tlsa(0, selector, matchingType, root)], found: 'match match'},
		{title: `0 ${selector} ${matchingType} of the issuer`, records: [tlsa(0, selector, matchingType, intermediate)], found: 'match match'},
		{title: `0 ${selector} ${matchingType} of the leaf`, records: [tlsa(0, selector, matchingType, leaf)], found: 'no-match no-match'},
	]),
	{title: '3 of the issuer', records: [tlsa(3, 1, 1, intermediate)], found: 'no-match no-match'},
	{title: '2 of the leaf', records: [tlsa(2, 1, 1, leaf)], found: 'no-match no-match'},
	{title: '3, expired', records: [tlsa(3, 1, 1, expired)], chains: [[expired, intermediate]], found: 'match match'},
	{title: '2, expired', records: [tlsa(2, 1, 1, intermediate)], chains: [[expired, intermediate]], found: 'no-match no-match'},
	{title: '1, expired', records: [tlsa(1, 1, 1, expired)], chains: [[expired, intermediate, root]], found: 'no-match no-match'},
	{title: '3, for another name and signed by itself', records: [tlsa(3, 1, 1, selfSigned)], chains: [[selfSigned]], found: 'match match'},
	{title: '2, for another name', records: [tlsa(2, 1, 1, intermediate)], chains: [[elsewhere, intermediate]], found: 'no-match no-match'},
	{
		title: '1, for another name',
		records: [tlsa(1, 1, 1, elsewhere)],
		chains: [[elsewhere, intermediate, root]],
		found: 'no-match no-match',
	},
	{
		title: '1, from an authority that is not trusted',
		records: [tlsa(1, 1, 1, selfSigned)],
		chains: [[selfSigned]],
		found: 'no-match no-match',
	},
	{title: '2 of a root that is not sent', records: [tlsa(2, 0, 1, root)], chains: [[leaf, intermediate]], found: 'no-match no-match'},
	{title: '2 of a root that is in the record', records: [tlsa(2, 0, 0, root)], chains: [[leaf, intermediate]], found: 'match match'},
	{
		title: '2 of a stranger that is sent',
		records: [tlsa(2, 1, 1, other)],
		chains: [[leaf, intermediate, other]],
		found: 'no-match no-match',
	},
	{title: 'one that is right among others', records: [tlsa(3, 1, 1, other), tlsa(3, 1, 2, leaf)], found: 'match match'},
	{title: 'one of two chains', records: [tlsa(3, 1, 1, leaf)], chains: [[leaf], [selfSigned]], found: 'no-match match no-match'},
	{
		title: 'a record for each of two chains',
		records: [tlsa(3, 1, 1, leaf), tlsa(3, 1, 1, selfSigned)],
		chains: [[leaf], [selfSigned]],
		found: 'match match match',
	},
	{title: 'without DNSSEC', records: [tlsa(3, 1, 1, leaf)], isSigned: false, found: 'unsigned match'},
	{title: 'without DNSSEC, and wrong', records: [tlsa(3, 1, 1, other)], isSigned: false, found: 'unsigned no-match'},
	{title: 'in SMTP, 0 and 1', records: [tlsa(0, 0, 1, root), tlsa(1, 0, 1, leaf)], isSmtp: true, found: 'unusable'},
	{title: 'in SMTP, 2', records: [tlsa(1, 0, 1, other), tlsa(2, 0, 1, root)], isSmtp: true, found: 'match match'},
	{title: 'a usage that is not known', records: [tlsa(4, 1, 1, leaf)], found: 'unusable'},
	{title: 'a selector that is not known', records: [{...tlsa(3, 1, 1, leaf), selector: 2}], found: 'unusable'},
	{title: 'a matching type that is not known', records: [{...tlsa(3, 1, 1, leaf), matchingType: 3}], found: 'unusable'},
	{title: 'a hash that is too short', records: [tlsa(3, 1, 1, dataOf(leaf, 1, 1).slice(2))], found: 'unusable'},
	{title: 'no data', records: [tlsa(3, 1, 0, '')], found: 'unusable'},
	{title: 'no chain', records: [tlsa(3, 1, 1, leaf)], chains: [], found: 'inconclusive'},
	{title: 'other chains that are not known', records: [tlsa(3, 1, 1, leaf)], identities: [open], found: 'inconclusive match'},
	{
		title: 'a chain that is wrong, and others that are not known',
		records: [tlsa(3, 1, 1, other)],
		identities: [open],
		found: 'no-match no-match',
	},
];

const trusted = makeStore('ca', [root.pem]);

for (const {title, records, chains = [sent], identities = [], isSmtp = false, isSigned = true, found} of daneCases) {
	test(`${title}: ${found}`, t => {
		const ders = chains.map(chain => chain.map(({der}) => Uint8Array.from(der)));
		const {dane, matches} = matchTlsa(
			'present',
			{records, isSigned},
			{chains: ders, identities, name, isSmtp, stores: () => [trusted], now: Date.now()},
		);
		t.is([dane, ...matches.map(({status}) => status)].join(' '), found);
	});
}

test('a chain that cannot be read, and trust by a file of authorities, are not decided', t => {
	const options = {identities: [], name, isSmtp: false, stores: () => [], now: Date.now()};
	const records = [tlsa(1, 1, 1, leaf)];
	t.like(matchTlsa('present', {records, isSigned: true}, {...options, chains: [[Uint8Array.of(1)]]}), {dane: 'inconclusive'});
	const leafHash = createHash('sha256').update(leaf.der).digest('hex');
	const identity = {leaf: {sha256: leafHash}, trust: {status: 'trusted'}, seen: [], problems: []} as unknown as IdentityReport;
	const chains = [sent.map(({der}) => Uint8Array.from(der))];
	t.like(matchTlsa('present', {records, isSigned: true}, {...options, identities: [identity], chains}), {dane: 'inconclusive'});
});
