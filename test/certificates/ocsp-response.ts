import {execFile} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';
import {readCertificate} from '../../source/certificates/certificate.js';
import {checkOcspResponse, type OcspStatus} from '../../source/certificates/ocsp-response.js';
import {authority, issue} from '../helpers/certificates/issue.js';
import {ocspError, ocspResponse, type WantedResponse} from '../helpers/certificates/ocsp.js';
import {needsTool} from '../helpers/needs-tool.js';

const root = authority('CN=Root');
const issuer = authority('CN=Issuer', {issuer: root});
const leaf = issue({issuer});
const other = issue({issuer});
const ocspSigning = '1.3.6.1.5.5.7.3.9';
const responder = issue({subject: 'CN=Responder', issuer, names: null, uses: [ocspSigning]});
const oldResponder = issue({subject: 'CN=Old Responder', issuer, names: null, uses: [ocspSigning], from: -60, to: -1});
const server = issue({subject: 'CN=Any server', issuer});
const stranger = issue({subject: 'CN=Stranger', issuer: root, names: null, uses: [ocspSigning]});

const by = (signer: typeof responder): Partial<WantedResponse> => ({signer, certificates: [signer]});

/** `openssl ocsp` says so too, but where a case says otherwise. */
const cases: Readonly<Record<string, readonly [wanted: Partial<WantedResponse>, status: OcspStatus]>> = {
	'signed by the issuer': [{}, 'good'],
	revoked: [{status: 'revoked'}, 'revoked'],
	'not known to the responder': [{status: 'unknown'}, 'unknown'],
	'without an end': [{to: null}, 'good'],
	expired: [{from: -48, to: -24}, 'expired'],
	'of tomorrow': [{from: 24, to: 48}, 'not-yet-valid'],
	'a signature that does not verify': [{breaksSignature: true}, 'bad-signature'],
	'signed by a responder': [by(responder), 'good'],
	'signed by a responder that has expired': [by(oldResponder), 'unauthorized-responder'],
	'signed by a server of the same issuer': [by(server), 'unauthorized-responder'],
	'signed by a responder of another issuer': [by(stranger), 'unauthorized-responder'],
	'signed by a responder that is not sent': [{signer: responder}, 'bad-signature'],
	'about another certificate': [{serial: other.serial}, 'other-certificate'],
	'about one of another issuer': [{issuer: root, signer: issuer}, 'other-certificate'],
};

const check = (bytes: Uint8Array) => checkOcspResponse(bytes, readCertificate(leaf.der)!, readCertificate(issuer.der)!, Date.now());

for (const [title, [wanted, status]] of Object.entries(cases)) {
	test(`a response: ${title}`, t => t.is(check(ocspResponse({leaf, issuer, ...wanted})).status, status));
}

test('who signed it, until when, and the SCTs in it', t => {
	const facts = check(ocspResponse({leaf, issuer, ...by(responder), scts: 2}));
	t.like(facts, {status: 'good', responder: 'CN=Responder', sctCount: 2});
	t.true(facts.nextUpdate! > Date.now());
	t.true(check(ocspResponse({leaf, issuer, status: 'revoked'})).revokedAt! < Date.now());
});

test('an error, and what is no response', t => {
	t.is(check(ocspError()).status, 'error');
	t.is(check(Buffer.from('no response')).status, 'unreadable');
	t.is(check(new Uint8Array(70_000)).status, 'unreadable');
	t.is(checkOcspResponse(ocspResponse({leaf, issuer}), readCertificate(leaf.der)!, undefined, Date.now()).status, 'undecided');
});

test('every prefix is unreadable, and no changed byte makes it good for another', t => {
	const whole = ocspResponse({leaf, issuer, ...by(responder)});
	for (let length = 0; length < whole.length; length++) {
		t.is(check(whole.subarray(0, length)).status, 'unreadable');
	}

	const about = ocspResponse({leaf, issuer, serial: other.serial});
	for (let index = 0; index < about.length; index++) {
		const changed = Buffer.from(about);
		changed[index]! ^= 0x41;
		t.not(check(changed).status, 'good');
	}
});

const run = promisify(execFile);

if (needsTool('responses against openssl ocsp', ['openssl'])) {
	/** What `openssl ocsp` makes of each response, in words of ours. */
	test('openssl ocsp agrees', async t => {
		const folder = await mkdtemp(path.join(tmpdir(), 'tlsprobe-ocsp-'));
		t.teardown(() => rm(folder, {recursive: true}));
		const file = async (name: string, bytes: string | Uint8Array): Promise<string> => {
			await writeFile(path.join(folder, name), bytes);
			return path.join(folder, name);
		};
		const [rootFile, issuerFile, leafFile] = [
			await file('root.pem', root.pem),
			await file('issuer.pem', issuer.pem),
			await file('leaf.pem', leaf.pem),
		];
		for (const [title, [wanted, status]] of Object.entries(cases)) {
			const response = await file('response.der', ocspResponse({leaf, issuer, ...wanted}));
			const argv = ['ocsp', '-issuer', issuerFile, '-cert', leafFile, '-respin', response, '-CAfile', rootFile];
			const {stdout, stderr} = await run('openssl', [...argv, '-verify_other', issuerFile, '-no_nonce']).catch(
				(error: {readonly stdout: string; readonly stderr: string}) => error,
			);
			const words = `${stdout}${stderr}`;
			const isValid = words.includes('Response verify OK') && !/Status times invalid|No Status found|OCSP_check_validity/.test(words);
			t.is(isValid ? (/leaf\.pem: (good|revoked|unknown)/.exec(words)?.[1] ?? words) : 'no', statusOf(status), `${title}: ${words}`);
		}
	});
}

const statusOf = (status: OcspStatus): string => (['good', 'revoked', 'unknown'].includes(status) ? status : 'no');
