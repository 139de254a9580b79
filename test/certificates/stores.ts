import {X509Certificate} from 'node:crypto';
import {readFileSync} from 'node:fs';
import tls from 'node:tls';
import test from 'ava';
import {comparableName, readCertificate} from '../../source/certificates/certificate.js';
import {makeStore, mozillaStore} from '../../source/certificates/stores.js';

const isUnusual = ({subject}: X509Certificate): boolean => /[^ -~\n]|\\/.test(subject);

test('roots of Mozilla are found by their names, whatever the letters and the string types', t => {
	const roots = tls.rootCertificates.map(pem => new X509Certificate(pem));
	const tried = roots.filter((root, index) => isUnusual(root) || index % 8 === 0);
	t.true(tried.some(isUnusual));
	for (const root of tried) {
		const found = mozillaStore().named(comparableName(root.subject));
		t.true(
			found.some(({x509}) => x509.fingerprint256 === root.fingerprint256),
			root.subject,
		);
		t.true(found.every(({x509}) => comparableName(x509.subject) === comparableName(root.subject)));
		t.true(mozillaStore().has(readCertificate(root.raw)!));
	}
});

test('a name that no root has finds none, and what cannot be read is left out', t => {
	const [pem = ''] = tls.rootCertificates;
	const store = makeStore('ca', ['', '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----', pem]);
	const root = new X509Certificate(pem);
	t.is(store.named(comparableName(root.subject)).length, 1);
	t.deepEqual(store.named(comparableName(root.subject).slice(1)), []);
	t.deepEqual(store.named('cn=somebody else'), []);
	t.deepEqual(store.named(''), []);
	const other = readCertificate(new X509Certificate(tls.rootCertificates[1]!).raw)!;
	t.false(store.has(other));
});

test('a root is found by a name of which one part has two values', t => {
	const pem = readFileSync('fixtures/certificates/name-of-two-parts.pem', 'utf8');
	const {subject} = new X509Certificate(pem);
	t.regex(subject, /CN=Lab CA \+ serialNumber=12345678/);
	t.is(makeStore('ca', [pem]).named(comparableName(subject)).length, 1);
});
