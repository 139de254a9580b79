import {generateKeyPairSync} from 'node:crypto';
import test from 'ava';
import pLimit from 'p-limit';
import {readCertificate} from '../../source/certificates/certificate.js';
import {findPath, type PathResult} from '../../source/certificates/find-path.js';
import {readSentChain} from '../../source/certificates/sent-chain.js';
import {makeStore} from '../../source/certificates/stores.js';
import {distinguishedName, explicit, implicit, integer, sequence} from '../helpers/certificates/der.js';
import {
	authority,
	clientAuth,
	ec,
	extension,
	type Issued,
	issue,
	nameConstraints,
	serverAuth,
	type Wanted,
} from '../helpers/certificates/issue.js';
import {type Chain, nodeVerdict, opensslVerdict} from '../helpers/certificates/verdicts.js';
import {needsTool} from '../helpers/needs-tool.js';

/*
Chains that are made here, each judged by `openssl verify` and by a client of Node.js as well: all three have to agree, but where a case says who
differs, and why.
*/

type Case = Partial<Chain> & {
	readonly leaf: Issued;
	/** `trusted`, else the reason. */
	readonly expected: 'trusted' | NonNullable<PathResult['reason']>;
	/** What the chain is, where there is something to it: `wrong order`, `root`, ... */
	readonly sentAs?: string;
	/** Those who decide otherwise, and why. */
	readonly unlike?: {readonly openssl?: string; readonly node?: string};
};

const rsa = (modulusLength: number) => generateKeyPairSync('rsa', {modulusLength});

const root = authority('O=Tests, CN=Root');
const otherRoot = authority('O=Tests, CN=Other Root');
const one = authority('O=Tests, CN=Intermediate 1', {issuer: root});
const two = authority('O=Tests, CN=Intermediate 2', {issuer: one});
const stranger = authority('O=Tests, CN=Stranger', {issuer: otherRoot});
const leaf = issue({issuer: one});
const deep = issue({issuer: two});
const rsaRoot = authority('CN=RSA Root', {pair: rsa(2048), algorithm: 'rsa-sha256'});
const rsa2048 = rsa(2048);

/** The server's certificate under an authority that is made for it. */
const under = (wanted: Wanted, below: Wanted = {}): Pick<Case, 'leaf' | 'sent'> => {
	const made = authority('CN=Made for it', {issuer: root, ...wanted});
	return {leaf: issue({issuer: made, ...below}), sent: [made]};
};

/** A new root that an old one has signed as well. */
const newRootKey = ec();
const newRoot = authority('CN=New Root', {pair: newRootKey});
const oldRoot = authority('CN=Old Root', {from: -3000, to: -5});
const crossSigned = authority('CN=New Root', {pair: newRootKey, issuer: oldRoot});
const underNew = authority('CN=Under New Root', {issuer: newRoot});

const twinKey = ec();
const twin = authority('CN=Twin', {pair: twinKey, issuer: root});
const expiredTwin = authority('CN=Twin', {pair: twinKey, issuer: root, from: -300, to: -5});

const rolled = authority('O=Tests, CN=Rolled', {issuer: root, pathLength: 0});
const rolledOver = authority('O=Tests, CN=Rolled', {issuer: rolled});

const chainOf = (length: number): {readonly leaf: Issued; readonly sent: readonly Issued[]} => {
	const sent: Issued[] = [];
	for (let index = 0; index < length; index++) {
		sent.unshift(authority(`CN=Link ${index}`, {issuer: sent[0] ?? root}));
	}

	return {leaf: issue({issuer: sent[0]!}), sent};
};

const permitsDomain = (domain: string) => nameConstraints([implicit(2, domain)]);
const permitsNetwork = (network: readonly number[]) => nameConstraints([implicit(7, Buffer.from(network))]);
const permitsName = (name: string) => nameConstraints([explicit(4, distinguishedName(name))]);
const critical = extension('1.3.6.1.4.1.55555.1', integer(1), true);
const notCritical = extension('1.3.6.1.4.1.55555.1', integer(1));
const mustStaple = extension('1.3.6.1.5.5.7.1.24', sequence(integer(5)));
const anyUse = '2.5.29.37.0';

const loopKeys = [ec(), ec()] as const;
const loopStart = authority('CN=Loop 1', {pair: loopKeys[0]});
const loopBack = authority('CN=Loop 2', {pair: loopKeys[1], issuer: loopStart});
const loop = authority('CN=Loop 1', {pair: loopKeys[0], issuer: loopBack});

