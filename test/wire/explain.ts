import test from 'ava';
import fc from 'fast-check';
import {annotate} from '../../source/bytes/annotate.js';
import {fromHex, toHex} from '../../source/bytes/hex.js';
import {type Explanation, explain} from '../../source/wire/explain.js';
import {
	clientHelloHex,
	extendedClientHelloHex,
	handshakeMessage,
	helloRetryRequestHex,
	join,
	readFlows,
	record,
	serverHello13Hex,
	serverHelloHex,
} from '../helpers/hellos.js';

const clientHello = handshakeMessage(1, extendedClientHelloHex);
const serverHello = handshakeMessage(2, serverHelloHex);
const serverHelloDone = handshakeMessage(14, '');
const ssl2ClientHello = '802b 01 0002 0012 0000 0010 0700c0 050080 030080 010080 060040 040080 00112233445566778899aabbccddeeff';
const ssl2ServerHello = '8010 04 00 01 0002 0003 0000 0002 aabbcc 0102';

const cases = [
	{title: 'a record', bytes: record(22, clientHello), messages: ['ClientHello: TLSv1.0, 2 cipher suites, 4 extensions']},
	{title: 'an alert in a record', bytes: fromHex('15030100020246'), messages: ['Alert: fatal protocol_version (70)']},
	{title: 'a handshake message without a record', bytes: clientHello, messages: ['ClientHello: TLSv1.0, 2 cipher suites, 4 extensions']},
	{
		title: 'a ClientHello without any header',
		bytes: fromHex(clientHelloHex),
		messages: ['ClientHello: TLSv1.0, 2 cipher suites, 0 extensions'],
	},
	{
		title: 'a ServerHello without any header',
		bytes: fromHex(serverHelloHex),
		messages: ['ServerHello: TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'],
	},
	{title: 'an alert without a record', bytes: fromHex('0228'), messages: ['Alert: fatal handshake_failure (40)']},
	{title: 'a ChangeCipherSpec without a record', bytes: fromHex('01'), messages: ['ChangeCipherSpec']},
	{
		title: 'TLS 1.3, whose version is in an extension',
		bytes: record(22, handshakeMessage(2, serverHello13Hex)),
		messages: ['ServerHello: TLSv1.3, TLS_AES_128_GCM_SHA256'],
	},
	{
		title: 'a HelloRetryRequest',
		bytes: record(22, handshakeMessage(2, helloRetryRequestHex)),
		messages: ['ServerHello: HelloRetryRequest, TLSv1.3, TLS_AES_256_GCM_SHA384'],
	},
	{
		title: 'several messages in one record',
		bytes: record(22, join(serverHello, serverHelloDone)),
		messages: ['ServerHello: TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'ServerHelloDone'],
	},
	{title: 'SSL 2 in a record', bytes: fromHex(ssl2ClientHello), messages: ['SSL 2 CLIENT-HELLO: SSLv2, 6 cipher kinds']},
	{title: 'SSL 2 without a record', bytes: fromHex(ssl2ClientHello).subarray(2), messages: ['SSL 2 CLIENT-HELLO: SSLv2, 6 cipher kinds']},
	{title: 'a SERVER-HELLO of SSL 2', bytes: fromHex(ssl2ServerHello), messages: ['SSL 2 SERVER-HELLO: SSLv2, no cipher kinds']},
	{title: 'an error of SSL 2', bytes: fromHex('8003 00 0001'), messages: ['SSL 2 ERROR: NO-CIPHER-ERROR']},
	{
		title: 'text of STARTTLS in front',
		bytes: join(Buffer.from('220 ready\r\n'), fromHex('15030100020246')),
		messages: ['Alert: fatal protocol_version (70)'],
	},
	{
		title: 'encrypted records',
		bytes: fromHex('140303000101 16030300040badf00d 17030300021234'),
		messages: ['ChangeCipherSpec', 'handshake: 4 bytes, encrypted', 'application_data: 2 bytes, encrypted'],
	},
	{
		title: 'a second hello behind a ChangeCipherSpec that means nothing',
		bytes: join(fromHex('140303000101'), record(22, clientHello)),
		messages: ['ChangeCipherSpec', 'ClientHello: TLSv1.0, 2 cipher suites, 4 extensions'],
	},
];

for (const {title, bytes, messages} of cases) {
	test(`${title} is explained to the last byte`, t => {
		const explanation = explain(bytes);
		t.deepEqual(explanation.messages, messages);
		t.is(explanation.problem, undefined);
		t.true(explanation.isTls);
		t.is(shownBytes(explanation), toHex(bytes));
		t.notRegex(textOf(explanation), /not decoded|!!/);
	});
}

test('every extension whose body is known is shown field by field, others as they are', t => {
	const text = textOf(explain(record(22, clientHello)));
	for (const line of [
		/HostName: "lab\.a"$/,
		/named_group_list: x25519$/,
		/extension_type: 0xfafa$/,
		/^[\da-f]{4} {2}be ef +extension_data$/,
	]) {
		t.regex(text, new RegExp(line, 'm'));
	}
});

test('a message in records that hold one byte each is shown whole behind them', t => {
	const records = Array.from(serverHello, byte => record(22, Uint8Array.of(byte)));
	const {blocks, messages, problem} = explain(join(...records));
	t.deepEqual(messages, ['ServerHello: TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256']);
	t.is(problem, undefined);
	t.is(blocks.length, serverHello.length + 1);
	t.true(blocks.slice(0, -1).every(({isPiece}) => isPiece));
	t.is(blocks.at(-1)!.title, `Together, records 1 to ${serverHello.length}: handshake, ${serverHello.length} bytes`);
	t.is(toHex(blocks.at(-1)!.bytes), toHex(serverHello));
});

test('an alert in two records is shown whole behind them', t => {
	const {messages} = explain(fromHex('150301000102 150301000146'));
	t.deepEqual(messages, ['Alert: fatal protocol_version (70)']);
});

test('wherever a flight is cut into records, the same messages are found', t => {
	const flight = join(serverHello, handshakeMessage(11, '000006 000003 aabbcc'), serverHelloDone);
	const whole = explain(record(22, flight)).messages;
	const different = Array.from({length: flight.length - 1}, (_, index) => index + 1).filter(cut => {
		const {messages, problem} = explain(join(record(22, flight.subarray(0, cut)), record(22, flight.subarray(cut))));
		return problem !== undefined || JSON.stringify(messages) !== JSON.stringify(whole);
	});
	t.is(whole.length, 3);
	t.deepEqual(different, []);
});

test('what a real server sent is explained to the last byte', t => {
	const flows = ['openssl-tls12-and-tls13', 'openssl-tls10-to-tls13', 'openssl-tls12-only', 'openssl-hello-retry-request'].flatMap(
		readFlows,
	);
	const problems = flows.flatMap(({flights, version, shape}) =>
		flights.flatMap(({bytes, from}) => {
			const {problem, isTls} = explain(bytes);
			return problem === undefined && isTls ? [] : [`${version} ${shape} ${from}: ${problem}`];
		}),
	);
	t.true(flows.length > 20);
	t.deepEqual(problems, []);
});

test('the key exchange is laid out as the suite of the ServerHello wants it', t => {
	const flow = readFlows('openssl-tls12-and-tls13')[2]!;
	const {messages, blocks} = explain(flow.flights[1]!.bytes);
	t.deepEqual(
		messages.map(message => message.replace(/until .*/, 'until ...')),
		[
			'ServerHello: TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
			'Certificate: 1 certificate, CN=lab.example, by CN=lab.example, until ...',
			'ServerKeyExchange: x25519',
			'ServerHelloDone',
		],
	);
	const text = blocks.map(({bytes, spans}) => annotate(bytes, spans!)).join('');
	t.regex(text, /namedcurve: x25519/);
	t.regex(text, /algorithm: rsa_pss_rsae_sha512/);
});

const keyExchanges = [
	{title: 'DHE', suite: '0033', body: '0001 17 0001 05 0001 08 0002 aabb', fields: ['dh_p', 'dh_g', 'dh_Ys', 'signature']},
	{
		title: 'DHE of TLS 1.2',
		suite: '009e',
		body: '0001 17 0001 05 0001 08 0401 0002 aabb',
		fields: ['dh_p', 'dh_g', 'dh_Ys', 'algorithm', 'signature'],
	},
	{title: 'anonymous ECDH', suite: 'c018', body: '03 001d 02 aabb', fields: ['curve_type', 'namedcurve', 'public']},
	{
		title: 'PSK with ECDHE',
		suite: 'c035',
		body: '0002 6869 03 001d 02 aabb',
		fields: ['psk_identity_hint', 'curve_type', 'namedcurve', 'public'],
	},
	{title: 'PSK alone', suite: '008c', body: '0002 6869', fields: ['psk_identity_hint']},
	{title: 'SRP', suite: 'c01d', body: '0001 17 0001 05 01 aa 0001 08', fields: ['srp_N', 'srp_g', 'srp_s', 'srp_B']},
	{title: 'export RSA', suite: '0003', body: '0001 17 0001 05 0002 aabb', fields: ['rsa_modulus', 'rsa_exponent', 'signature']},
];

for (const {title, suite, body, fields} of keyExchanges) {
	test(`a ServerKeyExchange of ${title} is laid out`, t => {
		const hello = handshakeMessage(2, serverHelloHex.replace('c02f', suite));
		const {blocks, problem} = explain(record(22, join(hello, handshakeMessage(12, body))));
		const labels = blocks[0]!.spans!.map(({label}) => label);
		t.is(problem, undefined);
		t.deepEqual(
			[...new Set(labels.slice(labels.indexOf('ServerKeyExchange') + 1))].filter(label => !label.endsWith(' length')),
			fields,
		);
	});
}

const broken = [
	{title: 'HTTP', bytes: Buffer.from('HTTP/1.1 400 Bad Request\r\n'), problem: /^not TLS/, isTls: false},
	{title: 'noise behind an alert', bytes: fromHex('15030100020246 deadbeef'), problem: /^not a TLS record at byte 7$/, isTls: true},
	{title: 'half a header', bytes: fromHex('15030100020246 1503'), problem: /^the header of a record is cut off at byte 9$/, isTls: true},
	{
		title: 'a record that is too long',
		bytes: fromHex('15030100020246 1603036000'),
		problem: /a record of 24576 bytes at byte 7/,
		isTls: true,
	},
	{title: 'a record that is cut off', bytes: record(22, clientHello).subarray(0, 60), problem: /^record 1 is cut off: /, isTls: true},
	{title: 'an alert of one byte', bytes: fromHex('150301000102'), problem: /description: needs 1 bytes, 0 left/, isTls: true},
	{
		title: 'a length in a hello that runs over',
		bytes: record(22, handshakeMessage(1, `${clientHelloHex} 00ff`)),
		problem: /extensions: needs 255 bytes/,
		isTls: true,
	},
	{
		title: 'an extension whose body is wrong',
		bytes: record(22, handshakeMessage(1, `${clientHelloHex} 0005 000a0001ff`)),
		problem: /named_group_list length: needs 2 bytes, 1 left/,
		isTls: true,
	},
];

for (const {title, bytes, problem, isTls} of broken) {
	test(`${title}: shown as far as it goes, then what is wrong, and no byte is left out`, t => {
		const explanation = explain(bytes);
		t.regex(explanation.problem ?? '', problem);
		t.is(explanation.isTls, isTls);
		t.is(shownBytes(explanation), toHex(bytes));
	});
}

test('every beginning of a hello is shown to its last byte', t => {
	const bytes = record(22, clientHello);
	const wrong = Array.from({length: bytes.length}, (_, length) => length).filter(length => {
		const cut = bytes.subarray(0, length);
		return shownBytes(explain(cut)) !== toHex(cut);
	});
	t.deepEqual(wrong, []);
});

test('no bytes make it throw, and none are left out', t => {
	const seeds = [...cases, ...broken].map(({bytes}) => Uint8Array.from(bytes)).filter(({length}) => length > 0);
	const mutated = fc
		.tuple(fc.constantFrom(...seeds), fc.array(fc.tuple(fc.nat(), fc.nat(255)), {maxLength: 4}), fc.nat())
		.map(([seed, changes, cut]) => {
			const bytes = seed.slice(0, seed.length - (cut % 8 === 0 ? cut % seed.length : 0));
			for (const [place, byte] of changes) {
				if (bytes.length > 0) {
					bytes[place % bytes.length] = byte;
				}
			}

			return bytes;
		});
	fc.assert(
		fc.property(fc.oneof(fc.uint8Array({maxLength: 100}), mutated), bytes => shownBytes(explain(bytes)) === toHex(bytes)),
		{numRuns: 1000},
	);
	t.pass();
});

/** What the blocks of the stream show, in order; what was put together of pieces was shown before. */
const shownBytes = ({blocks}: Explanation): string =>
	blocks
		.filter(({title}) => !title.startsWith('Together'))
		.map(({bytes, start, end, spans}) =>
			spans === undefined ? toHex(bytes.subarray(start, end)) : annotatedBytes(annotate(bytes, spans, {start, end, isFull: true})),
		)
		.join('');

const annotatedBytes = (text: string): string =>
	[...text.matchAll(/^[\da-f]{4,} {2}((?:[\da-f]{2} ?){1,8})/gm)].map(([, digits]) => digits!.replaceAll(' ', '')).join('');

const textOf = ({blocks}: Explanation): string =>
	blocks.map(({bytes, start, end, spans}) => (spans === undefined ? '' : annotate(bytes, spans, {start, end}))).join('');
