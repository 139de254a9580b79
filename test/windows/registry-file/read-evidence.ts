import {readFileSync} from 'node:fs';
import test from 'ava';
import fc from 'fast-check';
import {applyChanges, emptyRegistry, lookUp} from '../../../source/windows/registry.js';
import {type MachineEvidence, readEvidence} from '../../../source/windows/registry-file/read-evidence.js';
import type {RegistryChange} from '../../../source/windows/registry-file/value.js';
import {writeRegFile} from '../../../source/windows/registry-file/write-reg-file.js';
import {roundsOf} from '../../helpers/depth.js';

const tls12 = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Client';
const net = 'HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319';

function read(file: string, bytes: Uint8Array = readFileSync(`fixtures/registry/${file}`)): MachineEvidence {
	const reading = readEvidence(file, bytes);
	if (reading.kind !== 'read') {
		throw new Error(reading.problem);
	}

	return reading.evidence;
}

const valuesOf = (file: string, key: string, names: readonly string[]) => {
	const registry = applyChanges(emptyRegistry, read(file).changes);
	return names.map(name => lookUp(registry, key, name));
};

const dword = (number: number) => ({type: 'REG_DWORD', number});

const wholeFiles = [
	{
		file: 'windows-server-2012.reg',
		what: 'UTF-16LE with a byte order mark',
		key: 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL',
		values: {EventLogging: dword(1)},
	},
	{
		file: 'windows-7-turned-on.reg',
		what: 'UTF-8 with a byte order mark',
		key: tls12,
		values: {Enabled: dword(0xff_ff_ff_ff), DisabledByDefault: dword(0)},
	},
	{
		file: 'windows-server-2008-r2.reg',
		what: 'REGEDIT4 in ANSI',
		key: tls12,
		values: {Enabled: dword(1), Notiz: {type: 'REG_SZ', text: 'für später'}, Liste: {type: 'REG_MULTI_SZ', texts: ['AB', 'Ä']}},
	},
	{file: 'query-english.txt', what: 'reg query in English', key: tls12, values: {Enabled: dword(1), DisabledByDefault: dword(0)}},
	{file: 'query-german.txt', what: 'reg query in German', key: tls12, values: {Enabled: dword(1), DisabledByDefault: dword(0)}},
	{file: 'query-japanese.txt', what: 'reg query in Japanese', key: net, values: {SchUseStrongCrypto: dword(1)}},
	{
		file: 'query-redirected.txt',
		what: 'reg query in French, redirected by PowerShell',
		key: net,
		values: {
			SchUseStrongCrypto: dword(1),
			Names: {type: 'REG_MULTI_SZ', texts: ['A', 'B']},
			Bytes: {type: 'other', code: 3, bytes: 'dead'},
		},
	},
	{file: 'query-windows-xp.txt', what: 'reg query of Windows XP, with tabs', key: tls12, values: {Enabled: dword(1)}},
	{
		file: 'collector/windows-server-2008-r2.json',
		what: 'JSON of the collector in UTF-16',
		key: tls12,
		values: {Enabled: dword(1), DisabledByDefault: dword(0)},
	},
] as const;

for (const {file, what, key, values} of wholeFiles) {
	test(`${what} is read to the last value`, t => {
		t.deepEqual(read(file).problems, []);
		t.deepEqual(valuesOf(file, key, Object.keys(values)), Object.values(values) as never);
	});
}

test('a file by hand may abbreviate, continue, comment, delete and write in any case', t => {
	t.deepEqual(read('hand-written.reg').problems, []);
	t.deepEqual(valuesOf('hand-written.reg', tls12, ['Enabled', 'DisabledByDefault']), [dword(1), dword(0)] as never);
	t.deepEqual(
		valuesOf('hand-written.reg', net, ['', 'SystemDefaultTlsVersions', 'Path', 'Functions', 'Big', 'Binary', 'Quote', 'Two lines']),
		[
			{type: 'REG_SZ', text: 'dêfault'},
			undefined,
			{type: 'REG_EXPAND_SZ', text: '%PATH%'},
			{type: 'REG_MULTI_SZ', texts: ['A', 'B']},
			{type: 'other', code: 11, bytes: '0100000000000000'},
			{type: 'other', code: 3, bytes: 'dead'},
			{type: 'REG_SZ', text: 'a "b" c:\\d'},
			{type: 'REG_SZ', text: 'one\ntwo'},
		],
	);
});

test('a damaged file loses its damaged lines only, and each is named', t => {
	t.deepEqual(
		read('damaged.reg').problems.map(({line}) => line),
		[5, 6, 7, 9, 10],
	);
	t.deepEqual(valuesOf('damaged.reg', tls12, ['Enabled', 'DisabledByDefault']), [dword(1), dword(0)] as never);
	t.deepEqual(valuesOf('damaged.reg', net, ['SchUseStrongCrypto']), [dword(1)] as never);
});

test('a later file deletes what an earlier one set, with all the keys below', t => {
	const later = Buffer.from(
		'REGEDIT4\n[-HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols]\n',
	);
	const registry = [read('windows-7-turned-on.reg'), read('later.reg', later)].reduce(
		(known, {changes}) => applyChanges(known, changes),
		emptyRegistry,
	);
	t.is(lookUp(registry, tls12, 'Enabled'), undefined);
	t.deepEqual(lookUp(registry, net, 'SchUseStrongCrypto'), {type: 'REG_DWORD', number: 1});
});

