import test from 'ava';
import {toHex} from '../../source/bytes/hex.js';
import {Writer} from '../../source/bytes/writer.js';
import {versions as versionNames} from '../../source/iana/versions.js';
import {suiteFacts} from '../../source/probes/cipher-suites/suite-facts.js';
import conduct from '../../source/probes/extensions/ask-extensions.js';
import type {ExtensionsFinding} from '../../source/probes/extensions/extensions-finding.js';
import {describeExtensions, type ExtensionsReport, statusesIn} from '../../source/probes/extensions/extensions-report.js';
import {nameInText} from '../../source/probes/extensions/name-in-text.js';
import {extensionsPart} from '../../source/probes/extensions/report-part.js';
import type {Answer, HandshakeAnswer} from '../../source/probes/probe.js';
import {encode} from '../../source/wire/codec.js';
import {type Extension, extensionBlock, makeExtension} from '../../source/wire/extension.js';
import {applicationLayerProtocolNegotiation, nextProtocolNegotiation} from '../../source/wire/extensions/index.js';
import {derOf, inspectedName, withResponder} from '../helpers/authority.js';
import {ecdheMessage, message, serverHelloMessage, tls12, tls13} from '../helpers/honest-server.js';
import {acceptedBy, exchangeWith} from '../helpers/play-suites.js';
import {type Asked, alert, close, hold, type Move, records, reset, type Script, say} from '../helpers/script.js';
import {answer13} from '../helpers/server-13.js';

type Handshakes = () => HandshakeAnswer['handshake'];
const completes: Handshakes = () => ({kind: 'completed', cipherSuite: 'TLS_AES_128_GCM_SHA256'});

/** Let the probe ask a script about extensions, in memory. The versions were found by a calm one. */
function play(
	script: Script,
	version: number,
	{calm = script, handshakes = completes, ...seen}: {calm?: Script; handshakes?: Handshakes} & Partial<HandshakeAnswer> = {},
): ExtensionsReport {
	const finding = {...acceptedBy(calm, version, 'example.com'), status: 'accepted', isAcceptedWithoutServerName: false};
	const target = {host: 'example.com', port: 443, serverName: 'example.com', startTls: undefined, alpn: undefined, toolVersion: 'test'};
	const conversation = conduct.run({
		target,
		options: {},
		earlier: {versions: {[versionNames.label(version)]: finding}},
		attempts: [],
	} as unknown as Parameters<typeof conduct.run>[0]);
	let connection = 0;
	let step = conversation.next([]);
	while (!step.done) {
		const answers = step.value.map((ask, index) =>
			ask.kind === 'hello'
				? ({
						outcome: exchangeWith(script, ask.hello, {connection: connection + index, atOnce: index + 1}),
						attempt: connection + index,
						durationMs: 1,
					} satisfies Answer)
				: ({
						handshake: handshakes(),
						wantsCertificate: true,
						answer: undefined,
						chain: [],
						durationMs: 1,
						attempt: 0,
						...seen,
					} satisfies HandshakeAnswer),
		);
		connection += answers.length;
		step = conversation.next(answers as never);
	}

	return describeExtensions(step.value as ExtensionsFinding);
}

type Server = {
	/** Extensions that it answers, by their types, and with what. */
	readonly answers?: Readonly<Record<number, Uint8Array>>;
	/** In its order; undefined ignores ALPN. */
	readonly alpn?: readonly string[];
	readonly noMatch?: readonly Move[];
	readonly compression?: number;
	readonly certificateRequest?: Uint8Array;
	/** In DER. */
	readonly certificate?: Uint8Array;
	readonly ocspResponse?: (asked: Asked) => Uint8Array | undefined;
	readonly hasCbc?: boolean;
	readonly first?: (asked: Asked) => readonly Move[] | undefined;
};

const none = new Uint8Array();

/** Bytes after a length of three bytes. */
const vector = (bytes: Uint8Array): Buffer => Buffer.concat([Uint8Array.of(0, bytes.length >> 8, bytes.length & 0xff), bytes]);
const alpnOffered = ({bytes}: Asked['hello']): readonly string[] => {
	const names = ['h2', 'http/1.1', 'imap', 'pop3'];
	return names.filter(name => Buffer.from(bytes).includes(Buffer.from([name.length, ...Buffer.from(name)])));
};

