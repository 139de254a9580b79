import test from 'ava';
import {assess} from '../../../source/windows/assess.js';
import {describeMachine} from '../../../source/windows/machine.js';
import {parseOperatingSystem} from '../../../source/windows/operating-systems.js';
import {readEvidence} from '../../../source/windows/registry-file/read-evidence.js';

const schannel = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL';
const tls12 = `${schannel}\\Protocols\\TLS 1.2\\Client`;
const end = '\r\n\r\nEnd of search: 1 match(es) found.\r\n';

/** A listing in some form, and whether SChannel of Server 2016 then reaches TLS 1.2, which it does where nothing is set. */
type Form = {
	readonly what: string;
	readonly text: string;
	readonly reaches: 'yes' | 'no' | 'uncertain';
	/** What is said of it, by line. */
	readonly problems?: readonly (readonly [line: number, problem: RegExp])[];
};

const off = 'Enabled    REG_DWORD    0x0';
const denied = /access was denied/;

const forms: readonly Form[] = [
	{what: 'as it is printed', text: `\r\n${tls12}\r\n    ${off}${end}`, reaches: 'no'},
	{what: 'without its indentation', text: `${tls12}\r\n${off}`, reaches: 'no'},
	{what: 'with single blanks', text: `${tls12}\n Enabled REG_DWORD 0x0`, reaches: 'no'},
	{what: 'with single blanks and no indentation', text: `${tls12}\nEnabled REG_DWORD 0x0`, reaches: 'no'},
	{
		what: 'with no-break spaces',
		text: `${tls12.replace(' ', '\u00A0')}\n\u00A0\u00A0\u00A0\u00A0Enabled\u00A0REG_DWORD\u00A00x0`,
		reaches: 'no',
	},
	{what: 'with ideographic spaces', text: `${tls12}\n\u3000Enabled\u3000REG_DWORD\u30000x0`, reaches: 'no'},
	{what: 'with its keys indented', text: `    ${tls12}\n        ${off}`, reaches: 'no'},
	{what: 'with key and value on one line', text: `${tls12}    ${off}`, reaches: 'no'},
	{what: 'with a key wrapped at a backslash that is lost', text: `${schannel}\nProtocols\\TLS 1.2\\Client\n    ${off}`, reaches: 'no'},
	{what: 'with a key wrapped in a word', text: `${schannel}\\Proto\ncols\\TLS 1.2\\Client\n    ${off}`, reaches: 'no'},
	{what: 'with a key wrapped at its blank', text: `${schannel}\\Protocols\\TLS\n1.2\\Client\n    ${off}`, reaches: 'no'},
	{
		what: 'with a key of another control set wrapped',
		text: `${schannel.replace('CurrentControlSet', 'ControlSet001')}\nProtocols\\TLS 1.2\\Client\n    ${off}`,
		reaches: 'no',
	},
	{
		what: 'with a key that goes on in a line that makes no sense',
		text: `${tls12}\nsomething else here\n`,
		reaches: 'uncertain',
		problems: [[2, /neither a key nor a value/]],
	},
	{
		what: 'with a number that is no number',
		text: `${tls12}\n    Enabled    REG_DWORD    zero${end}`,
		reaches: 'uncertain',
		problems: [[2, /not a value/]],
	},
	{what: 'with an empty key, of a search that has an end', text: `${schannel}\n\n${tls12}${end}`, reaches: 'yes'},
	{what: 'with an empty key that is the last line', text: `${tls12}\n`, reaches: 'uncertain', problems: [[1, /needs \/s/]]},
	{
		what: 'without /s, of SCHANNEL',
		text: `\r\n${schannel}\r\n    EventLogging    REG_DWORD    0x1\r\n\r\n${schannel}\\Ciphers\r\n${schannel}\\Protocols\r\n`,
		reaches: 'uncertain',
		problems: [
			[5, /needs \/s/],
			[6, /needs \/s/],
		],
	},
	{what: 'without /s, of other keys', text: 'HKEY_LOCAL_MACHINE\\SOFTWARE\\A\nHKEY_LOCAL_MACHINE\\SOFTWARE\\B\n', reaches: 'yes'},
	...[
		'ERROR: Access is denied.',
		'FEHLER: Zugriff verweigert',
		'ERREUR : Acc\u00E8s refus\u00E9.',
		'ERROR: Acceso denegado.',
		'ERRORE: Accesso negato.',
		'ERRO: Acesso negado.',
		'FOUT: Toegang geweigerd.',
		'\u30A8\u30E9\u30FC: \u30A2\u30AF\u30BB\u30B9\u304C\u62D2\u5426\u3055\u308C\u307E\u3057\u305F\u3002',
		'\u9519\u8BEF: \u62D2\u7EDD\u8BBF\u95EE\u3002',
		'\u041E\u0428\u0418\u0411\u041A\u0410: \u041E\u0442\u043A\u0430\u0437\u0430\u043D\u043E \u0432 \u0434\u043E\u0441\u0442\u0443\u043F\u0435.',
	].map(
		(message): Form => ({
			what: `that ends in "${message}"`,
			text: `${schannel}\n    EventLogging    REG_DWORD    0x1\n${message}\n`,
			reaches: 'uncertain',
			problems: [[3, denied]],
		}),
	),
	{
		what: 'that was denied, behind its command',
		text: `C:\\>reg query HKLM\\SOFTWARE\\Microsoft\\.NETFramework /s\nERROR: Access is denied.\n\nC:\\>reg query "${tls12}" /s\n\n${tls12}\n    DisabledByDefault    REG_DWORD    0x0${end}`,
		reaches: 'yes',
		problems: [[2, denied]],
	},
];

