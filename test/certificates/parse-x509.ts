import test from 'ava';
import {parseX509} from '../../source/certificates/parse-x509.js';
import {ec, issue} from '../helpers/certificates/issue.js';

const pair = ec();
const subjects = Array.from({length: 100}, (_, index) => `CN=host-${index}.example`);
const certificates = subjects.map(subject => issue({subject, pair}).der);

test('a certificate that is asked for again is not read again', t => {
	t.is(parseX509(certificates[0]!), parseX509(Uint8Array.from(certificates[0]!)));
});

test('each certificate is itself, also where there are more than are kept', t => {
	for (let round = 0; round < 2; round++) {
		t.deepEqual(
			certificates.map(der => parseX509(der)?.subject),
			subjects,
		);
	}
});

test('bytes that have changed are another certificate', t => {
	const bytes = Uint8Array.from(certificates[1]!);
	t.is(parseX509(bytes)?.subject, subjects[1]);
	// The issuer's name comes first.
	bytes[Buffer.from(bytes).lastIndexOf('host-1.example') + 'host-'.length] = '7'.charCodeAt(0);
	t.is(parseX509(bytes)?.subject, 'CN=host-7.example');
	bytes.fill(0);
	t.is(parseX509(bytes), undefined);
	t.is(parseX509(bytes), undefined);
});

test('PEM and large certificates are read, and not kept', t => {
	const {pem, der} = issue({names: Array.from({length: 1200}, (_, index) => `name-${index}.example`)});
	t.true(der.length > 16_384);
	t.not(parseX509(der), parseX509(der));
	t.is(parseX509(pem)?.fingerprint256, parseX509(der)?.fingerprint256);
});
