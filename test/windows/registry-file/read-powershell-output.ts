import {readdirSync, readFileSync} from 'node:fs';
import test from 'ava';
import fc from 'fast-check';
import {applyChanges, emptyRegistry, lookUp} from '../../../source/windows/registry.js';
import {type MachineEvidence, readEvidence} from '../../../source/windows/registry-file/read-evidence.js';

const folder = 'fixtures/windows/powershell';
const schannel = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols';
const net = 'HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319';
const net32 = net.replace('SOFTWARE', 'SOFTWARE\\WOW6432Node');
const suites = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002';

function read(bytes: Uint8Array): MachineEvidence {
	const reading = readEvidence('given', bytes);
	if (reading.kind !== 'read') {
		throw new Error(reading.problem);
	}

	return reading.evidence;
}

type Wanted = {
	readonly file: string;
	/** `KEY NAME` and a number, a text, texts, or undefined. */
	readonly values: readonly (readonly [key: string, name: string, value: number | readonly string[] | undefined])[];
	readonly lines?: readonly number[];
	/** Keys that are known to be unread, as far as they begin. */
	readonly unread?: readonly string[];
};

const files: readonly Wanted[] = [
	{
		file: 'entra-connect-table.txt',
		values: [
			[net32, 'SystemDefaultTlsVersions', 1],
			[net32, 'SchUseStrongCrypto', 1],
			[net, 'SystemDefaultTlsVersions', 1],
			[net, 'SchUseStrongCrypto', 1],
			[`${schannel}\\TLS 1.2\\Server`, 'Enabled', 1],
			[`${schannel}\\TLS 1.2\\Server`, 'DisabledByDefault', 0],
			[`${schannel}\\TLS 1.2\\Client`, 'Enabled', undefined],
			[`${schannel}\\TLS 1.2\\Client`, 'DisabledByDefault', undefined],
		],
	},
	{
		file: 'entra-connect-table-of-a-narrow-window.txt',
		values: [
			[net, 'SchUseStrongCrypto', 1],
			[net32, 'SchUseStrongCrypto', undefined],
		],
		lines: [4, 5, 8, 9],
		unread: [
			'HKEY_LOCAL_MACHINE\\SOFTWARE\\WOW6432Node\\Microsoft\\.NETFramework',
			'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders',
		],
	},
	{
		file: 'get-item-property.txt',
		values: [
			[net, 'SystemDefaultTlsVersions', 1],
			[net, 'SchUseStrongCrypto', 1],
			[net, 'PSDrive', undefined],
		],
	},
	{
		file: 'get-item-property-wrapped.txt',
		values: [
			[`${schannel}\\TLS 1.2\\Client`, 'Enabled', 0xff_ff_ff_ff],
			[`${schannel}\\TLS 1.2\\Client`, 'DisabledByDefault', 0],
			[`${schannel}\\TLS 1.2\\Client`, 'RunspaceId', undefined],
			[suites, 'Functions', ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256']],
		],
	},
	{
		file: 'get-item-property-without-path.txt',
		values: [],
		lines: [3, 4],
		unread: ['HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols'],
	},
	{
		file: 'get-item-property-cut.txt',
		values: [[suites, 'Functions', undefined]],
		lines: [3],
		unread: [suites.replace('HKLM', 'HKEY_LOCAL_MACHINE')],
	},
	{
		file: 'get-child-item-cut.txt',
		values: [
			[`${schannel}\\TLS 1.2\\Client`, 'Enabled', undefined],
			[`${schannel}\\TLS 1.2\\Server`, 'Enabled', 1],
		],
		lines: [8, 9, 11],
		unread: [`${schannel}\\TLS 1.2\\Client`, `${schannel}\\TLS 1.2\\Server`].map(key => key.replace('HKLM', 'HKEY_LOCAL_MACHINE')),
	},
	{
		file: 'get-child-item.txt',
		values: [
			[`${schannel}\\SSL 2.0\\Client`, 'DisabledByDefault', 1],
			[`${schannel}\\TLS 1.2\\Client`, 'Enabled', 1],
			[`${schannel}\\TLS 1.2\\Client`, 'DisabledByDefault', 0],
			[`${schannel}\\TLS 1.2\\Server`, 'Enabled', 0],
			[`${schannel}\\TLS 1.2\\Server`, 'DisabledByDefault', 1],
		],
	},
	{
		file: 'get-child-item-of-powershell-2.txt',
		values: [[`${schannel}\\TLS 1.2\\Client`, 'Enabled', undefined]],
		lines: [8, 9],
		unread: [`${schannel}\\TLS 1.2\\Client`, `${schannel}\\TLS 1.2\\Server`].map(key => key.replace('HKLM', 'HKEY_LOCAL_MACHINE')),
	},
	...['get-tls-cipher-suite.txt', 'get-tls-cipher-suite-table.txt', 'cipher-suite-names.txt'].map(
		(file): Wanted => ({file, values: [[suites, 'Functions', ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_RSA_WITH_AES_128_CBC_SHA']]]}),
	),
	{
		file: 'get-tls-cipher-suite-cut.txt',
		values: [[suites, 'Functions', undefined]],
		lines: [4],
		unread: [suites.replace('HKLM', 'HKEY_LOCAL_MACHINE')],
	},
	{
		file: 'query-and-get-item-property.txt',
		values: [
			[net, 'SchUseStrongCrypto', 1],
			[`${schannel}\\TLS 1.2\\Client`, 'Enabled', 0],
			[`${schannel}\\TLS 1.2\\Client`, 'DisabledByDefault', 0],
		],
	},
];

test('each file of the folder has its answer here', t => {
	t.deepEqual(readdirSync(folder).toSorted(), files.map(({file}) => file).toSorted());
});

const plain = (value: ReturnType<typeof lookUp>) =>
	value?.type === 'REG_DWORD' ? value.number : value?.type === 'REG_MULTI_SZ' ? value.texts : value;

for (const {file, values, lines = [], unread = []} of files) {
	for (const [what, encode] of [
		['as it is', (text: string) => Buffer.from(text)],
		['redirected by Windows PowerShell', (text: string) => Buffer.from(`\uFEFF${text.replaceAll(/\r?\n/g, '\r\n')}`, 'utf16le')],
	] as const) {
		test(`${file}, ${what}: ${values.length} values, ${lines.length} lines named`, t => {
			const {changes, problems} = read(encode(readFileSync(`${folder}/${file}`, 'utf8')));
			const registry = applyChanges(emptyRegistry, changes);
			t.deepEqual(
				values.map(([key, name]) => [key, name, plain(lookUp(registry, key, name))]),
				values as never,
			);
			t.deepEqual(
				problems.map(({line}) => line),
				lines,
			);
			const keys = new Set(changes.flatMap(change => (change.kind === 'unread' ? [change.key] : [])));
			t.deepEqual([...keys], unread);
		});
	}
}

/** Blanks that a mail lost, colours of PowerShell 7, other languages, and what stands around. */
const variants: readonly (readonly [what: string, change: (text: string) => string])[] = [
	['blanks that were lost', text => text.replaceAll(/ {2,}/g, ' ')],
	['blank lines between rows', text => text.replaceAll('\n', '\n\n')],
	['colours', text => text.replaceAll(/^(\w+)/gm, '\u001B[32;1m$1\u001B[0m')],
	['a prompt around it', text => `PS C:\\Users\\admin> .\\check.ps1\n${text}\nPS C:\\Users\\admin>`],
];

for (const [what, change] of variants) {
	test(`the table of Entra Connect with ${what} is read the same`, t => {
		const text = readFileSync(`${folder}/entra-connect-table.txt`, 'utf8');
		// Two headers in a row of dashes cannot be told once a blank line stands between them.
		const changed = what.startsWith('blank lines') ? change(text).replace(/(Value\n)\n(-)/, '$1$2') : change(text);
		t.deepEqual(read(Buffer.from(changed)).changes, read(Buffer.from(text)).changes);
		t.deepEqual(read(Buffer.from(changed)).problems, []);
	});
}

test('values are of no known type, and the evidence says so', t => {
	t.true(read(readFileSync(`${folder}/get-item-property.txt`)).isUntyped);
	t.is(read(Buffer.from(`REGEDIT4\n[${net}]\n"SchUseStrongCrypto"=dword:1\n`)).isUntyped, undefined);
});

test('a key in a line that is no row is named', t => {
	const {problems} = read(Buffer.from(`${readFileSync(`${folder}/get-item-property.txt`, 'utf8')}\n${net} is what I looked at\n`));
	t.deepEqual(problems, [{line: 13, problem: 'a key of the registry in a line that could not be read'}]);
});

for (const text of ['Dear administrator,\n\nTLS: on\n', 'Name : x\nValue : y\n', 'Name\n----\nspooler\n', 'Path Name Value\n']) {
	test(`${JSON.stringify(text)} is nothing of PowerShell's`, t => {
		t.is(readEvidence('x', Buffer.from(text)).kind, 'unrecognised');
	});
}

const pieces = [
	'PSPath : ',
	'Registry::',
	'HKLM:\\',
	'HKEY_LOCAL_MACHINE\\',
	'    Hive: ',
	'Name',
	'Property',
	'Path Name Value',
	'----',
	'\n',
	' ',
	' : ',
	'{',
	'...',
	'Enabled',
	'TLS_RSA',
	'1',
	'Not Found',
	'\u2026',
];

test('whatever the pieces, reading never throws', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...pieces), {maxLength: 60}), parts => {
				readEvidence('random', Buffer.from(parts.join('')));
			}),
			{numRuns: 500},
		),
	);
});