test('a header that is missing is named, and the keys count', t => {
	const {problems, changes} = read('x.reg', Buffer.from(`[${tls12}]\n"Enabled"=dword:1\n`));
	t.deepEqual(
		problems.map(({line}) => line),
		[1],
	);
	t.is(changes.length, 2);
});

for (const [what, bytes] of [
	['an empty file', Buffer.alloc(0)],
	['a letter', Buffer.from('Dear administrator,\n')],
	['other JSON', Buffer.from('{"a":1}')],
	['JSON that breaks off', Buffer.from('{"collector":"tlsprobe-windows","registry":[')],
	['an executable', Buffer.from('4d5a90000300000004000000ffff0000b8', 'hex')],
] as const) {
	test(`${what} is not recognised, and the formats are named`, t => {
		const reading = readEvidence('file', bytes);
		t.is(reading.kind, 'unrecognised');
		t.regex(reading.kind === 'unrecognised' ? reading.problem : '', /\.reg export.*reg query.*--collector/);
	});
}

test('items of the collector that do not fit are named one by one', t => {
	const json = {
		collector: 'tlsprobe-windows',
		registry: [
			{key: 'nowhere'},
			{key: 'HKLM\\A', name: 'B', type: 'REG_DWORD', value: -1},
			null,
			{key: 'HKLM\\A', name: 'C', type: 'REG_DWORD', value: 7},
		],
		updates: [1, {id: 'kb1'}],
		os: [],
	};
	const {changes, problems} = read('x.json', Buffer.from(JSON.stringify(json)));
	t.is(problems.length, 3);
	t.deepEqual(changes, [
		{kind: 'unread', key: 'HKEY_LOCAL_MACHINE\\A', name: 'B', reason: 'registry[1] could not be read'},
		{kind: 'set', key: 'HKEY_LOCAL_MACHINE\\A', name: 'C', value: {type: 'REG_DWORD', number: 7}},
	]);
});

const headers = [
	'',
	'REGEDIT4\n',
	'Windows Registry Editor Version 5.00\r\n',
	'HKEY_LOCAL_MACHINE\\A\n',
	'{"collector":"tlsprobe-windows",',
	'\uFEFF[HKLM\\A]\n',
];
const pieces = [
	'"',
	'\\',
	'\n',
	'\r\n',
	'=',
	'dword:',
	'hex:',
	'hex(7):',
	'0',
	',',
	'[',
	']',
	'-',
	'@',
	';',
	'    ',
	'\t',
	'REG_DWORD',
	'REG_QWORD',
	'HKEY_LOCAL_MACHINE\\',
	'HKLM',
	'a',
	'\0',
	'é',
];

test('whatever the bytes, reading never throws', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(
				fc.constantFrom(...headers),
				fc.array(fc.constantFrom(...pieces), {maxLength: 60}),
				fc.uint8Array({maxLength: 60}),
				(header, parts, tail) => {
					for (const encoding of ['utf8', 'utf16le', 'latin1'] as const) {
						const reading = readEvidence('random', Buffer.concat([Buffer.from(header + parts.join(''), encoding), tail]));
						if (reading.kind === 'read' && reading.evidence.problems.some(({problem}) => problem === '')) {
							throw new Error('a problem without words');
						}
					}
				},
			),
			{numRuns: 500},
		),
	);
});

const value = fc.oneof(
	fc.record({type: fc.constant('REG_DWORD' as const), number: fc.nat({max: 2 ** 32 - 1})}),
	fc.record({
		type: fc.constantFrom('REG_SZ' as const, 'REG_EXPAND_SZ' as const),
		text: fc.string().map(text => text.replaceAll(/[\0\r\n]/g, '')),
	}),
	fc.record({
		type: fc.constant('REG_MULTI_SZ' as const),
		texts: fc.array(fc.string({minLength: 1}).map(text => `x${text.replaceAll('\0', '')}`)),
	}),
	fc.record({
		type: fc.constant('other' as const),
		code: fc.constantFrom(3, 11),
		bytes: fc.uint8Array().map(bytes => Buffer.from(bytes).toString('hex')),
	}),
);

test('what is written as a .reg file is read back the same', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(
				fc.array(
					fc.tuple(
						fc.string({minLength: 1}).map(text => text.replaceAll(/[\0\r\n]/g, 'x')),
						fc.option(value),
					),
					{minLength: 1},
				),
				items => {
					const key = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\A';
					const changes: RegistryChange[] = items.map(([name, item]) =>
						item === null ? {kind: 'delete-value', key, name} : {kind: 'set', key, name, value: item},
					);
					const back = read('written.reg', writeRegFile(changes, ['a comment']));
					const found = back.changes.filter(({kind}) => kind !== 'key');
					if (JSON.stringify([found, back.problems]) !== JSON.stringify([changes, []])) {
						throw new Error(JSON.stringify([found, back.problems]));
					}
				},
			),
			{numRuns: roundsOf(300, 60)},
		),
	);
});
