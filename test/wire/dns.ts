import test from 'ava';
import {DecodeError} from '../../source/bytes/decode-error.js';
import {isDnsName} from '../../source/wire/dns/question.js';
import {readServiceBinding} from '../../source/wire/dns/service-binding.js';
import {echConfigs, https} from '../helpers/dns-server.js';

const text = (value: string): string => Buffer.from(value, 'latin1').toString('hex');

/** The test vectors of RFC 9460 appendix D, and records that are invalid. */
const bindings: readonly {readonly title: string; readonly data: Uint8Array; readonly read: unknown}[] = [
	{title: 'alias mode', data: https(0, 'foo.example.com').data, read: {priority: 0, target: 'foo.example.com'}},
	{title: 'the name itself', data: https(1, '').data, read: {priority: 1, target: '.'}},
	{title: 'a port', data: https(16, 'foo.example.com', {3: '0035'}).data, read: {priority: 16, target: 'foo.example.com', port: 53}},
	{
		title: 'a key that is not known',
		data: https(1, 'foo.example.com', {667: text('hello')}).data,
		read: {priority: 1, target: 'foo.example.com', others: {key667: text('hello')}},
	},
	{
		title: 'two hints for IPv6',
		data: https(1, 'foo.example.com', {6: '20010db800000000000000000000000120010db8000000000000000000530001'}).data,
		read: {priority: 1, target: 'foo.example.com', ipv6hint: ['2001:db8::1', '2001:db8::53:1']},
	},
	{
		title: 'mandatory keys, protocols and hints',
		data: https(16, 'foo.example.org', {0: '00010004', 1: `02${text('h2')}05${text('h3-19')}`, 4: 'c0000201'}).data,
		read: {priority: 16, target: 'foo.example.org', mandatory: ['alpn', 'ipv4hint'], alpn: ['h2', 'h3-19'], ipv4hint: ['192.0.2.1']},
	},
	{
		title: 'no default protocol',
		data: https(1, '', {1: `02${text('h3')}`, 2: ''}).data,
		read: {priority: 1, target: '.', alpn: ['h3'], noDefaultAlpn: true},
	},
	{
		title: 'values that do not decode',
		data: https(1, '', {1: '05', 2: '00', 3: '01', 4: 'c00002', 5: 'ffff', 6: ''}).data,
		read: {priority: 1, target: '.', undecodable: ['alpn', 'no-default-alpn', 'port', 'ipv4hint', 'ech', 'ipv6hint']},
	},
	{
		title: 'a key for ECH, and one of another version',
		data: https(1, '', {5: echConfigs('cover.example')}).data,
		read: {
			priority: 1,
			target: '.',
			ech: [
				{
					version: 0xfe_0d,
					contents: {
						configId: 7,
						kem: 0x20,
						cipherSuites: [{kdf: 1, aead: 1}],
						maximumNameLength: 0,
						publicName: 'cover.example',
					},
				},
			],
		},
	},
	{
		title: 'a key for ECH of another version',
		data: https(1, '', {5: echConfigs('cover.example', 'fe0a')}).data,
		read: {priority: 1, target: '.', ech: [{version: 0xfe_0a, contents: undefined}]},
	},
];

for (const {title, data, read} of bindings) {
	test(`a service binding: ${title}`, t => {
		t.deepEqual(readServiceBinding(data), read as ReturnType<typeof readServiceBinding>);
	});
}

test('a service binding that is cut off anywhere is refused or ends at a whole parameter', t => {
	const {data} = https(1, 'a.example', {1: `02${text('h2')}`, 3: '01bb'});
	const whole = new Set([13, 20, data.length]);
	for (let length = 0; length < data.length; length++) {
		if (whole.has(length)) {
			t.notThrows(() => readServiceBinding(data.subarray(0, length)), String(length));
		} else {
			t.throws(() => readServiceBinding(data.subarray(0, length)), {instanceOf: DecodeError}, String(length));
		}
	}
});

test('names that the DNS can hold', t => {
	const names = ['a.example', '_443._tcp.a.example', `${'a'.repeat(63)}.example`, `${'a.'.repeat(125)}aaa`];
	const others = ['', 'a..example', `${'a'.repeat(64)}.example`, `${'a.'.repeat(127)}`, 'a b.example', 'bücher.example'];
	t.deepEqual(
		[...names, ...others].filter(name => isDnsName(name)),
		names,
	);
});