const cases: Readonly<Record<string, Case>> = {
	'issued by the root': {leaf: issue({issuer: root}), expected: 'trusted'},
	'one intermediate': {leaf, sent: [one], expected: 'trusted'},
	'two intermediates': {leaf: deep, sent: [two, one], expected: 'trusted'},
	'without its intermediate': {leaf, expected: 'unknown-issuer'},
	'without the second intermediate': {leaf: deep, sent: [two], expected: 'unknown-issuer'},
	'without the first intermediate': {leaf: deep, sent: [one], expected: 'unknown-issuer', sentAs: 'unrelated'},
	'intermediates the other way around': {leaf: deep, sent: [one, two], expected: 'trusted', sentAs: 'issuer issuer wrong order'},
	'the root before its intermediate': {leaf, sent: [root, one], expected: 'trusted', sentAs: 'root issuer wrong order'},
	'with the root': {leaf, sent: [one, root], expected: 'trusted', sentAs: 'issuer root'},
	'with a stranger': {leaf, sent: [one, stranger], expected: 'trusted', sentAs: 'issuer unrelated'},
	'with a stranger first': {leaf, sent: [stranger, one], expected: 'trusted', sentAs: 'unrelated issuer'},
	'the intermediate twice': {leaf, sent: [one, one], expected: 'trusted', sentAs: 'issuer duplicate'},
	'its own certificate twice': {leaf, sent: [leaf, one], expected: 'trusted', sentAs: 'duplicate issuer'},
	'signed by itself': {leaf: issue({subject: 'CN=alone'}), expected: 'self-signed'},
	'signed by itself, and trusted': {
		leaf: issue({subject: 'CN=alone', serial: Buffer.of(7)}),
		get roots() {
			return [this.leaf];
		},
		expected: 'trusted',
	},
	'an unknown root, sent': {leaf, sent: [one, root], roots: [otherRoot], expected: 'unknown-root', sentAs: 'issuer root'},
	'an unknown root, not sent': {leaf, sent: [one], roots: [otherRoot], expected: 'unknown-issuer'},
	'only the intermediate is trusted': {leaf, roots: [one], expected: 'trusted', unlike: {node: 'it wants a root'}},

	expired: {leaf: issue({issuer: root, from: -90, to: -1}), expected: 'expired'},
	'not yet valid': {leaf: issue({issuer: root, from: 1}), expected: 'not-yet-valid'},
	'an expired intermediate': {...under({from: -90, to: -1}), expected: 'expired'},
	'an intermediate of tomorrow': {...under({from: 1}), expected: 'not-yet-valid'},
	'an expired root': {leaf: issue({issuer: oldRoot}), roots: [oldRoot], expected: 'expired'},
	'dates beyond 2050': {leaf: issue({issuer: root, to: 20_000}), expected: 'trusted'},
	'cross-signed by an expired root': {
		leaf: issue({issuer: underNew}),
		sent: [underNew, crossSigned],
		roots: [newRoot, oldRoot],
		expected: 'trusted',
		sentAs: 'issuer issuer',
	},
	'cross-signed by an expired root, and the new one is not known': {
		leaf: issue({issuer: underNew}),
		sent: [underNew, crossSigned],
		roots: [oldRoot],
		expected: 'expired',
		sentAs: 'issuer issuer',
	},
	'two intermediates with one key, the first expired': {
		leaf: issue({issuer: twin}),
		sent: [expiredTwin, twin],
		expected: 'trusted',
		sentAs: 'issuer issuer',
	},
	'two intermediates with one name': {
		leaf: issue({issuer: twin}),
		sent: [authority('CN=Twin', {issuer: root}), twin],
		expected: 'trusted',
		sentAs: 'unrelated issuer',
	},
	'two intermediates with one name, and no key identifiers': {
		leaf: issue({issuer: twin, hasKeyIdentifiers: false}),
		sent: [authority('CN=Twin', {issuer: root, hasKeyIdentifiers: false}), twin],
		expected: 'trusted',
		sentAs: 'unrelated issuer',
		unlike: {openssl: 'it takes the first of the name', node: 'it takes the first of the name'},
	},
	'authorities that certify each other': {
		leaf: issue({issuer: loop}),
		sent: [loop, loopBack],
		expected: 'unknown-issuer',
		sentAs: 'issuer issuer',
	},
	'a name that differs in case': {
		leaf: issue({issuer: root, issuerName: distinguishedName('O=TESTS, CN=root')}),
		expected: 'trusted',
	},
	'a name that differs in the type of string': {
		leaf: issue({issuer: root, issuerName: distinguishedName('O=Tests, CN=Root', 0x13)}),
		expected: 'trusted',
	},

	'a path length of 0 that is kept': {...under({pathLength: 0}), expected: 'trusted'},
	'a path length of 0 that is not': {
		...(() => {
			const first = authority('CN=Short', {issuer: root, pathLength: 0});
			const second = authority('CN=Too far', {issuer: first});
			return {leaf: issue({issuer: second}), sent: [second, first]};
		})(),
		expected: 'path-length',
	},
	'a new key of the same authority does not count': {leaf: issue({issuer: rolledOver}), sent: [rolledOver, rolled], expected: 'trusted'},
	'a path length at the root': {
		...(() => {
			const short = authority('CN=Short Root', {pathLength: 0});
			const below = authority('CN=Below', {issuer: short});
			return {leaf: issue({issuer: below}), sent: [below], roots: [short]};
		})(),
		expected: 'path-length',
	},
	'eight intermediates': {...chainOf(8), expected: 'trusted'},
	'an issuer that is no authority': {...under({isCa: false}), expected: 'not-a-ca'},
	'an issuer without basic constraints': {...under({isCa: null}), expected: 'not-a-ca'},
	'an issuer without basic constraints and key usage': {...under({isCa: null, keyUsage: null}), expected: 'not-a-ca'},
	'an issuer that may not sign certificates': {...under({keyUsage: 0x02}), expected: 'key-usage'},
	'an issuer without key usage': {...under({keyUsage: null}), expected: 'trusted'},
	'an issuer of version 1': {...under({version: 1}), expected: 'not-a-ca'},
	'a root of version 1': {
		...(() => {
			const old = authority('CN=Root of old', {version: 1});
			return {leaf: issue({issuer: old}), roots: [old]};
		})(),
		expected: 'trusted',
	},
	'an authority as a server': {leaf: issue({issuer: root, isCa: true, keyUsage: 0x86}), expected: 'trusted'},

	'no extended key usage': {leaf: issue({issuer: root, uses: null}), expected: 'trusted'},
	'for clients alone': {leaf: issue({issuer: root, uses: [clientAuth]}), expected: 'extended-key-usage'},
	'for any use': {leaf: issue({issuer: root, uses: [anyUse]}), expected: 'extended-key-usage'},
	'for servers and clients': {leaf: issue({issuer: root, uses: [clientAuth, serverAuth]}), expected: 'trusted'},
	'an intermediate for servers': {...under({uses: [serverAuth]}), expected: 'trusted'},
	'an intermediate for clients alone': {...under({uses: [clientAuth]}), expected: 'extended-key-usage'},
	'a key for key agreement': {
		leaf: issue({issuer: root, keyUsage: 0x08}),
		expected: 'trusted',
		unlike: {node: 'no suite has use for it'},
	},
	'a key for certificate signing alone': {leaf: issue({issuer: root, keyUsage: 0x04}), expected: 'key-usage'},
	'no key usage': {leaf: issue({issuer: root, keyUsage: null}), expected: 'trusted'},
	'an unknown critical extension': {leaf: issue({issuer: root, more: [critical]}), expected: 'unknown-critical-extension'},
	'an unknown critical extension of an intermediate': {...under({more: [critical]}), expected: 'unknown-critical-extension'},
	'an unknown extension': {leaf: issue({issuer: root, more: [notCritical]}), expected: 'trusted'},
	'must-staple': {leaf: issue({issuer: root, more: [mustStaple]}), expected: 'trusted'},

	'a permitted domain': {...under({more: [permitsDomain('example')]}), expected: 'trusted'},
	'a domain that is not permitted': {...under({more: [permitsDomain('example.org')]}), expected: 'name-constraints'},
	'a domain that only ends as the permitted one': {
		...under({more: [permitsDomain('example')]}, {names: ['server.notexample']}),
		expected: 'name-constraints',
	},
	'one of two names is not permitted': {
		...under({more: [permitsDomain('example')]}, {names: ['server.example', 'server.test']}),
		expected: 'name-constraints',
	},
	'a wildcard in a permitted domain': {...under({more: [permitsDomain('example')]}, {names: ['*.example']}), expected: 'trusted'},
	'an excluded domain': {...under({more: [nameConstraints([], [implicit(2, 'example')])]}), expected: 'name-constraints'},
	'another domain is excluded': {...under({more: [nameConstraints([], [implicit(2, 'test')])]}), expected: 'trusted'},
	'a permitted network': {...under({more: [permitsNetwork([10, 0, 0, 0, 255, 0, 0, 0])]}, {names: ['10.1.2.3']}), expected: 'trusted'},
	'a network that is not permitted': {
		...under({more: [permitsNetwork([10, 0, 0, 0, 255, 0, 0, 0])]}, {names: ['11.1.2.3']}),
		expected: 'name-constraints',
	},
	'a permitted organization': {
		...under({more: [permitsName('O=Tests')]}, {subject: 'O=tests, CN=server.example'}),
		expected: 'trusted',
	},
	'an organization that is not permitted': {
		...under({more: [permitsName('O=Tests')]}, {subject: 'O=Others, CN=server.example'}),
		expected: 'name-constraints',
	},
	'constraints of the root': {
		...(() => {
			const narrow = authority('CN=Narrow Root', {more: [permitsDomain('test')]});
			return {leaf: issue({issuer: narrow}), roots: [narrow]};
		})(),
		expected: 'name-constraints',
	},
	'constraints on addresses of mail alone': {...under({more: [nameConstraints([implicit(1, 'example.org')])]}), expected: 'trusted'},
	'no subject': {leaf: issue({issuer: root, subject: ''}), expected: 'trusted'},

	'a signature that does not verify': {leaf: issue({issuer: root, breaksSignature: true}), expected: 'bad-signature'},
	'an intermediate with a signature that does not verify': {...under({breaksSignature: true}), expected: 'bad-signature'},
	'signed by another with the same name': {
		leaf: issue({issuer: authority('O=Tests, CN=Root', {hasKeyIdentifiers: false}), hasKeyIdentifiers: false}),
		expected: 'bad-signature',
	},
	'signed with SHA-1': {leaf: issue({issuer: root, algorithm: 'ecdsa-sha1'}), expected: 'weak-signature'},
	'signed with MD5': {leaf: issue({issuer: rsaRoot, algorithm: 'rsa-md5'}), roots: [rsaRoot], expected: 'weak-signature'},
	'an intermediate signed with SHA-1': {...under({algorithm: 'ecdsa-sha1'}), expected: 'weak-signature'},
	'a root signed with SHA-1': {
		...(() => {
			const old = authority('CN=SHA-1 Root', {algorithm: 'ecdsa-sha1'});
			return {leaf: issue({issuer: old}), roots: [old]};
		})(),
		expected: 'trusted',
	},
	'an RSA key of 512 bits': {leaf: issue({issuer: root, pair: rsa(512)}), expected: 'weak-key'},
	'an RSA key of 1024 bits': {leaf: issue({issuer: root, pair: rsa(1024)}), expected: 'trusted'},
	'RSA signed by RSA': {
		leaf: issue({issuer: rsaRoot, algorithm: 'rsa-sha256', pair: rsa2048, keyUsage: 0xa0}),
		roots: [rsaRoot],
		expected: 'trusted',
	},
	'P-384': {leaf: issue({issuer: root, pair: ec('secp384r1')}), expected: 'trusted'},
	'P-521 under P-384': {
		...(() => {
			const large = authority('CN=P-384 Root', {pair: ec('secp384r1'), algorithm: 'ecdsa-sha384'});
			return {leaf: issue({issuer: large, pair: ec('secp521r1'), algorithm: 'ecdsa-sha384'}), roots: [large]};
		})(),
		expected: 'trusted',
	},
	Ed25519: {
		...(() => {
			const made = authority('CN=Ed25519 Root', {pair: generateKeyPairSync('ed25519'), algorithm: 'ed25519'});
			return {leaf: issue({issuer: made, pair: generateKeyPairSync('ed25519'), algorithm: 'ed25519'}), roots: [made]};
		})(),
		expected: 'trusted',
	},
	Ed448: {
		...(() => {
			const made = authority('CN=Ed448 Root', {pair: generateKeyPairSync('ed448'), algorithm: 'ed448'});
			return {leaf: issue({issuer: made, pair: generateKeyPairSync('ed448'), algorithm: 'ed448'}), roots: [made]};
		})(),
		expected: 'trusted',
	},
};

