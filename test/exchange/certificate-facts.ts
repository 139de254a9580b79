import {X509Certificate} from 'node:crypto';
import {readFileSync} from 'node:fs';
import test from 'ava';
import fc from 'fast-check';
import {type CertificateFacts, readCertificateFacts} from '../../source/exchange/certificate-facts.js';
import {fixture} from '../helpers/peers/fixtures.js';

const chainIn = (name: string): readonly Uint8Array[] =>
	readFileSync(fixture(`kinds/${name}.pem`), 'utf8')
		.split(/(?<=-----END CERTIFICATE-----)\s*/)
		.filter(Boolean)
		.map(pem => new X509Certificate(pem).raw);

const rsa2048 = {keyType: 'rsa', keyBits: 2048, curve: undefined} as const;

const kinds: Readonly<Record<string, readonly Partial<CertificateFacts>[]>> = {
	rsa1024: [{keyType: 'rsa', keyBits: 1024, hash: 'sha256'}],
	md5: [{...rsa2048, hash: 'md5'}],
	sha1: [{...rsa2048, hash: 'sha1'}],
	sha224: [{...rsa2048, hash: 'sha224'}],
	sha512: [{...rsa2048, hash: 'sha512'}],
	'pss-signed': [{...rsa2048, hash: 'sha256'}],
	pss2048: [{keyType: 'rsa-pss', keyBits: 2048, hash: 'sha256'}],
	p224: [{keyType: 'ec', keyBits: undefined, curve: 'secp224r1', hash: 'sha256'}],
	p521: [{keyType: 'ec', keyBits: undefined, curve: 'secp521r1', hash: 'sha256'}],
	'sha1-p256': [{keyType: 'ec', curve: 'prime256v1', hash: 'sha1'}],
	ed25519: [{keyType: 'ed25519', keyBits: undefined, hash: 'sha256'}],
	'under-weak-key': [
		{...rsa2048, subject: 'CN=localhost', hash: 'sha256'},
		{keyType: 'rsa', keyBits: 1024, hash: 'sha256'},
	],
	'under-weak-hash': [
		{...rsa2048, hash: 'sha256'},
		{...rsa2048, hash: 'sha1', isSelfIssued: false},
	],
};

for (const [name, expected] of Object.entries(kinds)) {
	test(`the key and the signature of ${name}`, t => {
		const facts = readCertificateFacts(chainIn(name))!;
		t.is(facts.length, expected.length);
		for (const [index, item] of expected.entries()) {
			t.like(facts[index], item);
		}
	});
}

test('a certificate that did not issue the one before does not count, and none counts behind one that is no certificate', t => {
	const [own, above] = chainIn('under-weak-key');
	t.is(readCertificateFacts([own!, own!, above!])?.length, 1);
	t.is(readCertificateFacts([own!, Uint8Array.of(1, 2, 3), above!])?.length, 1);
	t.is(readCertificateFacts([Uint8Array.of(1, 2, 3), above!]), undefined);
	t.is(readCertificateFacts([]), undefined);
});

test('bytes that were changed never throw', t => {
	const [own] = chainIn('pss-signed');
	fc.assert(
		fc.property(fc.nat(own!.length - 1), fc.nat(255), (place, value) => {
			const changed = own!.slice();
			changed[place] = value;
			readCertificateFacts([changed]);
		}),
	);
	t.pass();
});
