import {readdirSync, readFileSync} from 'node:fs';
import test from 'ava';
import {describeMachine, type Machine} from '../../source/windows/machine.js';
import {parseOperatingSystem} from '../../source/windows/operating-systems.js';
import {readEvidence} from '../../source/windows/registry-file/read-evidence.js';
import {inOneLine, otherBase, withoutEffect} from '../../source/windows/without-effect.js';
import {roundsOf} from '../helpers/depth.js';

function machineOf(name: string, bytes: Uint8Array, os = 'Windows Server 2016'): Machine {
	const reading = readEvidence(name, bytes);
	if (reading.kind !== 'read') {
		throw new Error(reading.problem);
	}

	return describeMachine([reading.evidence], {os: parseOperatingSystem(os), updates: [], program: {switches: {}}})!;
}

const foundIn = (file: string, os?: string): readonly string[] =>
	withoutEffect(machineOf(file, readFileSync(`fixtures/windows/near/${file}.reg`), os)).map(inOneLine);

const tls12 = /key is .*\\SCHANNEL\\Protocols\\TLS 1\.2\\Client$/;
const net4 = /key is HKLM\\SOFTWARE\\Microsoft\\\.NETFramework\\v4\.0\.30319$/;

/** Each file of fixtures/windows/near has one fault, and this is what is said of it. */
const near: Readonly<Record<string, readonly RegExp[]>> = {
	'protocol-without-a-blank': [tls12],
	'protocol-with-a-blank-more': [tls12],
	'protocol-with-a-no-break-space': [tls12],
	'protocol-with-a-v': [tls12],
	'ssl-without-an-s': [/key is .*\\Protocols\\SSL 2\.0\\Client$/],
	clients: [tls12],
	'on-the-protocol': [tls12],
	'without-protocols': [tls12],
	'value-without-a-d': [/^DisableByDefault in .*\\TLS 1\.2\\Client: .* the name is DisabledByDefault$/],
	'value-as-a-key': [/DisabledByDefault has to be a value in .*\\TLS 1\.2\\Client$/],
	'server-alone': [/\\TLS 1\.2\\Server: .*programs that connect use .*\\TLS 1\.2\\Client$/],
	'schannel-misspelt': [tls12],
	'tls-1.3-key': [/\\TLS 1\.3\\Client: it has no effect: Windows Server 2016 has no TLS 1\.3/],
	'cipher-by-powershell': [/key is .*\\Ciphers\\AES 128\/128$/],
	'cipher-without-its-end': [/key is .*\\Ciphers\\AES 256\/256$/],
	'triple-des-of-2003': [/in Windows Server 2016 the key is called Triple DES 168$/],
	'framework-without-a-backslash': [net4],
	'framework-without-a-v': [net4],
	'framework-digit-missing': [net4],
	'framework-itself': [net4],
	'framework-of-the-user': [net4],
	'framework-view-below': [/key is HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\\.NETFramework\\v4\.0\.30319$/],
	'framework-elsewhere': [net4],
	'framework-32-bit-alone': [/only to 32-bit programs: 64-bit programs use HKLM\\SOFTWARE\\Microsoft\\\.NETFramework\\v4\.0\.30319$/],
	'values-in-the-singular': [/the name is SystemDefaultTlsVersions$/, /the name is SchUseStrongCrypto$/],
	'winhttp-one-level-up': [/key is HKLM\\SOFTWARE\\Microsoft\\.*\\Internet Settings\\WinHttp$/],
	'mask-in-decimal': [/0x800 in hexadecimal, not 800 in decimal, was probably meant/],
	'policy-of-many-suites': [/1,023 count: at least \d+ names at its end are ignored$/, /is not a cipher suite/],
	'policy-cut': [/is not a cipher suite/],
	'policy-misspelt': [/"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA348" is not a cipher suite: the name is TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384$/],
};

test('every file of the folder is in the table', t => {
	t.deepEqual(
		readdirSync('fixtures/windows/near').toSorted(),
		Object.keys(near)
			.map(name => `${name}.reg`)
			.toSorted(),
	);
});

for (const [file, patterns] of Object.entries(near)) {
	test(`${file}: what has no effect is named with what would have one`, t => {
		const found = foundIn(file);
		t.is(found.length, patterns.length, found.join('\n'));
		for (const [index, pattern] of patterns.entries()) {
			t.regex(found[index]!, pattern);
		}
	});
}

test('a key is right or wrong by its Windows', t => {
	t.deepEqual(foundIn('tls-1.3-key', 'Windows Server 2022'), []);
	t.deepEqual(foundIn('triple-des-of-2003', 'Windows Server 2003'), []);
});

test('real exports have nothing of the kind', t => {
	const files = ['', 'engine/', 'engine/before/', 'engine/after/', 'collector/'].flatMap(folder =>
		readdirSync(`fixtures/registry/${folder}`)
			// One of these is the view of 32-bit programs alone, which is said.
			.filter(name => /(?<!-32)\.(?:reg|txt|json)$/.test(name))
			.map(name => `fixtures/registry/${folder}${name}`),
	);
	t.true(files.length > 12);
	for (const file of files) {
		t.deepEqual(withoutEffect(machineOf(file, readFileSync(file), 'Windows 7')).map(inOneLine), [], file);
	}
});

test('names of other things are left alone, however many there are', t => {
	const keys = Array.from(
		{length: roundsOf(20_000, 4000)},
		(_, index) => `[HKEY_LOCAL_MACHINE\\SOFTWARE\\Vendor ${index}\\TLS\\Client]\n"Enabled"=dword:1\n`,
	);
	const others = [
		'[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WINEVT\\Channels\\Microsoft-Windows-Schannel-Events/Perf]\n"Enabled"=dword:0\n',
		'[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings]\n"SecureProtocols"=dword:a80\n"SecureProtocolsUpdated"=dword:1\n',
		'[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010003]\n"Functions"=hex(7):41,00,00,00,00,00\n',
		'[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL]\n"EventLogging"=dword:1\n',
	];
	t.deepEqual(withoutEffect(machineOf('many', Buffer.from(`REGEDIT4\n${[...others, ...keys].join('')}`))), []);
});

const masks: readonly (readonly [mask: number, meant: RegExp | undefined])[] = [
	[0x25_60, /^2560 in decimal, which is 0xA00/],
	[0x26_88, /0xA80/],
	[0x20_48, /0x800/],
	[800, /^0x800 in hexadecimal/],
	[0xa_00, undefined],
	[0xa_80, undefined],
	[0x28_00, undefined],
	[0, undefined],
	[0xff_ff_ff_ff, undefined],
];

for (const [mask, meant] of masks) {
	test(`a mask of 0x${mask.toString(16)} is ${meant === undefined ? 'left as it is' : 'taken for one of another base'}`, t => {
		const found = otherBase(mask);
		if (meant === undefined) {
			t.is(found, undefined);
		} else {
			t.regex(found!, meant);
		}
	});
}
