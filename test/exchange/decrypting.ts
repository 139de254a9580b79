import {readFileSync} from 'node:fs';
import type tls from 'node:tls';
import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import {completeHandshake} from '../../source/exchange/completing/complete-handshake.js';
import {converse} from '../../source/exchange/converse.js';
import {flightByKeyLog} from '../../source/exchange/decrypting/flight-by-key-log.js';
import {protectionOf} from '../../source/exchange/decrypting/key-schedule.js';
import {openFlight} from '../../source/exchange/decrypting/open-flight.js';
import {openRecords} from '../../source/exchange/decrypting/record-opener.js';
import {sharedSecret} from '../../source/exchange/decrypting/shared-secret.js';
import {flowOf} from '../../source/exchange/flow.js';
import type {HelloSpec} from '../../source/exchange/hello-spec.js';
import type {Outcome, ServerFlight} from '../../source/exchange/outcome.js';
import {readAnswer} from '../../source/exchange/read-answer.js';
import {readFlow} from '../../source/exchange/read-flow.js';
import {replay} from '../../source/exchange/replay.js';
import {openableGroups} from '../../source/exchange/share-for.js';
import {writeFlow} from '../../source/exchange/write-flow.js';
import {groups} from '../../source/iana/groups.js';
import {signatureSchemes} from '../../source/iana/signature-schemes.js';
import {dialTcp} from '../../source/transport/tcp.js';
import {serveTls} from '../helpers/confirm.js';

const tls13 = 0x03_04;
const suites = {
	TLS_AES_128_GCM_SHA256: 0x13_01,
	TLS_AES_256_GCM_SHA384: 0x13_02,
	TLS_CHACHA20_POLY1305_SHA256: 0x13_03,
	TLS_AES_128_CCM_SHA256: 0x13_04,
	TLS_AES_128_CCM_8_SHA256: 0x13_05,
};

const schemes = [0x04_03, 0x08_04, 0x05_03, 0x08_05, 0x06_03, 0x08_06];

const helloFor = (suite: number, group: number): HelloSpec => ({
	version: tls13,
	shape: 'test',
	cipherSuites: [suite],
	extensions: {
		groups: [group],
		keyShares: [group],
		signatureSchemes: schemes,
		isRich: true,
		alpn: ['h2', 'imap'],
	},
	readsEncrypted: true,
});

const optionsFor = (port: number) => ({
	dial: (timeoutMs: number) => dialTcp({address: '127.0.0.1', port, timeoutMs}),
	timeoutMs: 120_000,
	deadline: {atMs: Number.POSITIVE_INFINITY},
	now: () => performance.now(),
	random: (size: number) => crypto.getRandomValues(new Uint8Array(size)),
	isRecorded: true,
});

const flightIn = (outcome: Outcome): ServerFlight | undefined => (outcome.kind === 'server-hello' ? outcome.flight : undefined);

/** What a test compares of a flight. */
const summary = ({chain, bodies, signatureScheme, certificateRequest, isWhole}: ServerFlight) => ({
	certificates: chain?.map(der => der.length),
	alpn: bodies?.filter(({type}) => type === 16).map(({data}) => Buffer.from(data).toString('latin1')),
	signatureScheme,
	authorities: certificateRequest?.authorities.length,
	isWhole,
});

const certificate = readFileSync('fixtures/certificates/localhost.pem', 'utf8');
const der = Buffer.from(/-----BEGIN CERTIFICATE-----([^-]+)/.exec(certificate)![1]!, 'base64');

const serve = (t: ExecutionContext, options: tls.TlsOptions): Promise<number> =>
	serveTls(t, socket => socket.resume(), {minVersion: 'TLSv1.3', ALPNProtocols: ['imap'], ...options});

const pairs = [
	...Object.keys(suites).map(suite => ({suite: suite as keyof typeof suites, group: 0x00_1d})),
	...openableGroups.slice(1).map(group => ({suite: 'TLS_AES_256_GCM_SHA384' as const, group})),
];

