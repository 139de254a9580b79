import {execFile} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';
import {readCertificate} from '../../source/certificates/certificate.js';
import {type CrlStatus, checkCrl} from '../../source/certificates/check-crl.js';
import {certificateList, extension, flagged, pointOf, type WantedCrl} from '../helpers/certificates/crl.js';
import {integer} from '../helpers/certificates/der.js';
import {authority, issue} from '../helpers/certificates/issue.js';
import {needsTool} from '../helpers/needs-tool.js';

const url = 'http://crl.example/issuer.crl';
const root = authority('CN=Root');
const issuer = authority('CN=Issuer', {issuer: root});
const withoutSigning = authority('CN=Issuer', {issuer: root, keyUsage: 0x04});
const leaf = issue({issuer});
const other = issue({issuer});

const cases: Readonly<Record<string, readonly [wanted: Partial<WantedCrl>, status: CrlStatus]>> = {
	empty: [{}, 'good'],
	'of another certificate': [{revoked: [other.serial]}, 'good'],
	'with this certificate': [{revoked: [other.serial, leaf.serial]}, 'revoked'],
	expired: [{from: -48, to: -24}, 'expired'],
	'without an end': [{to: null}, 'expired'],
	'of tomorrow': [{from: 24, to: 48}, 'not-yet-valid'],
	'signed by another key': [{signer: root}, 'bad-signature'],
	'of another issuer': [{issuer: root}, 'other-issuer'],
	'with a number': [{more: [extension('2.5.29.20', integer(7))]}, 'good'],
	'of changes alone': [{more: [extension('2.5.29.27', integer(6), true)]}, 'other-scope'],
	'for this URL': [{scope: pointOf(url), revoked: [leaf.serial]}, 'revoked'],
	'for another URL': [{scope: pointOf('http://crl.example/other.crl')}, 'other-scope'],
	'for servers and users alone': [{scope: flagged(1)}, 'good'],
	'for authorities alone': [{scope: flagged(2)}, 'other-scope'],
	'of some reasons alone': [{scope: flagged(3)}, 'other-scope'],
	'of certificates of others too': [{scope: flagged(4)}, 'other-scope'],
};

const check = (bytes: Uint8Array, by = issuer) => checkCrl(bytes, readCertificate(leaf.der)!, readCertificate(by.der)!, url, Date.now());

for (const [title, [wanted, status]] of Object.entries(cases)) {
	test(`a list of revoked certificates: ${title}`, t => t.is(check(certificateList({issuer, ...wanted})).status, status));
}

test('an issuer whose key is not for lists', t => {
	t.is(check(certificateList({issuer: withoutSigning}), withoutSigning).status, 'other-issuer');
});

test('what is no list, and a list that is cut off', t => {
	const list = certificateList({issuer, revoked: [leaf.serial]});
	t.is(check(Buffer.from('no list')).status, 'unreadable');
	for (let length = 0; length < list.length; length++) {
		t.is(check(list.subarray(0, length)).status, 'unreadable');
	}
});

test('when it was revoked, and how long the list is valid', t => {
	const facts = check(certificateList({issuer, revoked: [leaf.serial]}));
	t.true(facts.revokedAt! < Date.now());
	t.true(facts.thisUpdate! < Date.now());
	t.true(facts.nextUpdate! > Date.now());
});

test('a list of 50,000 certificates', t => {
	const revoked = Array.from({length: 50_000}, (_, index) => Buffer.from(`5a${index.toString(16).padStart(14, '0')}`, 'hex'));
	t.is(check(certificateList({issuer, revoked: [...revoked, leaf.serial]})).status, 'revoked');
});

if (needsTool('openssl verify has the same results', ['openssl'])) {
	test('openssl verify has the same results', async t => {
		const folder = await mkdtemp(path.join(tmpdir(), 'tlsprobe-crl-'));
		t.teardown(() => rm(folder, {recursive: true}));
		const file = async (name: string, text: string | Uint8Array): Promise<string> => {
			await writeFile(path.join(folder, name), text);
			return path.join(folder, name);
		};
		const [roots, issuers, server] = [
			await file('root.pem', root.pem),
			await file('issuer.pem', issuer.pem),
			await file('leaf.pem', leaf.pem),
		];
		for (const [revoked, words] of [
			[[other.serial], /: OK/],
			[[leaf.serial], /certificate revoked/],
		] as const) {
			const pem = `-----BEGIN X509 CRL-----\n${certificateList({issuer, revoked}).toString('base64')}\n-----END X509 CRL-----\n`;
			const list = await file('list.pem', pem);
			const {stdout, stderr} = await promisify(execFile)('openssl', [
				...['verify', '-crl_check', '-CAfile', roots, '-untrusted', issuers, '-CRLfile', list, server],
			]).catch((error: {stdout: string; stderr: string}) => error);
			t.regex(`${stdout}${stderr}`, words);
		}
	});
}