/** What a server answers of what is offered: an extension that is not offered is not answered. */
function answered({hello}: Asked, {answers = {}, alpn}: Server): readonly Extension[] | undefined {
	const extensions = Object.entries(answers)
		.map(([type, data]): Extension => ({type: Number(type), data}))
		.filter(({type}) => hello.extensions?.includes(type));
	if (alpn === undefined || !hello.extensions?.includes(16)) {
		return extensions;
	}

	const chosen = alpn.find(name => alpnOffered(hello).includes(name));
	return chosen === undefined ? undefined : [...extensions, makeExtension(16, applicationLayerProtocolNegotiation.serverHello, [chosen])];
}

const serverOf12 =
	(server: Server): Script =>
	asked => {
		const {hello} = asked;
		const early = server.first?.(asked);
		if (early !== undefined) {
			return early;
		}

		const isCbc = (code: number): boolean => /_CBC_/.test(suiteFacts(code).name);
		const suite = hello.suites.find(code => server.hasCbc !== false || !isCbc(code));
		if (hello.version !== tls12 || suite === undefined) {
			return alert(hello.version === tls12 ? 40 : 70);
		}

		const extensions = answered(asked, server);
		if (extensions === undefined && server.noMatch !== undefined) {
			return server.noMatch;
		}

		const staple = hello.extensions?.includes(0x05) ? server.ocspResponse?.(asked) : undefined;
		const messages = [
			serverHelloMessage(hello, {
				suite,
				compression: Buffer.from(hello.bytes).includes(Buffer.from([2, 1, 0])) ? (server.compression ?? 0) : 0,
				extensions: extensions ?? [],
			}),
			...(server.certificate === undefined ? [] : [message(11, vector(vector(server.certificate)))]),
			...(staple === undefined ? [] : [message(22, Buffer.concat([Uint8Array.of(1), vector(staple)]))]),
			ecdheMessage(23),
			...(server.certificateRequest === undefined ? [] : [message(13, server.certificateRequest)]),
			message(14, none),
		];
		return [say(records(Buffer.concat(messages)))];
	};

const statuses = (report: ExtensionsReport): Readonly<Record<string, string>> => Object.fromEntries(statusesIn(report));
const before13 = [
	'extendedMasterSecret',
	'encryptThenMac',
	'secureRenegotiation',
	'sessionTicket',
	'heartbeat',
	'maxFragmentLength',
	'recordSizeLimit',
];
const all12 = {
	23: none,
	22: none,
	65281: Uint8Array.of(0),
	35: none,
	15: Uint8Array.of(1),
	1: Uint8Array.of(4),
	28: Uint8Array.of(0x40, 0),
	18: Uint8Array.of(0, 0),
};

test('TLS 1.2: what is answered is present, and NPN lists its protocols', t => {
	const npn = encode(nextProtocolNegotiation.serverHello, ['h2', 'spdy/3.1']);
	const report = play(serverOf12({answers: {...all12, 13172: npn}, alpn: ['http/1.1', 'h2'], noMatch: alert(120), compression: 1}), tls12);
	for (const field of [...before13, 'signedCertificateTimestamp', 'compression', 'npn', 'alpn']) {
		t.is(statuses(report)[field], 'present', field);
	}

	t.deepEqual(report.npn.protocols, ['h2', 'spdy/3.1']);
	t.deepEqual(report.alpn, {status: 'present', protocols: ['http/1.1', 'h2']});
	t.deepEqual(report.extendedMasterSecret, {status: 'present', versions: ['TLSv1.2']});
	t.deepEqual(report.certificateCompression, {status: 'not-applicable', algorithms: []});
	t.deepEqual(report.clientCertificate, {status: 'not-asked'});
});

test('TLS 1.2: what is left out of two answers is absent', t => {
	const report = play(serverOf12({}), tls12);
	for (const field of [...before13, 'compression', 'npn', 'alpn', 'ocspStapling', 'signedCertificateTimestamp']) {
		t.is(statuses(report)[field], 'absent', field);
	}
});

