import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {Readable} from 'node:stream';
import {fillIn} from '../../../source/catalogs/fill-in.js';
import {readCatalog} from '../../../source/catalogs/read-catalog.js';
import {checkEndpoint} from '../../../source/checks/check-endpoint.js';
import {readCheckFile} from '../../../source/checks/file/read-check-file.js';
import {redact} from '../../../source/checks/redact.js';
import {helloOf} from '../../../source/clients/hello-of.js';
import {readHelloFile} from '../../../source/commands/clients/read-hello-file.js';
import type {Context} from '../../../source/commands/command.js';
import explain from '../../../source/commands/explain.js';
import windows from '../../../source/commands/windows.js';
import {parseResults} from '../../../source/compare/read-results.js';
import {buildHello} from '../../../source/exchange/build-hello.js';
import {changeText, diffSummary} from '../../../source/formats/diff-text.js';
import {fill, wordsOf} from '../../../source/formats/fill.js';
import {readDone} from '../../../source/lists/done.js';
import {countUnknown, diff} from '../../../source/policy/diff.js';
import {clausesOf} from '../../../source/policy/expectation.js';
import {parseHostsFile} from '../../../source/transport/hosts-file.js';
import {parseProxy, redactUrls} from '../../../source/transport/proxy/url.js';
import {clientsOfReport} from '../../../source/windows/clients-of-report.js';
import {filled, type InputReader, numbered} from './reader.js';
import {bytesOf, fixtures, fixturesIn} from './text-of.js';

const look = {hasColor: false, hasUnicode: false, columns: 80} as const;

/** What a command is given, with this as its standard input. */
const contextOf = (text: string): Context => ({
	write: async () => {},
	warn() {},
	warnPainted() {},
	errors: {isTerminal: false, stream: process.stderr},
	stdin: Readable.from([Buffer.from(text, 'latin1')]),
	isInputTerminal: false,
	look,
	environment: {},
	signal: new AbortController().signal,
	atExit: () => () => {},
	threadEntry: new URL('file:///'),
	expectMuch() {},
	toolVersion: '0.0.0',
	readLicenses: () => '',
	readSchema: () => '',
});

/** Runs what reads a file with one that holds this. */
async function withFile(name: string, text: string, use: (file: string) => unknown): Promise<void> {
	const folder = mkdtempSync(path.join(tmpdir(), 'tlsprobe-readers-'));
	try {
		writeFileSync(path.join(folder, name), bytesOf(text));
		await use(path.join(folder, name));
	} finally {
		rmSync(folder, {recursive: true});
	}
}

async function* chunksOf(text: string): AsyncGenerator<Uint8Array> {
	for (let start = 0; start < text.length; start += 4096) {
		yield bytesOf(text.slice(start, start + 4096));
	}
}

const [result] = fixtures('reports/fail-old-versions.json');
const oneLine = (text: string): string => JSON.stringify(JSON.parse(Buffer.from(text, 'latin1').toString()));
const lineOf = (target: string): string => `${oneLine(result!).replace(/"target":"[^"]*"/, `"target":${JSON.stringify(target)}`)}\n`;
const resultLines = fixturesIn('reports', '.json').map(text => `${oneLine(text)}\n`);

const checkFile = `defaults:
  timeout: 5s
  expect: {rejects: [TLSv1.0, TLSv1.1], acceptsAny: [TLSv1.2, TLSv1.3]}
policies:
  house: {title: Ours, extends: [rfc8996], rules: [rfc9325-tls-1-2], minimum: TLSv1.2}
x-own: &all {expect: house, retries: 2}
endpoints:
  - a.test
  - target: b.test:8443
    name: "second"
    servername: false
    address: 127.0.0.1:8443
    proxy: http://u:p@proxy.test:3128
    starttls: smtp
    confirm: true
  - <<: *all
    target: c.test
  - include: hosts.txt
    proxyProtocol: 2
`;

const catalog = JSON.stringify({
	name: 'mine',
	title: 'Mine',
	entries: [
		'a.test',
		{service: 'b', hosts: {public: ['b.test:8443', '{account}.c.test']}, minimum: 'TLSv1.2', expect: ['rfc8996', {rejects: ['TLSv1.0']}]},
		{hosts: ['d.test'], isLeftOut: 'no TLS', note: 'a', since: '2020', source: 'a'},
	],
});