const limit = pLimit(2);

if (needsTool('chains against openssl verify', ['openssl'])) {
	for (const [title, {leaf: own, sent = [], roots = [root], expected, sentAs, unlike = {}}] of Object.entries(cases)) {
		test(`a chain: ${title}`, t =>
			limit(async () => {
				const certificate = readCertificate(own.der)!;
				const others = readSentChain(
					certificate,
					sent.map(({der}) => der),
				);
				const store = makeStore(
					'ca',
					roots.map(({pem}) => pem),
				);
				const readable = others.others.flatMap(other => other.certificate ?? []);
				const found = findPath(certificate, readable, store, Date.now());
				t.is(found.reason ?? found.status, expected);
				t.is(
					[...others.others.map(({role}) => role), ...(others.isInOrder ? [] : ['wrong order'])].join(' '),
					sentAs ?? sent.map(() => 'issuer').join(' '),
				);
				const chain = {leaf: own, sent, roots};
				for (const [name, {isTrusted, words}] of Object.entries({openssl: await opensslVerdict(chain), node: await nodeVerdict(chain)})) {
					const isUnlike = unlike[name as keyof typeof unlike] !== undefined;
					t.is(isTrusted, (expected === 'trusted') !== isUnlike, `${name}: ${words}`);
				}
			}));
	}

	test('there are enough of them', t => t.true(Object.keys(cases).length >= 60));
}