test('TLS 1.2: what one of several servers answers is present', t => {
	let count = 0;
	const report = play(asked => serverOf12(count++ % 2 === 0 ? {} : {answers: all12})(asked), tls12);
	t.deepEqual(
		before13.filter(field => statuses(report)[field] !== 'present'),
		[],
	);
});

test('OCSP stapling: a server that has no response yet is asked once more, and a certificate without a responder needs none', t => {
	const certificate = withResponder('http://ocsp.test/');
	const late = play(serverOf12({certificate, ocspResponse: ({connection}) => (connection > 6 ? Uint8Array.of(1, 2) : undefined)}), tls12);
	t.is(late.ocspStapling.status, 'present');
	t.is(play(serverOf12({certificate}), tls12).ocspStapling.status, 'absent');
	const plain = derOf(inspectedName('plain.test', 'CN=plain').own);
	t.is(play(serverOf12({certificate: plain}), tls12).ocspStapling.status, 'not-applicable');
	t.is(play(serverOf12({certificate: plain, ocspResponse: () => Uint8Array.of(1)}), tls12).ocspStapling.status, 'present');
});

test('encrypt-then-MAC does not apply where every suite in CBC mode is refused', t => {
	t.is(play(serverOf12({hasCbc: false}), tls12).encryptThenMac.status, 'not-applicable');
});

for (const [how, moves] of [
	['is silent', [hold]],
	['resets', [reset]],
	['closes', [close]],
	['answers in clear', [say(Buffer.from('500 what?\r\n'))]],
] as const) {
	test(`nothing is absent of a server that ${how} once extensions are asked for`, t => {
		for (const [version, make] of [
			[tls12, serverOf12],
			[tls13, serverOf13],
		] as const) {
			const calm = make({});
			const report = play(make({first: () => moves}), version, {calm});
			t.deepEqual(
				Object.entries(statuses(report)).filter(([, status]) => status === 'absent' || status === 'present'),
				[],
			);
			t.is(report.clientCertificate.status, 'inconclusive');
		}
	});
}

test('a server that resets one connection in three is asked again', t => {
	const calm = serverOf12({answers: all12});
	const report = play(serverOf12({answers: all12, first: ({connection}) => (connection % 3 === 2 ? [reset] : undefined)}), tls12, {calm});
	t.deepEqual(
		before13.filter(field => statuses(report)[field] !== 'present'),
		[],
	);
});

test('ALPN: a protocol that was not offered proves nothing, and an alert of another kind leaves the rest undecided', t => {
	const stubborn = serverOf12({answers: {16: encode(applicationLayerProtocolNegotiation.serverHello, ['h2'])}});
	const report = play(stubborn, tls12);
	t.deepEqual(report.alpn.protocols, ['h2']);
	t.true(report.alpn.undecided!.length > 10);
	const other = play(serverOf12({alpn: ['h2'], noMatch: alert(40)}), tls12);
	t.deepEqual([other.alpn.status, other.alpn.protocols, other.alpn.undecided!.includes('imap')], ['present', ['h2'], true]);
	t.deepEqual(play(serverOf12({alpn: ['imap']}), tls12).alpn, {status: 'present', protocols: ['imap']});
	// The server has ALPN, and none of the protocols.
	t.deepEqual(play(serverOf12({alpn: ['unknown'], noMatch: alert(120)}), tls12).alpn, {status: 'present', protocols: []});
	t.deepEqual(play(serverOf12({}), tls12).alpn, {status: 'absent', protocols: []});
});

const name = Buffer.from('301c310b3009060355040613025553310d300b06035504030c04526f6f74', 'hex');

/** RFC 5246 §7.4.4: types, schemes and names. */
const request12 = Buffer.concat([Uint8Array.of(2, 1, 64, 0, 4, 4, 1, 8, 4, 0, name.length + 2, 0, name.length), name]);