const windowsReport = JSON.stringify({
	os: 'windows-server-2012-r2',
	cipherSuites: ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'],
	clients: [{client: 'schannel', bits: 64, offers: ['TLSv1.0', 'TLSv1.2'], confidence: 'high', remedy: [{kind: 'ps1', command: 'a'}]}],
});

const clientHello = fixtures('flows/openssl-tls12-only/001-SSLv2-short.flow', 'flows/openssl-tls12-only/003-TLSv1.0-short.flow');
const flows = fixturesIn('flows/openssl-tls12-only', '.flow', 6);
const serverHello = Buffer.from(fixtures('answers/tls12-ecdhe.hex')[0]!.replaceAll(/#.*|\s/g, ''), 'hex').toString('latin1');

const explainSamples = [
	...flows,
	...fixturesIn('answers', '.hex', 4),
	serverHello,
	'15030100020246',
	'0000: 15 03 01 00 02 02 46\n',
	'00000000  15 03 01 00 02 02 46 15  03 01 00 02 02 46 15 03  |......F......F..|\n*\n00000020  01\n',
	'unsigned char a[] = { 0x15, 0x03, 0x01, /* length */ 0x00, 0x02, 2, 0x46 }; // an alert\n',
	'<<< TLS 1.2, Alert [length 0002], fatal protocol_version\n    02 46\n>>> TLS 1.2, Handshake [length 0004], ClientHello\n    01 00 00 00\n',
	'write to 0x1 [0x2] (7 bytes => 7 (0x7))\n0000 - 15 03 01 00 02 02 46   ......F\nread from 0x1 [0x2] (7 bytes => 0 (0x0))\n',
	'<Buffer 15 03 01 00 02 02 46>',
];

const policies = (line: (index: number) => string) => numbered(line, 'endpoints: [a.test]\npolicies:\n');

export const fileReaders: readonly InputReader[] = [
	{
		name: 'checks/file',
		read(text) {
			const {endpoints, policies: own, defaults} = readCheckFile(text, 'tlsprobe.yaml', {A: 'b'});
			for (const {expect = defaults.expect ?? []} of endpoints) {
				clausesOf(expect, {host: 'a.test', today: '2026-11-27'}, own);
			}

			return checkEndpoint;
		},
		refusals: ['InputError'],
		isSlow: true,
		starts: ['endpoints:\n  - target: ', 'endpoints: [', 'endpoints:\n', 'policies:\n  a: {extends: [', 'endpoints: {a: &a ', '"'],
		worst: {
			'policies that extend one another': policies(index => `  p${index}: {extends: p${index + 1}}\n`),
			'policies that extend the one before twice': size =>
				policies(index => (index === 0 ? '  p0: {rejects: TLSv1.0}\n' : `  p${index}: {extends: [p${index - 1}, p${index - 1}]}\n`))(size) +
				'defaults: {expect: p500}\n',
			'policies that are all of them expected': size =>
				`${policies(index => (index === 0 ? '  p0: {rejects: TLSv1.0}\n' : `  p${index}: {extends: [p${index - 1}]}\n`))(size / 2)}defaults:\n  expect:\n${numbered(index => `    - p${index % 400}\n`)(size / 2)}`,
			'policies that do not exist': policies(index => `  p${index}: {extends: q${index}}\n`),
			'anchors and aliases': numbered(index => `- &a${index} x\n- *a${index}\n`, 'endpoints:\n'),
			'aliases of aliases': numbered(
				index => `x-${index + 1}: &a${index + 1} [*a${index}, *a${index}]\n`,
				'endpoints: [a]\nx-0: &a0 [a]\n',
			),
			'mappings that are merged': numbered(
				index => `x-${index + 1}: &a${index + 1} {<<: *a${index}, b${index}: 1}\n`,
				'endpoints: [a]\nx-0: &a0 {a: b}\n',
			),
			'a target of slashes': filled('://', 'endpoints: ["', '"]\n'),
			'lists in lists': filled('[', 'endpoints: '),
			'mappings in mappings': filled('{a: ', 'endpoints: '),
			'lists in lists by signs': filled('- ', 'endpoints:\n  '),
			'lists in lists by indentation': size => numbered(index => `${' '.repeat(index)}a:\n`)(size),
			'keys in keys': filled('? ', ''),
			'problems, one a line': numbered(index => `  - {a${index}: b}\n`, 'endpoints:\n'),
			'fields of one mapping': numbered(index => `a${index}: b\n`),
			'variables that are not set': filled('${B}', 'endpoints: ["', '"]\n'),
		},
		samples: [checkFile, JSON.stringify({endpoints: [{target: 'a.test', expect: {minimum: 'TLSv1.2'}}]})],
	},
	{
		name: 'commands/explain',
		read: text => explain.run(['-'], {full: false, format: undefined, output: []}, contextOf(text), {}),
		refusals: ['UsageError'],
		starts: [
			'# tlsprobe flow\n',
			'# tlsprobe flow\n>>> client\n',
			'>>> TLS 1.2 [length 0001]\n    ',
			'write to 0x1 [0x2] (=> 65536\n0000 - ',
			'0000: ',
			'00000000  00\n*\n',
			'\x16\x03\x01\xff\xff',
			'\x16\x03\x01\x40\x00\x01\0\xff\xff\x03\x03',
		],
		worst: {
			'rows of a dump': numbered(index => `${index.toString(16).padStart(4, '0')} 00\n`),
			'rows of a dump of nothing': filled('0000\n'),
			'rows of a dump in decimal digits': numbered(index => `${String(index).padStart(7, '0')} 00\n`),
			'a row of a dump': filled('00 ', '0000: '),
			'comments that do not end': filled('/*'),
			messages: filled('>>> TLS 1.2, Handshake [length 0001], a\n    01\n'),
			'lines of one message': filled('    01\n', '>>> TLS 1.2, Handshake [length 0001], a\n'),
			transfers: filled('write to 0x1 [0x2] (1 bytes => 1 (0x1))\n0000 - 00\n'),
			'records of one byte': filled('\x16\x03\x01\0\x01\x01'),
			'records of nothing': filled('\x16\x03\x01\0\0'),
			alerts: filled('\x15\x03\x01\0\x02\x01\0'),
			'messages of nothing': filled('\0\0\0\0', '\x16\x03\x01\x40\0'),
			'extensions of nothing': size => Buffer.concat([Buffer.from('160303', 'hex'), Buffer.alloc(size)]).toString('latin1'),
			'flights of a flow': filled('>>> client 1 ms\n00000000  00\n', '# tlsprobe flow\n# version: TLSv1.2\n# shape: a\n# ended: closed\n'),
			'a flight of records of one byte': size => {
				const rows = filled('00000000  16 03 01 00 01 01\n')(size);
				return `# tlsprobe flow\n# version: TLSv1.2\n# shape: a\n# ended: closed\n>>> client 1 ms\n${rows}`;
			},
		},
		samples: explainSamples,
	},
	{
		name: 'commands/client-hello',
		read: text =>
			withFile('a.hex', text, async file => {
				const client = await readHelloFile(file);
				buildHello(helloOf(client, 'a.test'), length => new Uint8Array(length));
			}),
		refusals: ['UsageError'],
		starts: ['\x16\x03\x01\xff\xff', '1603010200', '0100ffff'],
		worst: {digits: filled('01')},
		samples: [...clientHello, ...explainSamples],
	},
	{
		name: 'windows/registry-file',
		read: text =>
			windows.run(
				['-'],
				{
					os: 'windows-server-2012',
					update: [],
					arch: undefined,
					codeProtocols: undefined,
					switch: [],
					client: [],
					role: undefined,
					server: [],
					json: false,
					output: [],
				} as never,
				contextOf(text),
				{},
			),
		refusals: ['UsageError'],
		starts: [
			'Windows Registry Editor Version 5.00\n\n[HKEY_LOCAL_MACHINE\\SOFTWARE]\n',
			'Windows Registry Editor Version 5.00\n\n[HKEY_LOCAL_MACHINE\\SOFTWARE]\n"a"=',
			'Windows Registry Editor Version 5.00\n\n[HKEY_LOCAL_MACHINE',
			'HKEY_LOCAL_MACHINE\\SOFTWARE\n',
			'HKEY_LOCAL_MACHINE\\SOFTWARE\n    a',
			'HKEY_LOCAL_MACHINE',
			'{"collector":"tlsprobe-windows","registry":[',
			'Path Name Value\n---- ---- -----\nHKLM:\\a',
			'PSPath : HKLM:\\a\na : ',
			'    Hive: HKEY_LOCAL_MACHINE\\a\n\n\nName Property\n---- --------\n',
		],
		worst: {
			'names longer than any': filled(`"${'a'.repeat(310)}"="x\n`, 'REGEDIT4\n[HKLM\\a]\n'),
			'text that does not end': filled('x\n', 'REGEDIT4\n[HKLM\\a]\n"a"="x\n'),
			'bytes that go on and have no name': filled('=hex:,\\\n', 'REGEDIT4\n[HKLM\\a]\n'),
			'a key that ends in backslashes': filled('\\', 'REGEDIT4\n[HKLM', 'x]\n'),
			'a key of a listing that ends in backslashes': filled('\\', 'HKEY_LOCAL_MACHINE', 'x\n'),
			'blanks in a listing': filled(' ', 'HKEY_LOCAL_MACHINE\n', 'a\n'),
			'blanks behind a name in a listing': filled(' ', 'HKEY_LOCAL_MACHINE\n    a', 'a\n'),
			keys: numbered(index => `[HKEY_LOCAL_MACHINE\\a${index}]\n`, 'REGEDIT4\n'),
			'keys in keys': numbered(index => `\\a${index}`, 'REGEDIT4\n[HKEY_LOCAL_MACHINE', ']\n'),
			'keys that are deleted': numbered(index => `[HKEY_LOCAL_MACHINE\\a${index}]\n[-HKEY_LOCAL_MACHINE\\b${index}]\n`, 'REGEDIT4\n'),
			values: numbered(index => `"a${index}"=dword:1\n`, 'REGEDIT4\n[HKEY_LOCAL_MACHINE\\a]\n'),
			'control sets': numbered(index => `[HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet${String(index % 1000).padStart(3, '0')}]\n`, 'REGEDIT4\n'),
			'protocols of SChannel': numbered(
				index =>
					`[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS ${index}\\Client]\n"Enabled"=dword:1\n`,
				'REGEDIT4\n',
			),
			'names of suites': numbered(
				index => `TLS_${index},`,
				'REGEDIT4\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002]\n"Functions"="',
				'"\n',
			),
			'blank lines': filled('\n'),
			blanks: filled(' '),
			'backslashes of a text': filled('\\', 'REGEDIT4\n[HKLM\\A]\n"a"="'),
			'quotes that do not close': filled('"a"="\n', 'REGEDIT4\n[HKLM\\A]\n'),
			'the same key of a listing': filled('HKEY_LOCAL_MACHINE\\SOFTWARE\n'),
			'keys in keys of a listing': filled('A\\', 'HKEY_LOCAL_MACHINE\\SOFTWARE\\', 'B\n\n'),
			'names of types in a listing': filled('REG_', 'HKEY_LOCAL_MACHINE\\A\n'),
			'values without data in a listing': filled('    a REG_DWORD\n', 'HKEY_LOCAL_MACHINE\\A\n'),
			'a text of many lines in a listing': filled('B,\n', 'HKEY_LOCAL_MACHINE\\A\nF    REG_SZ    A,\n'),
			'a table of PowerShell': filled(fixtures('windows/powershell/entra-connect-table.txt')[0]!),
			'a list of PowerShell': filled(fixtures('windows/powershell/get-item-property-wrapped.txt')[0]!),
			'keys of PowerShell': filled(fixtures('windows/powershell/get-child-item.txt')[0]!),
			'wrapped lines of PowerShell': filled('    a\n', 'PSPath : HKLM:\\A\n'),
			'blanks in a table of PowerShell': filled(' ', 'Path Name Value\n---- ---- -----\nHKLM:\\A'),
			'blanks behind a name of PowerShell': filled(' ', 'PSPath'),
			'items of a collection': filled('{"key":"HKLM\\\\a"},', '{"collector":"tlsprobe-windows","registry":[', '0]}'),
			'updates of a collection': numbered(index => `{"id":"KB${index}"},`, '{"collector":"tlsprobe-windows","updates":[', '0]}'),
		},
		samples: [
			...fixtures(
				'registry/damaged.reg',
				'registry/hand-written.reg',
				'registry/query-english.txt',
				'registry/query-german.txt',
				'registry/query-windows-xp.txt',
				'registry/windows-7-turned-on.reg',
				'registry/windows-server-2012.reg',
			),
			...fixturesIn('registry/collector', '.json'),
			...fixturesIn('windows/powershell', '.txt'),
		],
	},
	{
		name: 'compare/diff',
		async read(text) {
			const reports = parseResults(Buffer.from(text), 'standard input');
			const changes = [...diff(reports, reports.slice(1)), ...diff(reports.slice(1), reports)];
			return [...changes.map(change => changeText(change, look)), diffSummary(changes, countUnknown(reports, changes))];
		},
		refusals: ['InputError'],
		starts: ['[', '[{"target":', lineOf('a.test:443')],
		worst: {
			'addresses of one target': filled(lineOf('a.test:443')),
			targets: numbered(index => lineOf(`a${index}.test:443`)),
			'lists in lists': filled('[', lineOf('a.test:443').replace('"versions":{', '"versions":{"TLSv1.2":')),
		},
		samples: [...resultLines, resultLines.join(''), `[${resultLines.slice(0, 3).join(',')}]`],
	},
	{
		name: 'engine/resume',
		read: text => readDone(chunksOf(text)),
		refusals: ['NotResultsError'],
		starts: ['{"target":', lineOf('a.test:443')],
		worst: {targets: numbered(index => lineOf(`a${index}.test:443`)), 'a line that does not end': filled('a', '{"target":"')},
		samples: [...resultLines, resultLines.join('')],
	},
	{
		name: 'windows/clients-of-report',
		read(text) {
			const read = clientsOfReport(text);
			return read.kind === 'clients'
				? read.clients.map(client => buildHello(helloOf(client, 'a.test'), length => new Uint8Array(length)))
				: read;
		},
		starts: ['{"os":"windows-server-2012-r2","clients":['],
		worst: {
			'suites that do not exist': filled('"a",', `{"os":"windows-server-2012-r2","clients":[],"cipherSuites":[`, '1]}'),
			offers: filled('"TLSv1.2",', '{"os":"windows-server-2012-r2","clients":[{"client":"a","offers":[', '1]}]}'),
		},
		samples: [windowsReport],
	},
	{
		name: 'catalogs/read-catalog',
		read(text) {
			const read = readCatalog(text, 'mine');
			return fillIn(read, 'public', new Map([['account', ['a']]]));
		},
		refusals: ['CatalogError'],
		starts: ['{"entries":[', '{"entries":[{"hosts":["', '["{'],
		worst: {
			'the same host': filled('"a.test",', '[', '"a.test"]'),
			'hosts in lists in lists': size => `{"entries":[{"hosts":[${'['.repeat(size / 2)}${']'.repeat(size / 2)}]}]}`,
			'variables of one host': numbered(index => `{a${index}}`, '["', '"]'),
			'one variable': filled('{account}', '["', '"]'),
			'hosts of one variable': numbered(index => `"{a${index}}.test",`, '[', '"a.test"]'),
		},
		samples: [catalog, '["a.test"]'],
	},
	{
		name: 'transport/hosts-file',
		read: parseHostsFile,
		starts: ['127.0.0.1 '],
		worst: {
			'addresses of one name': numbered(index => `10.0.${Math.floor(index / 256) % 256}.${index % 256} a\n`),
			'names of one address': numbered(index => `a${index} `, '127.0.0.1 '),
		},
		samples: ['127.0.0.1 localhost\n::1 localhost ip6 # a\nfe80::1%lo0 x\n'],
	},
	{
		name: 'transport/proxy-url',
		read: parseProxy,
		starts: ['http://', 'http://a:b@c:'],
		worst: {'a password': filled('%41', 'http://a:', '@b:1')},
		samples: ['http://u:p@proxy.test:3128', 'socks5h://[::1]:1080'],
	},
	{
		name: 'transport/redact',
		read: text => [redact(text), redactUrls(text)],
		starts: ['http://a:', 'http://a:b@', '//'],
		worst: {schemes: filled('://'), logins: filled('//a:b'), 'logins that end': filled('a://b:c@d '), lines: filled('//a:b@c\n')},
		samples: ['http://u:p@proxy.test:3128'],
	},
	{
		name: 'formats/fill',
		read: text => fill(wordsOf(text), look, 2),
		starts: [],
		worst: {
			'a word': filled('a'),
			words: filled('a '),
			'letters that join': filled('\u0301'),
			'wide letters': filled('\u4e00'),
			'a word with dots': filled('a.'),
		},
		samples: ['some words'],
	},
];
