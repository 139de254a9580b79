import {generateKeyPairSync, X509Certificate} from 'node:crypto';
import {readFileSync} from 'node:fs';
import net from 'node:net';
import test from 'ava';
import pki from 'node-forge/lib/pki.js';
import sha256 from 'node-forge/lib/sha256.js';
import {describeCertificate} from '../../source/probes/certificate/describe-certificate.js';
import {answering, confirmPort, listen, ok, serveTls} from '../helpers/confirm.js';
import {probePort} from '../helpers/scripted-server.js';

const now = new Date('2026-06-01T00:00:00Z');
const makeKey = () =>
	generateKeyPairSync('rsa', {
		modulusLength: 2048,
		publicKeyEncoding: {type: 'spki', format: 'pem'},
		privateKeyEncoding: {type: 'pkcs1', format: 'pem'},
	});
const [rootKey, ownKey] = [makeKey(), makeKey()];

type Wanted = {
	readonly subject: string;
	readonly issuer: string;
	readonly names?: readonly string[];
	readonly from?: string;
	readonly to?: string;
	readonly isRoot?: boolean;
};

function make({subject, issuer, names = [], from = '2026-01-01', to = '2026-12-31', isRoot = false}: Wanted): string {
	const certificate = pki.createCertificate();
	certificate.publicKey = pki.publicKeyFromPem((isRoot ? rootKey : ownKey).publicKey);
	certificate.serialNumber = '0102';
	certificate.validity.notBefore = new Date(from);
	certificate.validity.notAfter = new Date(to);
	certificate.setSubject([{name: 'commonName', value: subject}]);
	certificate.setIssuer([{name: 'commonName', value: issuer}]);
	certificate.setExtensions([
		{name: 'basicConstraints', cA: isRoot, critical: true},
		...(names.length === 0
			? []
			: [{name: 'subjectAltName', altNames: names.map(value => (net.isIP(value) === 0 ? {type: 2, value} : {type: 7, ip: value}))}]),
	]);
	certificate.sign(pki.privateKeyFromPem(rootKey.privateKey), sha256.create());
	return pki.certificateToPem(certificate);
}

const root = make({subject: 'Test CA', issuer: 'Test CA', isRoot: true});
const der = (pem: string): Uint8Array => new X509Certificate(pem).raw;
const describe = (wanted: Partial<Wanted>, asked = 'a.example.com') =>
	describeCertificate(
		[der(make({subject: 'own', issuer: 'Test CA', names: ['*.example.com', '192.0.2.1'], ...wanted})), der(root)],
		asked,
		now,
	)!;

test('subject, issuer, dates, names, and what came with it', t => {
	const {sha256: print, chain, ...others} = describe({});
	t.regex(print, /^[\da-f]{64}$/);
	t.deepEqual(others, {
		subject: 'CN=own',
		issuer: 'CN=Test CA',
		validFrom: '2026-01-01T00:00:00.000Z',
		validTo: '2026-12-31T00:00:00.000Z',
		names: ['*.example.com', '192.0.2.1'],
		validity: 'valid',
		selfSigned: false,
		askedFor: 'a.example.com',
		fits: true,
	});
	t.deepEqual(
		chain!.map(({subject, issuer}) => [subject, issuer]),
		[['CN=Test CA', 'CN=Test CA']],
	);
});

test('dates are held against the time it was seen', t => {
	t.is(describe({to: '2026-05-31'}).validity, 'expired');
	t.is(describe({from: '2026-06-02'}).validity, 'not-yet-valid');
});

test('a name and an address fit, or do not', t => {
	t.true(describe({}, '192.0.2.1').fits);
	t.false(describe({}, '192.0.2.2').fits);
	t.false(describe({}, 'example.com').fits);
	t.false(describe({}, 'a.b.example.com').fits);
});

test('signed by itself is what is verified, not what bears one name twice', t => {
	t.true(describeCertificate([der(root)], 'a', now)!.selfSigned);
	// By its names it is; its signature is by another key.
	t.false(describe({subject: 'Test CA'}).selfSigned);
});

test('more names than anybody reads are counted', t => {
	const names = Array.from({length: 120}, (_, index) => `host-${index}.example.org`);
	const {names: kept, moreNames} = describe({names});
	t.is(kept!.length, 50);
	t.is(moreNames, 70);
});

test('what is no certificate is none, and throws nothing', t => {
	const own = der(root);
	t.is(describeCertificate([], 'a', now), undefined);
	t.is(describeCertificate([new Uint8Array()], 'a', now), undefined);
	for (let length = 0; length < own.length; length += 7) {
		t.is(describeCertificate([own.subarray(0, length)], 'a', now), undefined);
	}

	t.deepEqual(describeCertificate([own, Uint8Array.of(1, 2, 3)], 'a', now)!.chain, []);
	for (let index = 0; index < own.length; index += 3) {
		const broken = Uint8Array.from(own);
		broken[index]! ^= 0x55;
		t.notThrows(() => describeCertificate([broken], 'a', now));
	}
});

test('the chain that a server sends is reported, and the one of its clear messages is the same', async t => {
	const certificate = make({subject: 'own', issuer: 'Test CA', names: ['localhost'], to: '2100-01-01'});
	const port = await serveTls(
		t,
		answering(() => ok),
		{key: ownKey.privateKey, cert: certificate + root},
	);
	const confirmed = (await confirmPort(port)).certificate!;
	t.deepEqual(
		[confirmed.subject, confirmed.issuer, confirmed.fits, confirmed.selfSigned, confirmed.chain!.map(({subject}) => subject)],
		['CN=own', 'CN=Test CA', true, false, ['CN=Test CA']],
	);
	const {recordings} = await probePort(port, {host: 'localhost', evidence: true});
	t.deepEqual(recordings[0].report.certificate, confirmed);
});

test('a version that shows another certificate has it', async t => {
	const other = readFileSync('fixtures/certificates/rsa.pem');
	const old = await serveTls(
		t,
		answering(() => ok),
		{key: other, cert: other, maxVersion: 'TLSv1.1'},
	);
	const current = await serveTls(
		t,
		answering(() => ok),
		{minVersion: 'TLSv1.2'},
	);
	const server = net.createServer(socket => {
		socket.once('data', bytes => {
			// `legacy_version` stands behind the headers of the record and of the message.
			const further = net.connect(bytes.readUInt16BE(9) < 0x03_03 ? old : current, '127.0.0.1');
			further.on('error', () => socket.destroy());
			further.write(bytes);
			socket.pipe(further).pipe(socket);
		});
	});
	const {certificate, versions} = await confirmPort(await listen(t, server));
	t.is(certificate!.subject, 'CN=localhost');
	t.deepEqual(
		Object.values(versions).map(({confirmed}) => confirmed!.certificate?.subject),
		['CN=peer.test', 'CN=peer.test', undefined, undefined],
	);
});
