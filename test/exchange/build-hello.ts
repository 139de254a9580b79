import {randomBytes} from 'node:crypto';
import test from 'ava';
import {buildHello} from '../../source/exchange/build-hello.js';
import {versions} from '../../source/iana/versions.js';
import {shapesOf} from '../../source/probes/versions/shapes.js';
import {clientHello} from '../../source/wire/client-hello.js';
import {decode} from '../../source/wire/codec.js';
import {findExtension} from '../../source/wire/extension.js';
import {keyShare, pskKeyExchangeModes, supportedVersions} from '../../source/wire/extensions/index.js';
import {splitRecords} from '../../source/wire/record.js';

const names = [undefined, 'a.example', `${'portal.'.repeat(8)}example.com`, `${`${'x'.repeat(60)}.`.repeat(3)}example`];
const specs = versions.entries.flatMap(({code}) => names.flatMap(name => shapesOf(code, name)));
const described = specs.map(spec => ({spec, title: `${versions.label(spec.version)} ${spec.shape}`, built: buildHello(spec, randomBytes)}));

test('no hello is of a length that servers are known to hang on, however it is measured', t => {
	const awkward = described.filter(({built: {bytes}, spec}) => {
		const [record, message, body] = [bytes.length, bytes.length - 5, bytes.length - 9];
		const isBetween = [record, message, body].some(length => length >= 256 && length <= 511);
		return spec.version > 2 && (isBetween || [0x0a, 0x0e].includes(message % 256));
	});
	t.deepEqual(
		awkward.map(({title}) => title),
		[],
	);
});

test('the first hello is short unless the name is long, and there is one over 512 bytes', t => {
	for (const {spec, title, built} of described) {
		if (spec.version > 2 && spec.shape === 'short' && (spec.extensions?.serverName?.length ?? 0) < 20) {
			t.true(built.bytes.length < 256, title);
		} else if (spec.version >= 0x03_01 && spec.shape === 'long') {
			t.true(built.bytes.length - 9 >= 512, title);
		}
	}
});

test('no hello offers more than 60 suites, a suite that is never offered, or one of another era', t => {
	const wrong = described.filter(
		({spec: {cipherSuites, version}}) =>
			cipherSuites.length > 60 ||
			cipherSuites.some(suite => [0x56_00, 0x00_ff, 0x00_00].includes(suite)) ||
			(version >= 0x03_00 && version < 0x03_04 && cipherSuites.some(suite => suite >> 8 === 0x13)),
	);
	t.deepEqual(
		wrong.map(({title}) => title),
		[],
	);
});

test('a hello from a template differs from one that is encoded in nothing but what is drawn', t => {
	const draw = (seed: number) => (size: number) => Uint8Array.from({length: size}, (_, index) => (seed + index * 7) & 0x7f);
	for (const {spec, title} of described) {
		// The first making of a spec encodes it, the second fills in its template.
		const fresh = buildHello({...spec}, draw(3));
		const filled = buildHello(spec, draw(3));
		t.is(filled.bytes.length, fresh.bytes.length, title);
		if (spec.version > 2) {
			const [one, other] = [fresh, filled].map(({bytes}) => decode(clientHello, Uint8Array.from(bytes.subarray(9))));
			t.deepEqual(
				{...one, random: undefined, sessionId: one!.sessionId.length},
				{...other, random: undefined, sessionId: other!.sessionId.length},
				title,
			);
			t.deepEqual(Uint8Array.from(filled.sessionId), other!.sessionId, title);
		}
	}
});

test('no two hellos have the same random', t => {
	const spec = shapesOf(0x03_04, 'a.example')[0];
	const randoms = Array.from({length: 100}, () =>
		Buffer.from(decode(clientHello, buildHello(spec, randomBytes).bytes.subarray(9)).random).toString('hex'),
	);
	t.is(new Set(randoms).size, 100);
});

test('an X25519 share has its top bit clear whatever is drawn, as wolfSSL insists', t => {
	const [spec] = shapesOf(0x03_04, 'peer.test');
	// The later ones are made from what the first has left behind.
	const shares = [0x00, 0xff, 0xff].map(fill => {
		const {bytes} = buildHello(spec, size => new Uint8Array(size).fill(fill));
		const {extensions} = decode(clientHello, bytes.subarray(5 + 4));
		return findExtension(extensions, keyShare.type, keyShare.clientHello)!.find(({group}) => group === 0x00_1d)!.keyExchange;
	});
	t.deepEqual(
		shares.map(share => [share.length, share[0], share[31]! & 0x80]),
		[
			[32, 0x00, 0],
			[32, 0xff, 0],
			[32, 0xff, 0],
		],
	);
});

test('a hello of an exact length has that length, whatever servers make of it', t => {
	const [spec] = shapesOf(0x03_04, 'a.example');
	for (const messageBytes of [266, 384, 511, 14_000]) {
		for (const split of [undefined, 'records'] as const) {
			const {bytes} = buildHello({...spec, split, extensions: {...spec.extensions!, messageBytes}}, randomBytes);
			t.is(bytes.length, messageBytes + (split === 'records' ? 10 : 5));
		}
	}

	const longer = buildHello({...spec, extensions: {...spec.extensions!, messageBytes: 20}}, randomBytes);
	t.is(longer.bytes.length, buildHello(spec, randomBytes).bytes.length);
});

test('a hello in two records is the same message, and its session id is found', t => {
	for (const spec of [shapesOf(0x03_04, 'a.example')[0], shapesOf(0x03_03, undefined)[1]!]) {
		const whole = buildHello(spec, size => new Uint8Array(size).fill(9)).bytes.subarray(5);
		const split = {...spec, split: 'records'} as const;
		// The second making of a spec fills in its template.
		for (const built of [split, split].map(item => buildHello(item, size => new Uint8Array(size).fill(9)))) {
			const {records} = splitRecords(built.bytes);
			t.is(records.length, 2);
			t.deepEqual(Buffer.concat(records.map(({fragment}) => fragment)), Buffer.from(whole));
			t.is(built.sessionId.length, spec.version === 0x03_04 ? 32 : 0);
		}
	}
});

test('values that mean nothing are sent as they are given, before what is known', t => {
	const [spec] = shapesOf(0x03_04, 'a.example');
	const extensions = {...spec.extensions!, keyShares: [0x2a_2a, 0x00_1d], supportedVersions: [0x2a_2a], pskModes: [0x2a, 1]};
	const {bytes} = buildHello({...spec, legacyVersion: 0x03_05, extensions}, randomBytes);
	const hello = decode(clientHello, bytes.subarray(9));
	t.is(hello.legacyVersion, 0x03_05);
	t.deepEqual(
		findExtension(hello.extensions, keyShare.type, keyShare.clientHello)!.map(({group, keyExchange}) => [group, keyExchange.length]),
		[
			[0x2a_2a, 1],
			[0x00_1d, 32],
		],
	);
	t.deepEqual(findExtension(hello.extensions, supportedVersions.type, supportedVersions.clientHello), [0x2a_2a, 0x03_04]);
	t.deepEqual(findExtension(hello.extensions, pskKeyExchangeModes.type, pskKeyExchangeModes.clientHello), [0x2a, 1]);
});
