import {readdirSync} from 'node:fs';
import test from 'ava';
import {extensionTypes} from '../../source/iana/extensions.js';
import type {Codec} from '../../source/wire/codec.js';
import type {ExtensionContext} from '../../source/wire/extension-body.js';
import * as index from '../../source/wire/extensions/index.js';
import {type CodecCase, testCodec} from '../helpers/codec-cases.js';

/** Bodies of each extension, by the file that lays them out and the message they stand in. */
const cases: Readonly<Record<string, Partial<Record<ExtensionContext, readonly CodecCase<unknown>[]>>>> = {
	'application-layer-protocol-negotiation': {
		clientHello: [{title: 'two protocols', hex: '000c 026832 08687474702f312e31', value: ['h2', 'http/1.1']}],
		serverHello: [{title: 'one protocol', hex: '0003 026832', value: ['h2']}],
	},
	'compress-certificate': {clientHello: [{title: 'brotli and an unknown one', hex: '04 0002 00fa', value: [2, 0xfa]}]},
	cookie: {
		clientHello: [{title: 'three bytes', hex: '0003 aabbcc', value: Uint8Array.of(0xaa, 0xbb, 0xcc)}],
		helloRetryRequest: [{title: 'three bytes', hex: '0003 aabbcc'}],
	},
	'ec-point-formats': {
		clientHello: [{title: 'uncompressed and an unknown one', hex: '02 00fa', value: [0, 0xfa]}],
		serverHello: [{title: 'uncompressed', hex: '01 00', value: [0]}],
	},
	heartbeat: {
		clientHello: [{title: 'allowed', hex: '01', value: 1}],
		serverHello: [{title: 'an unknown mode', hex: 'fa', value: 0xfa}],
	},
	'key-share': {
		clientHello: [
			{title: 'no share', hex: '0000', value: []},
			{
				title: 'two shares',
				hex: '000d 001d0003aabbcc 00170002ddee',
				value: [
					{group: 0x00_1d, keyExchange: Uint8Array.of(0xaa, 0xbb, 0xcc)},
					{group: 0x00_17, keyExchange: Uint8Array.of(0xdd, 0xee)},
				],
			},
		],
		serverHello: [{title: 'a share', hex: '001d0002aabb', value: {group: 0x00_1d, keyExchange: Uint8Array.of(0xaa, 0xbb)}}],
		helloRetryRequest: [{title: 'a group', hex: '0018', value: 0x00_18}],
	},
	'max-fragment-length': {
		clientHello: [{title: '512 bytes', hex: '01', value: 1}],
		serverHello: [{title: 'an unknown length', hex: 'fa', value: 0xfa}],
	},
	'next-protocol-negotiation': {
		serverHello: [
			{title: 'no protocol', hex: '', value: []},
			{title: 'two protocols', hex: '026832 08687474702f312e31', value: ['h2', 'http/1.1'], wholePrefixes: [0, 3]},
		],
	},
	'pre-shared-key': {
		clientHello: [
			{
				title: 'an identity and its binder',
				hex: '0008 0002aabb 01020304 0003 02ccdd',
				value: {
					identities: [{identity: Uint8Array.of(0xaa, 0xbb), obfuscatedTicketAge: 0x01_02_03_04}],
					binders: [Uint8Array.of(0xcc, 0xdd)],
				},
			},
		],
		serverHello: [{title: 'the second identity', hex: '0001', value: 1}],
	},
	'record-size-limit': {
		clientHello: [{title: '16,385 bytes', hex: '4001', value: 16_385}],
		serverHello: [{title: '16,385 bytes', hex: '4001', value: 16_385}],
	},
	'psk-key-exchange-modes': {clientHello: [{title: 'psk_dhe_ke', hex: '01 01', value: [1]}]},
	'renegotiation-info': {
		clientHello: [{title: 'a first handshake', hex: '00', value: new Uint8Array()}],
		serverHello: [{title: 'a second handshake', hex: '02 aabb', value: Uint8Array.of(0xaa, 0xbb)}],
	},
	'server-name': {
		clientHello: [
			{title: 'one name', hex: '0008 00 0005 6c61622e61', value: [{nameType: 0, name: 'lab.a'}]},
			{title: 'an unknown type and bytes that are no ASCII', hex: '0005 fa 0002 ff80', value: [{nameType: 0xfa, name: '\u00ff\u0080'}]},
		],
	},
	'signature-algorithms': {clientHello: [{title: 'two schemes', hex: '0004 0403 0804', value: [0x04_03, 0x08_04]}]},
	'signature-algorithms-cert': {clientHello: [{title: 'one scheme', hex: '0002 0401', value: [0x04_01]}]},
	srp: {clientHello: [{title: 'a user', hex: '03 626f62', value: Uint8Array.of(0x62, 0x6f, 0x62)}]},
	'status-request': {
		clientHello: [
			{title: 'OCSP', hex: '01 0000 0000', value: {responderIds: [], requestExtensions: new Uint8Array()}},
			{title: 'a responder and extensions', hex: '01 0004 0002aabb 0001 cc'},
		],
	},
	'supported-groups': {clientHello: [{title: 'a group and GREASE', hex: '0004 001d 1a1a', value: [0x00_1d, 0x1a_1a]}]},
	'supported-versions': {
		clientHello: [{title: 'two versions', hex: '04 0304 0303', value: [0x03_04, 0x03_03]}],
		serverHello: [{title: 'TLS 1.3', hex: '0304', value: 0x03_04}],
		helloRetryRequest: [{title: 'TLS 1.3', hex: '0304', value: 0x03_04}],
	},
};

const camel = (name: string): string => name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
const members = index as unknown as Readonly<Record<string, {readonly type: number} & Partial<Record<ExtensionContext, Codec<unknown>>>>>;
const contexts = ['clientHello', 'serverHello', 'helloRetryRequest'] as const;

const files = readdirSync('source/wire/extensions')
	.map(file => file.replace(/\.ts$/, ''))
	.filter(name => name !== 'index')
	.toSorted();

test('the index lists every file of the folder, and each is known by its type', t => {
	const listed = Object.keys(members).filter(name => name !== 'extensionBodies');
	t.deepEqual(listed.toSorted(), files.map(camel).toSorted());
	t.deepEqual(
		listed.filter(name => index.extensionBodies.get(members[name]!.type) !== (members[name] as unknown)),
		[],
	);
	t.is(index.extensionBodies.size, listed.length);
});

test('each file has the name that the registry has for its type', t => {
	const named = files.map(name => extensionTypes.label(members[camel(name)]!.type).replaceAll('_', '-'));
	t.deepEqual(named, files);
});

test('every body has its cases', t => {
	const wanted = files.flatMap(name =>
		contexts.filter(context => members[camel(name)]![context] !== undefined).map(context => `${name} ${context}`),
	);
	const found = Object.entries(cases).flatMap(([name, byContext]) => Object.keys(byContext).map(context => `${name} ${context}`));
	t.deepEqual(found.toSorted(), wanted.toSorted());
});

for (const [name, byContext] of Object.entries(cases)) {
	for (const context of contexts) {
		const codec = members[camel(name)]![context];
		if (codec !== undefined) {
			testCodec({...codec, name: `${name} in ${context}`}, byContext[context] ?? []);
		}
	}
}