const requests: readonly (readonly [how: string, handshakes: Handshakes, status: string])[] = [
	['completes without one', completes, 'requested'],
	['fails by the alert for it', () => ({kind: 'failed', how: {kind: 'alert', alert: 'certificate_required'}}), 'required'],
	['fails by handshake_failure', () => ({kind: 'failed', how: {kind: 'alert', alert: 'handshake_failure'}}), 'required'],
	['is closed', () => ({kind: 'failed', how: {kind: 'closed'}}), 'inconclusive'],
	['fails by an error of our own', () => ({kind: 'failed', how: {kind: 'own-stack', code: 'ERR_SSL_WRONG'}}), 'inconclusive'],
	['has no time', () => ({kind: 'not-reached', outcome: {kind: 'unasked', because: 'deadline'}}), 'inconclusive'],
];

for (const [how, handshakes, status] of requests) {
	test(`a certificate of the client is asked for, and the handshake ${how}: ${status}`, t => {
		const report = play(serverOf12({certificateRequest: request12}), tls12, {handshakes});
		t.deepEqual(report.clientCertificate, {
			status: status as typeof report.clientCertificate.status,
			types: ['rsa_sign', 'ecdsa_sign'],
			signatureSchemes: ['rsa_pkcs1_sha256', 'rsa_pss_rsae_sha256'],
			authorities: ['C=US, CN=Root'],
		});
	});
}

const fails =
	(name: string): Handshakes =>
	() => ({kind: 'failed', how: {kind: 'alert', alert: name}});

test('up to TLS 1.2, an alert before the server asks for a certificate does not show that it is required', t => {
	const server = serverOf12({certificateRequest: request12});
	const found = (wantsCertificate: boolean) => play(server, tls12, {handshakes: fails('handshake_failure'), wantsCertificate});
	t.deepEqual(
		[found(true), found(false)].map(({clientCertificate}) => clientCertificate.status),
		['required', 'inconclusive'],
	);
});

test('in TLS 1.3, only certificate_required or an alert after Finished shows that a certificate is required', t => {
	const server = serverOf13({certificateRequest: Buffer.concat([Uint8Array.of(0), block([{type: 13, data: Uint8Array.of(0, 2, 8, 4)}])])});
	const statusOf = (name: string, chain: readonly Uint8Array[]) =>
		play(server, tls13, {handshakes: fails(name), wantsCertificate: false, chain}).clientCertificate.status;
	t.deepEqual(
		[statusOf('certificate_required', []), statusOf('handshake_failure', []), statusOf('handshake_failure', [name])],
		['required', 'inconclusive', 'required'],
	);
});

const block = (extensions: readonly Extension[]): Uint8Array => {
	const writer = new Writer();
	extensionBlock.encode(writer, extensions);
	return writer.toBytes();
};

type Server13 = Server & {readonly compressions?: readonly number[]; readonly isCut?: boolean; readonly padding?: number};

/** In TLS 1.3 everything but the key share is encrypted. */
function serverOf13(server: Server13): Script {
	return asked => {
		const {hello} = asked;
		const early = server.first?.(asked);
		if (early !== undefined || hello.version !== tls13 || !hello.shares.includes(0x00_1d)) {
			return early ?? alert(hello.version === tls13 ? 40 : 70);
		}

		const extensions = answered(asked, server);
		if (extensions === undefined && server.noMatch !== undefined) {
			return [say(answer13(hello, [{type: 21, content: Uint8Array.of(2, 120)}]))];
		}

		const offered = hello.bytes.subarray(Buffer.from(hello.bytes).indexOf(Buffer.from([0, 0x1b, 0])));
		const algorithm = hello.extensions!.includes(0x1b)
			? server.compressions?.find(code => offered.subarray(5, 5 + offered[4]!).includes(code))
			: undefined;
		const certificate =
			algorithm === undefined ? message(11, Uint8Array.of(0, 0, 0, 0)) : message(25, Uint8Array.of(0, algorithm, 0, 0, 9, 0, 0, 1, 7));
		const content = Buffer.concat([
			message(8, block(extensions ?? [])),
			...(server.certificateRequest === undefined ? [] : [message(13, server.certificateRequest)]),
			certificate,
			message(15, Uint8Array.of(8, 4, 0, 1, 9)),
			...(server.isCut ? [] : [message(20, new Uint8Array(32))]),
		]);
		// Messages go over the ends of records, and records are padded.
		const [one, other] = [content.subarray(0, 7), content.subarray(7)];
		return [
			say(
				answer13(hello, [
					{type: 22, content: one, padding: server.padding ?? 0},
					{type: 22, content: other},
				]),
			),
		];
	};
}

