import {X509Certificate} from 'node:crypto';
import {readFileSync} from 'node:fs';
import test from 'ava';
import type {AnswerLimits} from '../../source/clients/answer-limits.js';
import type {ClientProfile} from '../../source/clients/client-profile.js';
import {findClients} from '../../source/clients/find-clients.js';
import {confidenceIn, notKnownIn, notKnownInWords} from '../../source/formats/client-objections.js';
import {becauseInWords} from '../../source/formats/clients.js';
import {makeExtension} from '../../source/wire/extension.js';
import {renegotiationInfo} from '../../source/wire/extensions/index.js';
import {message, serverHelloMessage, tls10, tls12, tls13} from '../helpers/honest-server.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {playClients} from '../helpers/play-clients.js';
import {alert, records, type Script, say} from '../helpers/script.js';

type Flight = {
	readonly version?: number;
	readonly suite?: number;
	readonly isRenegotiationSafe?: boolean;
	readonly isMasterSecretExtended?: boolean;
	/** Of `fixtures/certificates/kinds`; null for no certificate. */
	readonly certificate?: string | null;
	/** The body of ServerKeyExchange; undefined sends none. */
	readonly keyExchange?: Uint8Array;
};

const vector = (size: number, bytes: Uint8Array): Uint8Array => {
	const header = Buffer.alloc(4);
	header.writeUInt32BE(bytes.length);
	return Buffer.concat([header.subarray(4 - size), bytes]);
};

const ecdhe = (scheme: number | undefined, group = 0x00_1d): Uint8Array =>
	Buffer.concat([
		Uint8Array.of(3, 0, group),
		vector(1, new Uint8Array(32)),
		...(scheme === undefined ? [] : [Uint8Array.of(scheme >> 8, scheme & 0xff)]),
		vector(2, new Uint8Array(256)),
	]);

const dhe = (bits: number): Uint8Array =>
	Buffer.concat([
		vector(2, new Uint8Array(bits / 8).fill(0xff)),
		vector(2, Uint8Array.of(2)),
		vector(2, new Uint8Array(bits / 8).fill(1)),
		Uint8Array.of(4, 1),
		vector(2, new Uint8Array(256)),
	]);

const certificateOf = (name: string): Uint8Array => {
	const chain = readFileSync(fixture(`kinds/${name}.pem`), 'utf8')
		.split(/(?<=-----END CERTIFICATE-----)\s*/)
		.filter(Boolean)
		.map(pem => vector(3, new X509Certificate(pem).raw));
	return message(11, vector(3, Buffer.concat(chain)));
};

/** A server of one version, which sends this flight to whoever offers the version, and an alert to others. */
function sending({
	version = tls12,
	suite = 0xc0_2f,
	isRenegotiationSafe = true,
	isMasterSecretExtended = true,
	certificate = 'sha512',
	keyExchange = ecdhe(0x08_04),
}: Flight): Script {
	return ({hello}) => {
		const offered = hello.supportedVersions ?? [tls10, 0x03_02, tls12].filter(code => code <= hello.version);
		if (!offered.includes(version)) {
			return alert(70);
		}

		const extensions = [
			...(isRenegotiationSafe ? [makeExtension(renegotiationInfo.type, renegotiationInfo.serverHello, new Uint8Array())] : []),
			...(isMasterSecretExtended ? [{type: 0x00_17, data: new Uint8Array()}] : []),
		];
		const hello12 = serverHelloMessage(hello, {suite, legacyVersion: version, extensions});
		return [
			say(
				records(
					Buffer.concat([
						hello12,
						...(certificate === null ? [] : [certificateOf(certificate)]),
						...(keyExchange.length === 0 ? [] : [message(12, keyExchange)]),
						message(14, new Uint8Array()),
					]),
				),
			),
		];
	};
}

const none = new Uint8Array();
const rsa = {suite: 0x00_2f, keyExchange: none} as const;

type Case = {
	readonly client: string;
	readonly flight: Flight;
	/** What its profile is to say of it instead. */
	readonly limits?: AnswerLimits;
	readonly missing?: string;
	readonly words?: RegExp;
	readonly notKnown?: readonly string[];
};

const sources = ['the test'];

