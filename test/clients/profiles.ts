import {readdirSync} from 'node:fs';
import test from 'ava';
import {toHex} from '../../source/bytes/hex.js';
import {helloOf} from '../../source/clients/hello-of.js';
import {clientProfiles} from '../../source/clients/index.js';
import {recordedClient} from '../../source/clients/recorded-client.js';
import {dotnetClientsOf} from '../../source/clients/windows/dotnet-clients.js';
import {systemClientsOf} from '../../source/clients/windows/system-clients.js';
import {windowsVersions} from '../../source/clients/windows/versions.js';
import {buildHello} from '../../source/exchange/build-hello.js';
import {readClientHello} from '../../source/exchange/read-client-hello.js';
import {parseOperatingSystem} from '../../source/windows/operating-systems.js';
import {clientHello} from '../../source/wire/client-hello.js';
import {decode, encode} from '../../source/wire/codec.js';
import {handshake} from '../../source/wire/handshake.js';
import {splitRecords} from '../../source/wire/record.js';
import {ssl2ClientHello, ssl2Record} from '../../source/wire/ssl2.js';

const fixed = (size: number): Uint8Array => new Uint8Array(size).fill(0x5a);

for (const profile of clientProfiles) {
	for (const serverName of ['example.com', undefined]) {
		test(`the hello of ${profile.name} with ${serverName ?? 'no name'} decodes and encodes to itself`, t => {
			const {bytes} = buildHello(helloOf(profile, serverName), fixed);
			t.is(toHex(reencoded(bytes)), toHex(bytes));
			const seen = readClientHello(bytes, profile.name);
			t.deepEqual(seen.spec, helloOf(profile, serverName));
			t.is(toHex(buildHello(seen.spec, fixed).bytes), toHex(bytes));
		});
	}
}

test('profiles are plain data: what a file has of them sends the same hello', t => {
	const seen = readClientHello(buildHello(helloOf(clientProfiles[0]!, 'example.com'), fixed).bytes, 'seen');
	for (const profile of [...clientProfiles, recordedClient('seen', seen)]) {
		const [given, copied] = [profile, JSON.parse(JSON.stringify(profile))].map(one =>
			toHex(buildHello(helloOf(one, 'a.example'), fixed).bytes),
		);
		t.is(copied, given, profile.name);
	}
});

function reencoded(bytes: Uint8Array): Uint8Array {
	if (bytes[0]! & 0x80) {
		return ssl2Record(encode(ssl2ClientHello, decode(ssl2ClientHello, bytes.subarray(2))));
	}

	const {records, consumed} = splitRecords(bytes);
	const {legacyVersion, fragment} = records[0]!;
	const message = decode(handshake, fragment);
	const again = encode(handshake, {type: message.type, body: encode(clientHello, decode(clientHello, message.body))});
	const header = [0x16, legacyVersion >> 8, legacyVersion & 0xff, again.length >> 8, again.length & 0xff];
	return Uint8Array.of(...header, ...again, ...bytes.subarray(consumed));
}

test('every profile has a file of its name or a row in the table of Windows versions, and no two share a name', t => {
	const files = readdirSync('source/clients')
		.filter(name => name.endsWith('.ts') && !['index.ts', 'client-profile.ts'].includes(name))
		.map(name => name.slice(0, -3));
	const helpers = ['answer-limits', 'find-clients', 'hello-of', 'listed-client', 'recorded-client', 'resemblance'];
	const made = [...systemClientsOf(windowsVersions), ...dotnetClientsOf(windowsVersions)].map(({name}) => name);
	t.deepEqual(clientProfiles.map(({name}) => name).toSorted(), [...made, ...files.filter(name => !helpers.includes(name))].toSorted());
	const names = clientProfiles.flatMap(({name, aliases}) => [name, ...aliases]);
	t.deepEqual(
		names.filter((name, index) => names.indexOf(name) !== index),
		[],
	);
});

test('every profile says where it is from, and offers nothing twice', t => {
	const problems = clientProfiles.flatMap(profile => {
		const {cipherSuites, extensions, layout} = helloOf(profile, 'example.com');
		const types = layout!.extensions?.map(({type}) => type) ?? [];
		return [
			...(profile.sources.length === 0 ? [`${profile.name} has no source`] : []),
			...(profile.versions.length === 0 ? [`${profile.name} takes no version`] : []),
			...[cipherSuites, types, extensions?.groups ?? [], extensions?.signatureSchemes ?? []]
				.filter(list => new Set(list).size !== list.length)
				.map(list => `${profile.name} repeats itself in ${list.join(' ')}`),
		];
	});
	t.deepEqual(problems, []);
});

test('every Windows that is known has a profile', t => {
	const names = clientProfiles.flatMap(({name, aliases}) => [name, ...aliases]);
	t.deepEqual(
		windowsVersions.map(({name}) => name).filter(name => !names.includes(name)),
		[],
	);
	t.is(parseOperatingSystem('2012 R2')?.name, 'windows-server-2012-r2');
});

test('a hello draws what has to be new for every connection', t => {
	const java = helloOf(clientProfiles.find(({name}) => name === 'java-17')!, 'example.com');
	let drawn = 0;
	const draw = (size: number): Uint8Array => {
		drawn += 1;
		return new Uint8Array(size).fill(drawn);
	};

	const hellos = [1, 2, 3].map(() => toHex(buildHello(java, draw).bytes));
	t.is(new Set(hellos).size, 3);
});
