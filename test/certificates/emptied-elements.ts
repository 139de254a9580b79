import test from 'ava';
import {DecodeError, tryDecode} from '../../source/bytes/decode-error.js';
import {type DerElement, derChildren, readDer} from '../../source/bytes/der.js';
import {readCertificate} from '../../source/certificates/certificate.js';
import {readExtensions} from '../../source/certificates/extensions.js';
import {checkOcspResponse} from '../../source/certificates/ocsp-response.js';
import {readPublicKey} from '../../source/certificates/public-key.js';
import {readSignatureAlgorithm} from '../../source/certificates/signature-algorithm.js';
import {readCertificateFacts} from '../../source/exchange/certificate-facts.js';
import {bits, der, explicit, implicit, octets, oid, sequence} from '../helpers/certificates/der.js';
import {authority, issue, nameConstraints} from '../helpers/certificates/issue.js';
import {ocspResponse, sctList} from '../helpers/certificates/ocsp.js';

const issuer = authority('CN=Issuer');
const constraints = nameConstraints([implicit(2, 'example')]);
const leaf = issue({issuer, more: [constraints]});
const [readLeaf, readIssuer] = [readCertificate(leaf.der)!, readCertificate(issuer.der)!];
const empty = Buffer.from('a000', 'hex');
const check = (bytes: Uint8Array) => checkOcspResponse(bytes, readLeaf, readIssuer, Date.now()).status;

/** The bytes with `a0 00` in place of one element, for each element at each level, and with each element emptied. */
function* emptied({tag, whole, contents}: DerElement): Generator<Buffer> {
	yield empty;
	yield der(tag);
	const children = isConstructed(tag) || tag === 0x03 || tag === 0x04 ? (tryDecode(() => childrenOf(tag, contents, whole)) ?? []) : [];
	const lead = tag === 0x03 ? contents.subarray(0, 1) : Buffer.alloc(0);
	for (const [index, child] of children.entries()) {
		for (const changed of emptied(child)) {
			yield der(tag, lead, ...children.map((item, at) => (at === index ? changed : Buffer.from(item.whole))));
		}
	}
}

const isConstructed = (tag: number): boolean => (tag & 0x20) !== 0;

/** A BIT STRING has the number of unused bits first. */
const childrenOf = (tag: number, contents: Uint8Array, whole: Uint8Array): readonly DerElement[] =>
	derChildren({tag, whole, contents: tag === 0x03 ? contents.subarray(1) : contents});

const statuses = {
	'no responseBytes': Buffer.from('30050a0100a000', 'hex'),
	'no certificates': sequence(
		der(0x0a, Buffer.of(0)),
		explicit(
			0,
			sequence(
				oid('1.3.6.1.5.5.7.48.1.1'),
				octets(sequence(sequence(sequence()), sequence(oid('1.2.840.10045.4.3.2')), bits(Buffer.of(1)), empty)),
			),
		),
	),
};

for (const [title, bytes] of Object.entries(statuses)) {
	test(`an OCSP response whose [0] is empty is unreadable: ${title}`, t => t.is(check(bytes), 'unreadable'));
}

test('extensions of an OCSP response that are empty count no SCT', t => {
	const {contents} = readDer(ocspResponse({leaf, issuer, scts: 1}));
	const whole = Buffer.from(contents).toString('hex');
	const extensions = explicit(1, sequence(sequence(oid('1.3.6.1.4.1.11129.2.4.5'), octets(octets(sctList(1))))));
	t.true(whole.includes(extensions.toString('hex')));
	const filler = Buffer.concat([Buffer.from('a100', 'hex'), der(0x04, Buffer.alloc(extensions.length - 4))]);
	const changed = Buffer.from(whole.replace(extensions.toString('hex'), filler.toString('hex')), 'hex');
	t.is(check(sequence(changed)), 'bad-signature');
});

test('parameters of RSASSA-PSS with an empty [0] do not decode', t => {
	const parameters = Buffer.from('3002a000', 'hex');
	t.throws(() => readSignatureAlgorithm(readDer(sequence(oid('1.2.840.113549.1.1.10'), parameters))), {instanceOf: DecodeError});
});

test('with any element of an OCSP response emptied, at any level, nothing throws', t => {
	const whole = ocspResponse({leaf, issuer, scts: 1, status: 'revoked', certificates: [issuer]});
	let count = 0;
	for (const changed of emptied(readDer(whole))) {
		t.notThrows(() => check(changed), changed.toString('hex'));
		count++;
	}

	t.true(count > 100);
});

test('with any element of a certificate emptied, at any level, only DecodeError is thrown', t => {
	let count = 0;
	for (const changed of emptied(readDer(leaf.der))) {
		const [toBeSigned, algorithm] = tryDecode(() => derChildren(readDer(changed))) ?? [];
		const fields = (toBeSigned && tryDecode(() => derChildren(toBeSigned))) ?? [];
		t.notThrows(() => {
			readCertificate(changed);
			readCertificateFacts([changed]);
			tryDecode(() => readSignatureAlgorithm(algorithm));
			tryDecode(() => readPublicKey(fields[6]));
			tryDecode(() => readExtensions(derChildren(fields[7])[0]));
		}, changed.toString('hex'));
		count++;
	}

	t.true(count > 100);
});