const cases: Readonly<Record<string, Case>> = {
	'an ordinary answer': {client: 'openssl-3.0', flight: {}},
	'no renegotiation_info and OpenSSL 3': {
		client: 'openssl-3.0',
		flight: {isRenegotiationSafe: false},
		missing: 'renegotiation-info',
		words:
			/^TLS 1\.2 is accepted, but the server does not answer renegotiation_info \(RFC 5746\), and OpenSSL 3\.0 refuses servers that do not$/,
	},
	'no renegotiation_info and Windows': {client: 'windows-server-2022', flight: {isRenegotiationSafe: false}},
	'no renegotiation_info and a client of which that is not known': {
		client: 'safari-6',
		flight: {isRenegotiationSafe: false, version: tls10, suite: 0xc0_13, keyExchange: ecdhe(undefined, 0x00_17)},
		notKnown: ['renegotiation-info'],
	},
	'no extended_master_secret': {client: 'go', flight: {isMasterSecretExtended: false}},
	'no extended_master_secret where it is required': {
		client: 'go',
		flight: {isMasterSecretExtended: false},
		limits: {extendedMasterSecret: 'required', sources},
		missing: 'extended-master-secret',
		words: /does not answer extended_master_secret \(RFC 7627\)/,
	},
	'a prime of 1024 bits and OpenSSL 3': {
		client: 'openssl-3.0',
		flight: {suite: 0x00_9e, keyExchange: dhe(1024)},
		missing: 'key-size',
		words: /has 1024 bits, and OpenSSL 3\.0 accepts at least 2048$/,
	},
	'a prime of 1024 bits and Java': {client: 'java-17', flight: {suite: 0x00_9e, keyExchange: dhe(1024)}},
	'a prime of 1024 bits and a client of which that is not known': {
		client: 'openssl-1.0.1',
		flight: {suite: 0x00_9e, keyExchange: dhe(1024)},
		notKnown: ['key-size'],
	},
	'an RSA key of 1024 bits and OpenSSL 3': {
		client: 'curl',
		flight: {certificate: 'rsa1024'},
		missing: 'certificate-key',
		words: /the server's certificate has an RSA key of 1024 bits, and curl with OpenSSL 3\.0 accepts at least 2048$/,
	},
	'an RSA key of 1024 bits and Chromium': {client: 'chromium-156', flight: {certificate: 'rsa1024'}, notKnown: ['certificate-key']},
	'an RSA key of 1024 bits above and Python': {
		client: 'python',
		flight: {certificate: 'under-weak-key'},
		missing: 'certificate-key',
		words: /the intermediate certificate CN=Test authority with a weak-key has an RSA key of 1024 bits/,
	},
	'a signature with SHA-1 and Go': {
		client: 'go',
		flight: {certificate: 'sha1'},
		missing: 'certificate-signature',
		words: /the server's certificate is signed with SHA-1, and Go 1\.26 accepts only SHA-256 or stronger$/,
	},
	'a signature with SHA-1 and Java': {client: 'java-17', flight: {certificate: 'sha1'}, notKnown: ['certificate-signature']},
	'a signature with MD5 and Java': {
		client: 'java-17',
		flight: {certificate: 'md5'},
		missing: 'certificate-signature',
		words: /signed with MD5, and Java 17 \(OpenJDK\) accepts only SHA-1 or stronger$/,
	},
	'a signature with SHA-224 and Firefox': {client: 'firefox-153', flight: {certificate: 'sha224'}, missing: 'certificate-signature'},
	'TLS 1.0 with ECDHE and OpenSSL 3': {
		client: 'openssl-3.0',
		flight: {version: tls10, suite: 0xc0_13, keyExchange: ecdhe(undefined)},
		missing: 'signature',
		words:
			/^TLS 1\.0 is accepted, but the server signs its key exchange with MD5 and SHA-1, as this version requires, and OpenSSL 3\.0 refuses such signatures$/,
	},
	'TLS 1.0 with RSA and OpenSSL 3': {client: 'openssl-3.0', flight: {version: tls10, ...rsa}},
	'TLS 1.0 with ECDHE and OpenSSL 1.1': {client: 'openssl-1.1.0', flight: {version: tls10, suite: 0xc0_13, keyExchange: ecdhe(undefined)}},
	'a signature algorithm that was not offered': {
		client: 'go',
		flight: {keyExchange: ecdhe(0x02_01)},
		missing: 'signature',
		words: /signs its key exchange with rsa_pkcs1_sha1, which Go 1\.26 does not offer$/,
	},
	'no certificate in sight': {client: 'go', flight: {certificate: null}, notKnown: ['certificate']},
	'no limits known, and an answer that is ordinary': {
		client: 'safari-6',
		flight: {version: tls10, suite: 0xc0_13, keyExchange: ecdhe(undefined, 0x00_17)},
	},
};

for (const [title, {client, flight, limits, missing, words, notKnown = []}] of Object.entries(cases)) {
	test(title, t => {
		const found = findClients(client)[0]!;
		const profile: ClientProfile = limits === undefined ? found : {...found, limits};
		const finding = playClients(sending(flight), profile, 'example.com');
		const [one] = finding.clients;
		t.deepEqual(one!.missing as readonly string[], missing === undefined ? [] : [missing]);
		t.is(one!.connects, missing === undefined ? 'yes' : 'no');
		t.regex(becauseInWords(profile, one!, finding), words ?? /./);
		t.deepEqual(notKnownIn(one!), notKnown);
		t.is(notKnownInWords(profile, one!).length, notKnown.length);
		const lowered = notKnown.length === 0 ? profile.confidence : notKnown.includes('certificate') ? 'medium' : 'low';
		t.is(confidenceIn(profile, one!), lowered);
	});
}

const unfitWords =
	/^TLS 1\.2 is rejected with handshake_failure, not with protocol_version like .* are: the server supports it, but has no cipher suite for it that fits its certificate$/;

test('handshake_failure to TLS 1.2, and protocol_version to older ones, is a matter of suites', t => {
	const profile = findClients('windows-server-2019')[0]!;
	const finding = playClients(
		({hello}) => alert((hello.supportedVersions ?? [hello.version]).includes(tls12) ? 40 : 70),
		profile,
		'example.com',
	);
	t.like(finding.clients[0], {connects: 'no', missing: ['cipher-suite'], sharedVersion: tls12, isUnfit: true});
	t.regex(becauseInWords(profile, finding.clients[0]!, finding), unfitWords);
});

test('handshake_failure to all versions but TLS 1.3 leaves no version in common', t => {
	const profile = findClients('windows-server-2019')[0]!;
	const server: Script = asked =>
		asked.hello.supportedVersions?.includes(tls13) ? [say(records(serverHelloMessage({...asked.hello, version: tls13})))] : alert(40);
	const finding = playClients(server, profile, 'example.com');
	t.like(finding.clients[0], {connects: 'no', missing: ['version']});
});

test('handshake_failure to everything decides nothing', t => {
	const finding = playClients(() => alert(40), findClients('windows-server-2019')[0]!, 'example.com');
	t.like(finding.clients[0], {connects: 'undecided', missing: []});
});
