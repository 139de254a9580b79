import test from 'ava';
import {applyChanges, emptyRegistry, lookUp} from '../../../source/windows/registry.js';
import {readEvidence} from '../../../source/windows/registry-file/read-evidence.js';
import type {RegistryValue} from '../../../source/windows/registry-file/value.js';

const machine = 'HKEY_LOCAL_MACHINE\\';
const net = 'SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319';
const tls12 = 'Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Client';
const header = 'Windows Registry Editor Version 5.00\r\n\r\n';
const heading = `[${machine}${net}]\r\n`;
const strong = '"SchUseStrongCrypto"=dword:00000001\r\n';
const whole = `${header}${heading}${strong}`;

const ansi = (...parts: readonly (string | Uint8Array)[]): Buffer =>
	Buffer.concat(parts.map(part => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');
const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16();
/** A character of Shift JIS whose second byte is a backslash. */
const backslashKanji = Uint8Array.of(0x95, 0x5c);

type Odd = {
	readonly what: string;
	readonly bytes: Uint8Array;
	/** What SchUseStrongCrypto is then; 1 where nothing is said, and undefined where it is not set. */
	readonly strong?: RegistryValue | undefined;
	/** Lines that are named. */
	readonly lines?: readonly number[];
};

const on: RegistryValue = {type: 'REG_DWORD', number: 1};

const oddFiles: readonly Odd[] = [
	{what: 'UTF-16 of the other byte order', bytes: swapped(utf16(`\uFEFF${whole}`))},
	{what: 'UTF-16 of the other byte order without a mark', bytes: swapped(utf16(whole))},
	{what: 'UTF-16 without a mark', bytes: utf16(whole)},
	{what: 'UTF-8 with a mark', bytes: utf8(`\uFEFF${whole}`)},
	{what: 'line feeds alone', bytes: utf8(whole.replaceAll('\r', ''))},
	{what: 'carriage returns alone', bytes: utf8(whole.replaceAll('\n', ''))},
	{
		what: 'umlauts in a code page',
		bytes: ansi(`REGEDIT4\r\n\r\n[HKEY_CURRENT_USER\\Gr\u00FC\u00DFe]\r\n"\u00C4"="\u00F6"\r\n${heading}${strong}`),
	},
	{
		what: 'text in Shift JIS that ends in a backslash',
		bytes: ansi(`REGEDIT4\r\n\r\n[${machine}X]\r\n"a"="`, backslashKanji, `"\r\n${heading}${strong}`),
		lines: [4],
	},
	{
		what: 'a key in Shift JIS that ends in a backslash',
		bytes: ansi(`REGEDIT4\r\n\r\n[${machine}`, backslashKanji, `]\r\n${heading}${strong}`),
	},
	{what: 'a DWORD as bytes', bytes: utf8(`${header}${heading}"SchUseStrongCrypto"=hex(4):01,00,00,00\r\n`)},
	{
		what: 'a DWORD of one byte',
		bytes: utf8(`${header}${heading}"SchUseStrongCrypto"=hex(4):01\r\n`),
		strong: {type: 'other', code: 4, bytes: '01'},
	},
	{
		what: 'a QWORD where a DWORD belongs',
		bytes: utf8(`${header}${heading}"SchUseStrongCrypto"=hex(b):01,00,00,00,00,00,00,00\r\n`),
		strong: {type: 'other', code: 11, bytes: '0100000000000000'},
	},
	{what: 'text where a DWORD belongs', bytes: utf8(`${header}${heading}"SchUseStrongCrypto"="1"\r\n`), strong: {type: 'REG_SZ', text: '1'}},
	{what: 'a DWORD of nine digits', bytes: utf8(`${header}${heading}"a"=dword:000000001\r\n${strong}`), lines: [4]},
	{what: 'a DWORD with 0x', bytes: utf8(`${header}${heading}"a"=dword:0x1\r\n${strong}`), lines: [4]},
	{what: 'a DWORD without digits', bytes: utf8(`${header}${heading}"a"=dword:\r\n${strong}`), lines: [4]},
	{what: 'a DWORD with a comment', bytes: utf8(`${header}${heading}"SchUseStrongCrypto"=dword:1 ; on\r\n`)},
	{what: 'blanks all about', bytes: utf8(`${header} ${heading}  "SchUseStrongCrypto" =  dword:00000001  \r\n`)},
	{what: 'a comment behind the backslash', bytes: utf8(`${header}[${machine}X]\r\n"a"=hex:01,\\;so\r\n  02\r\n${heading}${strong}`)},
	{what: 'bytes that break off before a value', bytes: utf8(`${header}${heading}"a"=hex:01,\\\r\n${strong}`), lines: [4]},
	{what: 'bytes that break off at the end', bytes: utf8(`${whole}"a"=hex:01,\\`)},
	{what: 'lower case', bytes: utf8(whole.toLowerCase())},
	{what: 'upper case', bytes: utf8(whole.toUpperCase())},
	{what: 'HKLM', bytes: utf8(whole.replace('HKEY_LOCAL_MACHINE', 'HKLM'))},
	{what: 'backslashes twice', bytes: utf8(whole.replaceAll('\\', '\\\\'))},
	{what: 'a value that is deleted', bytes: utf8(`${whole}"SchUseStrongCrypto"=-\r\n`), strong: undefined},
	{what: 'a key that is deleted above it', bytes: utf8(`${whole}[-${machine}SOFTWARE\\Microsoft]\r\n`), strong: undefined},
	{what: 'a key that is deleted and set again', bytes: utf8(`${header}[-${machine}SOFTWARE]\r\n${heading}${strong}`)},
	{what: 'values below a deleted key', bytes: utf8(`${header}[-${machine}X]\r\n"a"="b"\r\n"c"="d"\r\n${heading}${strong}`), lines: [4]},
	{what: 'the header twice', bytes: utf8(`${header}[${machine}X]\r\n${whole}`)},
	{what: 'an older header', bytes: utf8(whole.replace('5.00', '4.00')), lines: [1]},
	{what: 'comments of two kinds before the header', bytes: utf8(`; one\r\n# two\r\n\r\n${whole}`)},
	{what: 'a file cut in the middle of a value', bytes: utf16(`\uFEFF${whole}`).subarray(0, -21), strong: undefined, lines: [4]},
	{what: 'a file cut in the middle of a key', bytes: utf8(`${whole}[${machine}SOFT`), lines: [5]},
	{what: 'the header alone', bytes: utf8(header), strong: undefined},
	{what: 'another part of the registry', bytes: utf8(`${header}[HKEY_CURRENT_USER\\Console]\r\n"a"="b"\r\n`), strong: undefined},
	{
		what: 'a listing with the prompt around it',
		bytes: utf8(`C:\\>reg query x /s\r\n\r\n${machine}${net}\r\n    SchUseStrongCrypto    REG_DWORD    0x1\r\n\r\nC:\\>`),
	},
	{
		what: 'a listing in Chinese',
		bytes: ansi(
			`${machine}${net}\r\n    (`,
			Buffer.from('c4acc8cf', 'hex'),
			')    REG_SZ    (',
			Buffer.from('cad6b5', 'hex'),
			')\r\n    SchUseStrongCrypto    REG_DWORD    0x1\r\n\r\n',
			Buffer.from('cbd1cbf7bde1caf8', 'hex'),
			'\r\n',
		),
	},
	{
		what: 'a listing with a number that is not as reg writes it',
		bytes: utf8(`${machine}${net}\r\n    a    REG_DWORD    1\r\n    SchUseStrongCrypto    REG_DWORD    0x1\r\n`),
		lines: [2],
	},
	{
		what: "the collector's JSON, wrapped by a console",
		bytes: utf8(
			`{"collector":"tlsprobe-windows","registry":[{"key":"HKLM\\\\SOFTWARE\\\\Micro\r\nsoft\\\\.NETFramework\\\\v4.0.30319","name":"SchUseStro\r\nngCrypto","type":"REG_DWORD","value":1}]}\r\n`,
		),
	},
];

for (const {what, bytes, lines = [], ...rest} of oddFiles) {
	test(`${what}: ${lines.length === 0 ? 'read whole' : `line ${lines} is named, and all else counts`}`, t => {
		const reading = readEvidence('odd.reg', bytes);
		if (reading.kind !== 'read') {
			t.fail(reading.problem);
			return;
		}

		const {changes, problems} = reading.evidence;
		t.deepEqual(
			problems.map(({line}) => line),
			lines,
		);
		const wanted = 'strong' in rest ? rest.strong : on;
		t.deepEqual(lookUp(applyChanges(emptyRegistry, changes), `HKLM\\${net}`, 'SchUseStrongCrypto'), wanted);
	});
}

const setIn = (set: string, enabled: number) => `[${machine}SYSTEM\\${set}\\${tls12}]\r\n"Enabled"=dword:${enabled}\r\n`;

const controlSets: readonly (readonly [what: string, text: string, controlSet: string | undefined, enabled: number | undefined])[] = [
	['a numbered control set alone', setIn('ControlSet001', 0), 'ControlSet001', 0],
	['two numbered ones: the lower', `${setIn('ControlSet002', 1)}${setIn('CONTROLSET001', 0)}`, 'ControlSet001', 0],
	[
		'two numbered ones, and which is the current one',
		`${setIn('ControlSet001', 1)}${setIn('ControlSet002', 0)}[${machine}SYSTEM\\Select]\r\n"Current"=dword:2\r\n`,
		'ControlSet002',
		0,
	],
	['a numbered one beside the current one', `${setIn('ControlSet002', 1)}${setIn('CurrentControlSet', 0)}`, undefined, 0],
	['no control set', `[${machine}X]\r\n`, undefined, undefined],
];

for (const [what, text, controlSet, enabled] of controlSets) {
	test(`${what}: ${controlSet ?? 'none'} stands for the current one`, t => {
		const reading = readEvidence('disk.reg', utf8(`${header}${text}`));
		if (reading.kind !== 'read') {
			t.fail(reading.problem);
			return;
		}

		const {evidence} = reading;
		t.is(evidence.controlSet, controlSet);
		const value = lookUp(applyChanges(emptyRegistry, evidence.changes), `HKLM\\SYSTEM\\CurrentControlSet\\${tls12}`, 'Enabled');
		t.deepEqual(value, enabled === undefined ? undefined : {type: 'REG_DWORD', number: enabled});
	});
}