for (const {what, text, reaches, problems = []} of forms) {
	test(`a listing ${what}: ${reaches}`, t => {
		const reading = readEvidence('listing.txt', Buffer.from(text));
		if (reading.kind !== 'read') {
			t.fail(reading.problem);
			return;
		}

		const {evidence} = reading;
		t.deepEqual(
			evidence.problems.map(({line}) => line),
			problems.map(([line]) => line),
			JSON.stringify(evidence.problems),
		);
		for (const [index, [, problem]] of problems.entries()) {
			t.regex(evidence.problems[index]!.problem, problem);
		}

		const machine = describeMachine([evidence], {os: parseOperatingSystem('Windows Server 2016'), updates: [], program: {switches: {}}})!;
		const report = assess(machine, {clients: ['schannel']})[0]!;
		t.is(report.reachesTls12, reaches, report.because.map(({text: words}) => words).join('\n'));
	});
}

test('what one file does not show, another may: its values then count', t => {
	const texts = [
		`${schannel}\\Protocols\\TLS 1.1\n${schannel}\\Protocols\\TLS 1.2\n`,
		`${tls12}\n    DisabledByDefault    REG_DWORD    0x0${end}`,
	];
	const evidence = texts.map((text, index) => {
		const reading = readEvidence(`${index}.txt`, Buffer.from(text));
		if (reading.kind !== 'read') {
			throw new Error(reading.problem);
		}

		return reading.evidence;
	});
	const machine = describeMachine(evidence, {os: parseOperatingSystem('Windows Server 2016'), updates: [], program: {switches: {}}})!;
	const report = assess(machine, {clients: ['schannel']})[0]!;
	// TLS 1.1 is still not known, which changes what is offered and not the answer.
	t.deepEqual([report.reachesTls12, report.confidence], ['yes', 'medium']);
});

test('a list of suites that is wrapped is read to its end', t => {
	const key = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002';
	const text = `${key}\n    Functions    REG_SZ    TLS_RSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WI\nTH_AES_256_GCM_SHA384${end}`;
	const reading = readEvidence('listing.txt', Buffer.from(text));
	t.is(reading.kind, 'read');
	const changes = reading.kind === 'read' ? reading.evidence.changes : [];
	const last = changes.findLast(({kind}) => kind === 'set');
	t.deepEqual(last, {
		kind: 'set',
		key,
		name: 'Functions',
		value: {type: 'REG_SZ', text: 'TLS_RSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'},
	});
});