for (const {suite, group} of pairs) {
	const name = groups.label(group);
	test(`${suite} with ${name}: the flight of a server is opened by the key exchange`, async t => {
		const curve = {secp256r1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521', x25519: 'X25519', x448: 'X448'}[name] ?? name;
		// Newer versions of OpenSSL count the short tags of CCM_8 as too weak otherwise.
		const ciphers = `${suite}:DEFAULT@SECLEVEL=0`;
		const port = await serve(t, {ciphers, ecdhCurve: curve, requestCert: true, ca: certificate, rejectUnauthorized: false});
		const spec = helloFor(suites[suite], group);
		const transcript = await converse(spec, optionsFor(port), openFlight);
		const flight = flightIn(transcript.outcome);
		t.deepEqual(flight && summary(flight), {
			certificates: [der.length],
			alpn: ['\0\u0005\u0004imap'],
			signatureScheme: 0x04_03,
			authorities: 1,
			isWhole: true,
		});
		t.deepEqual(Buffer.from(flight!.chain![0]!), der);
		// Newer versions of OpenSSL put ML-DSA first.
		t.true(flight!.certificateRequest!.signatureSchemes!.map(signatureSchemes.label).includes('ecdsa_secp256r1_sha256'));
		const flow = readFlow(writeFlow(flowOf({kind: 'hello', hello: spec, transcript}, {target: '', address: '127.0.0.1', port}, 0)));
		t.deepEqual((await replay([flow]).exchange(spec)).outcome, transcript.outcome);
	});
}

for (const suite of ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256']) {
	test(`${suite}: a handshake of the TLS library is opened by its key log`, async t => {
		// The library sends a share of another group first: a HelloRetryRequest comes before.
		const port = await serve(t, {ciphers: suite, ecdhCurve: 'P-384', requestCert: true, rejectUnauthorized: false});
		const spec = {version: tls13, serverName: 'localhost', request: undefined, alpn: ['imap'], wantsSecrets: true} as const;
		const {transcript} = await completeHandshake(spec, optionsFor(port));
		const flight = flightByKeyLog(transcript.outcome.secrets!);
		t.deepEqual(flight && summary(flight), {
			certificates: [der.length],
			alpn: ['\0\u0005\u0004imap'],
			signatureScheme: 0x04_03,
			authorities: 0,
			isWhole: true,
		});
		const flow = readFlow(writeFlow(flowOf({kind: 'handshake', handshake: spec, transcript}, {target: '', address: '127.0.0.1', port}, 0)));
		const again = await replay([flow]).complete(spec);
		t.deepEqual(flightByKeyLog(again.transcript.outcome.secrets!), flight);
		t.is(flightByKeyLog({...transcript.outcome.secrets!, keyLog: []}), undefined);
		t.is(flightByKeyLog({...transcript.outcome.secrets!, received: Buffer.from('HTTP/1.1 400')}), undefined);
	});
}

/** What a server sent, and the hello that it answered. */
async function record(t: ExecutionContext): Promise<{spec: HelloSpec; sent: Uint8Array; received: Buffer; whole: Outcome}> {
	const port = await serve(t, {requestCert: true, rejectUnauthorized: false});
	const spec = helloFor(0x13_01, 0x00_1d);
	const {flights, outcome} = await converse(spec, optionsFor(port), openFlight);
	const said = (from: 'client' | 'server'): Buffer => Buffer.concat(flights.filter(flight => flight.from === from).map(({bytes}) => bytes));
	return {spec, sent: said('client'), received: said('server'), whole: outcome};
}

const answerTo = (spec: HelloSpec, sent: Uint8Array) =>
	readAnswer(spec, {bytes: sent, sessionId: sent.subarray(44, 44 + sent[43]!), extensionTypes: new Set([16, 43, 51])}, openFlight);

test('Every prefix of an answer is one that is not whole, and however it is cut the whole is the same', async t => {
	const {spec, sent, received, whole} = await record(t);
	t.true(flightIn(whole)?.isWhole);
	let known = 0;
	for (let end = 0; end < received.length; end++) {
		const reader = answerTo(spec, sent);
		const outcome = reader.push(received.subarray(0, end)) ?? reader.end('closed', 1);
		const flight = flightIn(outcome);
		if (flight?.isWhole) {
			// What follows the server's Finished is no part of it.
			t.deepEqual(flight, flightIn(whole));
			known += 1;
		} else {
			t.true(['server-hello', 'closed', 'malformed'].includes(outcome.kind));
		}
	}

	t.true(known < received.length / 2);
	const reader = answerTo(spec, sent);
	let outcome: Outcome | undefined;
	for (let index = 0; index < received.length && outcome === undefined; index++) {
		outcome = reader.push(received.subarray(index, index + 1));
	}

	t.deepEqual(outcome && flightIn(outcome), flightIn(whole));
});

test('Changed bytes never open: what was encrypted is as it was sent, or not known', async t => {
	const {spec, sent, received, whole} = await record(t);
	const known = flightIn(whole)!;
	const start = 5 + received.readUInt16BE(3);
	fc.assert(
		fc.property(fc.integer({min: start, max: received.length - 1}), fc.integer({min: 1, max: 255}), (index, change) => {
			const changed = Uint8Array.from(received);
			changed[index]! ^= change;
			const reader = answerTo(spec, sent);
			const flight = flightIn(reader.push(changed) ?? reader.end('closed', 1));
			t.true(flight?.signatureScheme === undefined || flight.signatureScheme === known.signatureScheme);
			t.true(flight?.chain === undefined || flight.chain.length === known.chain!.length);
		}),
		{numRuns: 300},
	);
});

test('Any bytes are no record of the keys, and no key of the group', t => {
	fc.assert(
		fc.property(
			fc.uint8Array({maxLength: 300}),
			fc.constantFrom(...Object.values(suites)),
			fc.constantFrom(...openableGroups),
			(bytes, suite, group) => {
				const protection = protectionOf(suite)!;
				const opener = openRecords(protection, new Uint8Array(protection.hash.bytes));
				t.is(opener.open({type: 23, legacyVersion: 0x03_03, fragment: bytes}), undefined);
				const secret = sharedSecret(group, bytes);
				t.true(secret === undefined || secret.length > 0);
				t.is(openFlight(bytes, bytes), undefined);
			},
		),
		{numRuns: 500},
	);
	// A point of low order.
	t.is(sharedSecret(0x00_1d, new Uint8Array(32)), undefined);
	t.is(sharedSecret(0x00_1e, new Uint8Array(56)), undefined);
});