test('TLS 1.3: what is encrypted is read, and certificate compression is asked for until it ends', t => {
	const answers = {15: Uint8Array.of(1), 1: Uint8Array.of(4), 28: Uint8Array.of(0x40, 1)};
	const report = play(serverOf13({answers, alpn: ['imap', 'h2'], noMatch: [], compressions: [2, 1], padding: 300}), tls13);
	t.deepEqual(statuses(report), {
		extendedMasterSecret: 'not-applicable',
		encryptThenMac: 'not-applicable',
		secureRenegotiation: 'not-applicable',
		sessionTicket: 'not-applicable',
		heartbeat: 'present',
		maxFragmentLength: 'present',
		recordSizeLimit: 'present',
		ocspStapling: 'absent',
		signedCertificateTimestamp: 'absent',
		compression: 'not-applicable',
		certificateCompression: 'present',
		alpn: 'present',
		npn: 'not-applicable',
	});
	t.deepEqual(report.certificateCompression, {status: 'present', versions: ['TLSv1.3'], algorithms: ['brotli', 'zlib']});
	// The alert no_application_protocol is encrypted as well.
	t.deepEqual(report.alpn, {status: 'present', protocols: ['imap', 'h2']});
	t.deepEqual(report.clientCertificate, {status: 'not-asked'});
});

test('TLS 1.3: a flight that is not read to its end leaves nothing out', t => {
	const report = play(serverOf13({isCut: true}), tls13);
	t.deepEqual(
		Object.values(statuses(report)).filter(status => status === 'absent' || status === 'present'),
		[],
	);
	t.is(report.clientCertificate.status, 'inconclusive');
});

test('TLS 1.3: a request for a certificate has its schemes and authorities in extensions', t => {
	const names = Buffer.concat([Uint8Array.of(0, name.length + 2, 0, name.length), name]);
	const request = Buffer.concat([
		Uint8Array.of(0),
		block([
			{type: 13, data: Uint8Array.of(0, 2, 8, 4)},
			{type: 47, data: names},
		]),
	]);
	const report = play(serverOf13({certificateRequest: request}), tls13);
	t.deepEqual(report.clientCertificate, {status: 'requested', signatureSchemes: ['rsa_pss_rsae_sha256'], authorities: ['C=US, CN=Root']});
});

/** Each row: DER, and how it is shown. */
const names: readonly (readonly [der: string, text: string])[] = [
	[toHex(name), 'C=US, CN=Root'],
	['3000', ''],
	['30143112301006035504031e09006100620063', '30143112301006035504031e09006100620063'],
	['3011310f300d06035504031e06006100620063', 'CN=abc'],
	['300f310d300b06042a0304050c03616263', '2a030405=abc'],
	['3081', '3081'],
	['ff', 'ff'],
];

for (const [der, text] of names) {
	test(`the name ${der.slice(0, 24)} is ${text}`, t => {
		t.is(nameInText(Buffer.from(der, 'hex')), text);
	});
}

const sample = describeExtensions({
	extendedMasterSecret: {status: 'absent'},
	encryptThenMac: {status: 'present', versions: ['TLSv1.2']},
	secureRenegotiation: {status: 'present', versions: ['TLSv1.2']},
	sessionTicket: {status: 'present', versions: ['TLSv1.2']},
	heartbeat: {status: 'absent'},
	maxFragmentLength: {status: 'inconclusive'},
	recordSizeLimit: {status: 'absent'},
	ocspStapling: {status: 'not-applicable'},
	signedCertificateTimestamp: {status: 'absent'},
	compression: {status: 'absent'},
	certificateCompression: {status: 'present', versions: ['TLSv1.3'], algorithms: [2]},
	alpn: {status: 'present', protocols: ['h2', 'http/1.1']},
	npn: {status: 'absent', protocols: []},
	clientCertificate: {status: 'required', types: [1], signatureSchemes: [0x08_04], authorities: [name, name, name]},
	connections: 17,
});

