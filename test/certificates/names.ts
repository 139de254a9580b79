import tls from 'node:tls';
import {domainToASCII} from 'node:url';
import test from 'ava';
import {readCertificate} from '../../source/certificates/certificate.js';
import {fitsName} from '../../source/certificates/fits-name.js';
import {issue} from '../helpers/certificates/issue.js';

/** What is asked for, the names of the certificate, and whether they fit. `unlike` says why Node.js's own verdict is another. */
type Row = readonly [asked: string, names: readonly string[] | null, fits: boolean, unlike?: string];

const rows: readonly Row[] = [
	['www.example.com', ['www.example.com'], true],
	['WWW.Example.COM', ['www.example.com'], true],
	['www.example.com', ['WWW.EXAMPLE.COM'], true],
	['www.example.com.', ['www.example.com'], true],
	['www.example.com', ['example.com'], false],
	['example.com', ['www.example.com'], false],
	['www.example.com', ['other.test', 'www.example.com'], true],
	['www.example.com', [], false, 'it falls back to the subject'],
	['www.example.com', null, false, 'it falls back to the subject'],
	['www.example.com', ['*.example.com'], true],
	['example.com', ['*.example.com'], false],
	['a.b.example.com', ['*.example.com'], false],
	['a.b.example.com', ['*.*.example.com'], false],
	['a.b.example.com', ['a.*.example.com'], false],
	['www.example.com', ['w*.example.com'], false, 'it takes a part of a label'],
	['www.example.com', ['*w.example.com'], false, 'it takes a part of a label'],
	['www.example.com', ['*'], false],
	['example.com', ['*.com'], false],
	['localhost', ['localhost'], true],
	['localhost', ['*'], false],
	['192.0.2.1', ['192.0.2.1'], true],
	['192.0.2.2', ['192.0.2.1'], false],
	['192.0.2.1', ['*.0.2.1'], false],
	['192.0.2.1', ['www.example.com'], false],
	['::1', ['::1'], true],
	['0:0:0:0:0:0:0:1', ['::1'], true],
	['::2', ['::1'], false],
	['xn--bcher-kva.example', ['xn--bcher-kva.example'], true],
	['bücher.example', ['xn--bcher-kva.example'], true],
	['BÜCHER.example', ['xn--bcher-kva.example'], true],
	['xn--bcher-kva.example', ['*.example'], false],
	['xn--bcher-kva.example.com', ['*.example.com'], true],
	['xn--bcher-kva.example.com', ['xn--*.example.com'], false],
	['_dmarc.example.com', ['_dmarc.example.com'], true],
];

for (const [asked, names, expected, unlike] of rows) {
	test(`${asked} ${expected ? 'fits' : 'does not fit'} ${names === null ? 'a certificate without subjectAltName' : JSON.stringify(names)}`, t => {
		const {der} = issue({subject: 'CN=www.example.com', names});
		const certificate = readCertificate(der)!;
		t.is(fitsName(certificate, asked), expected);
		// Node.js 20 takes names in ASCII alone.
		const inAscii = /[^ -~]/.test(asked) ? domainToASCII(asked) : asked;
		const verdict = tls.checkServerIdentity(inAscii, certificate.x509.toLegacyObject() as unknown as tls.PeerCertificate);
		t.is(verdict === undefined, unlike === undefined ? expected : !expected, String(verdict));
	});
}