test('lines and brief: what should be otherwise comes first, in words', t => {
	t.deepEqual(
		extensionsPart.lines(sample).map(({label, text, tone}) => `${tone} ${label}: ${text}`),
		[
			'bad extended master secret: absent, weak (RFC 9325, 2022)',
			'neutral present: encrypt-then-MAC, secure renegotiation, session tickets, certificate compression (brotli), ALPN (h2 http/1.1)',
			'neutral absent: heartbeat, record size limit, SCT extension, compression, NPN',
			'open inconclusive: maximum fragment length',
			'neutral client certificate: required, rsa_sign, of C=US, CN=Root; C=US, CN=Root and 1 more',
		],
	);
	t.deepEqual(
		extensionsPart.problems(sample).map(({severity, message}) => `${severity}: ${message}`),
		['warning: extended master secret absent (RFC 9325, 2022)', 'undecided: neither present nor absent: maximum fragment length'],
	);
	t.is(extensionsPart.brief(sample), 'extended master secret absent, ALPN h2 http/1.1, client certificate required, 1 inconclusive');
});

const {parse, judge} = extensionsPart.demand!;

/** Each row: the demand and its judgement of the sample. */
const judged: readonly (readonly [demand: object, status: string, message: RegExp])[] = [
	[{present: ['encryptThenMac', 'alpn']}, 'pass', /as demanded/],
	[{present: ['extendedMasterSecret']}, 'fail', /^extended master secret is absent, but should be present$/],
	[{present: ['ocspStapling']}, 'fail', /OCSP stapling is not applicable/],
	[{present: ['maxFragmentLength']}, 'inconclusive', /not decided/],
	[{absent: ['heartbeat', 'ocspStapling']}, 'pass', /as demanded/],
	[{absent: ['sessionTicket']}, 'fail', /session tickets is present|session tickets/],
	[{protocols: ['h2']}, 'pass', /as demanded/],
	[{protocols: ['imap']}, 'fail', /ALPN does not select imap/],
	[{clientCertificate: 'required'}, 'pass', /as demanded/],
	[{clientCertificate: 'not-asked'}, 'fail', /is required, but should be not requested/],
];

for (const [demand, status, message] of judged) {
	test(`${JSON.stringify(demand)}: ${status}`, t => {
		const judgement = judge(sample, (parse(demand) as {demand: never}).demand);
		t.is(judgement.status, status as typeof judgement.status);
		t.regex(judgement.message, message);
	});
}

const wrong: readonly (readonly [unknown, RegExp])[] = [
	[{}, /takes present, absent, presentIfApplicable, protocols and clientCertificate/],
	[{has: []}, /no word "has"/],
	[{present: []}, /present takes a list of extensions/],
	[{absent: ['heartbeet']}, /no extension "heartbeet"; did you mean heartbeat\?/],
	[{protocols: 'h2'}, /protocols takes a list of application protocols/],
	[{clientCertificate: 'yes'}, /requested, required or not-asked, not "yes"/],
];

for (const [demand, problem] of wrong) {
	test(`no demand on extensions: ${JSON.stringify(demand)}`, t => {
		t.regex((parse(demand) as {problem: string}).problem, problem);
	});
}

test('diff: what a server should have and lost is worse, and what is inconclusive is no difference', t => {
	const changes = (after: Partial<ExtensionsReport>): string[] =>
		extensionsPart.compare!(sample, {...sample, ...after}).map(({effect, message}) => `${effect}: ${message}`);
	t.deepEqual(changes({secureRenegotiation: {status: 'absent'}}), ['worse: secure renegotiation was present and is absent']);
	t.deepEqual(changes({extendedMasterSecret: {status: 'present'}}), ['better: extended master secret was absent and is present']);
	t.deepEqual(changes({heartbeat: {status: 'present'}}), ['changed: heartbeat was absent and is present']);
	t.deepEqual(changes({heartbeat: {status: 'inconclusive'}, maxFragmentLength: {status: 'present'}}), []);
	t.deepEqual(changes({alpn: {status: 'present', protocols: ['h2', 'imap']}}), [
		'changed: ALPN selects imap now',
		'changed: ALPN does not select http/1.1 any more',
	]);
	t.deepEqual(changes({clientCertificate: {status: 'not-asked'}}), [
		'changed: the client certificate was required and is now not requested',
	]);
});
