import {readFileSync} from 'node:fs';
import test from 'ava';
import {assessServers, type ServerReport} from '../../source/windows/assess-servers.js';
import {describeMachine, type Machine} from '../../source/windows/machine.js';
import {parseOperatingSystem} from '../../source/windows/operating-systems.js';
import {readEvidence} from '../../source/windows/registry-file/read-evidence.js';
import {applySteps} from '../../source/windows/remedy/step.js';
import type {ServerKindName} from '../../source/windows/rules/server-kind.js';

type Case = {
	readonly what: string;
	readonly os: string;
	/** Values of SCHANNEL\Protocols, or a whole file. */
	readonly values?: readonly (readonly [protocol: string, name: string, number: number])[];
	readonly file?: string;
	/** In place of these, what reg query prints. */
	readonly listing?: string;
	readonly lines?: readonly string[];
	readonly updates?: readonly string[];
	readonly server: ServerKindName;
	readonly accepts: readonly string[];
	readonly answer: ServerReport['acceptsTls12'];
	readonly confidence: ServerReport['confidence'];
	/** What has to be among the reasons. */
	readonly reason?: RegExp;
};

const off = (protocol: string) => [[protocol, 'Enabled', 0] as const];
const on = (protocol: string) => [[protocol, 'Enabled', 1] as const, [protocol, 'DisabledByDefault', 0] as const];
const fixture = 'server-2008-r2-tls-1.0-off.reg';
const schannel = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL';
const sql = (instance: string) => `[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Microsoft SQL Server\\${instance}\\Setup]`;

const cases: readonly Case[] = [
	// What Windows ships with.
	{what: 'as it comes', os: '2003', server: 'iis', accepts: ['SSLv2', 'SSLv3', 'TLSv1.0'], answer: 'no', confidence: 'medium'},
	{what: 'as it comes', os: '2008', server: 'iis', accepts: ['SSLv2', 'SSLv3', 'TLSv1.0'], answer: 'no', confidence: 'high'},
	{what: 'as it comes', os: '2008 R2', server: 'iis', accepts: ['SSLv2', 'SSLv3', 'TLSv1.0'], answer: 'no', confidence: 'high'},
	{
		what: 'as it comes',
		os: '2012',
		server: 'iis',
		accepts: ['SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
		answer: 'yes',
		confidence: 'medium',
	},
	{
		what: 'as it comes',
		os: '2012 R2',
		server: 'iis',
		accepts: ['SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
		answer: 'yes',
		confidence: 'high',
	},
	{what: 'as it comes', os: '2016', server: 'iis', accepts: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'], answer: 'yes', confidence: 'high'},
	{
		what: 'as it comes',
		os: '2022',
		server: 'iis',
		accepts: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'],
		answer: 'yes',
		confidence: 'medium',
	},
	// What the keys of the server's side make of it.
	{
		what: 'with TLS 1.2 on',
		os: '2008 R2',
		values: on('TLS 1.2\\Server'),
		server: 'schannel',
		accepts: ['SSLv2', 'SSLv3', 'TLSv1.0', 'TLSv1.2'],
		answer: 'yes',
		confidence: 'high',
		reason: /DisabledByDefault is 0 in .*TLS 1\.2\\Server/,
	},
	{
		what: 'with TLS 1.2 on for clients alone',
		os: '2008 R2',
		values: on('TLS 1.2\\Client'),
		server: 'schannel',
		accepts: ['SSLv2', 'SSLv3', 'TLSv1.0'],
		answer: 'no',
		confidence: 'high',
	},
	{
		what: 'with TLS 1.2 off for clients alone',
		os: '2016',
		values: off('TLS 1.2\\Client'),
		server: 'iis',
		accepts: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
		answer: 'yes',
		confidence: 'high',
	},
	{
		what: 'with TLS 1.2 off',
		os: '2016',
		values: off('TLS 1.2\\Server'),
		server: 'iis',
		accepts: ['TLSv1.0', 'TLSv1.1'],
		answer: 'no',
		confidence: 'high',
		reason: /TLS 1\.2 is disabled: Enabled is 0/,
	},
	{
		what: 'with TLS 1.2 off by default, which no server asks back',
		os: '2019',
		values: [['TLS 1.2\\Server', 'DisabledByDefault', 1]],
		server: 'iis',
		accepts: ['TLSv1.0', 'TLSv1.1'],
		answer: 'no',
		confidence: 'high',
	},
	{
		what: 'with Enabled alone',
		os: '2008 R2',
		values: [['TLS 1.2\\Server', 'Enabled', 1]],
		server: 'iis',
		accepts: ['SSLv2', 'SSLv3', 'TLSv1.0'],
		answer: 'uncertain',
		confidence: 'low',
	},
	{
		what: 'with old versions off',
		os: '2016',
		values: [...off('TLS 1.0\\Server'), ...off('TLS 1.1\\Server')],
		server: 'iis',
		accepts: ['TLSv1.2'],
		answer: 'yes',
		confidence: 'high',
		reason: /TLS 1\.1 is disabled/,
	},
	{
		what: 'before its update',
		os: '2008',
		values: on('TLS 1.2\\Server'),
		server: 'iis',
		accepts: ['SSLv2', 'SSLv3', 'TLSv1.0'],
		answer: 'no',
		confidence: 'high',
	},
	{
		what: 'with its update',
		os: '2008',
		values: on('TLS 1.2\\Server'),
		updates: ['KB4019276'],
		server: 'iis',
		accepts: ['SSLv2', 'SSLv3', 'TLSv1.0', 'TLSv1.2'],
		answer: 'yes',
		confidence: 'high',
	},
	// What a file names and does not show.
	{
		what: 'with a value of TLS 1.2 that is not shown',
		os: '2016',
		listing: `${schannel}\\Protocols\\TLS 1.2\\Server\n    Enabled    REG_DWORD\n`,
		server: 'iis',
		accepts: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
		answer: 'uncertain',
		confidence: 'low',
		reason: /^not read, so the answer may be different: HKLM\\.*\\TLS 1\.2\\Server \(/,
	},
	{
		what: 'with a key of TLS 1.0 that is not shown',
		os: '2016',
		listing: `${schannel}\\Protocols\\TLS 1.0\n\n${schannel}\\Protocols\\TLS 1.2\\Server\n    DisabledByDefault    REG_DWORD    0x0\n`,
		server: 'iis',
		accepts: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
		answer: 'yes',
		confidence: 'medium',
		reason: /^not read, so the answer may be different: HKLM\\.*\\TLS 1\.0\\Server \(/,
	},
	{
		what: 'with a value of clients that is not shown',
		os: '2016',
		listing: `${schannel}\\Protocols\\TLS 1.2\\Client\n    Enabled    REG_DWORD\n`,
		server: 'iis',
		accepts: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
		answer: 'yes',
		confidence: 'high',
	},
	// Keys of algorithms.
	{
		what: 'with both key exchanges of its suites off',
		os: '2016',
		lines: ['Diffie-Hellman', 'ECDH', 'PKCS'].map(name => `[${schannel}\\KeyExchangeAlgorithms\\${name}]\n"Enabled"=dword:0`),
		server: 'iis',
		accepts: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
		answer: 'no',
		confidence: 'high',
		reason: /PKCS: no cipher suite with it is accepted/,
	},
	{
		what: 'with TLS 1.2 off and no suite left for it',
		os: '2016',
		values: off('TLS 1.2\\Server'),
		lines: ['Diffie-Hellman', 'ECDH', 'PKCS'].map(name => `[${schannel}\\KeyExchangeAlgorithms\\${name}]\n"Enabled"=dword:0`),
		server: 'iis',
		accepts: ['TLSv1.0', 'TLSv1.1'],
		answer: 'no',
		confidence: 'high',
	},
	{
		what: 'with an Enabled of a cipher that is neither 0 nor 0xFFFFFFFF, on which all that is left depends',
		os: '2016',
		lines: [
			...['AES 256/256', 'Triple DES 168', 'NULL', 'RC4 128/128'].map(name => `[${schannel}\\Ciphers\\${name}]\n"Enabled"=dword:0`),
			`[${schannel}\\Ciphers\\AES 128/128]\n"Enabled"=dword:1`,
		],
		server: 'iis',
		accepts: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
		answer: 'uncertain',
		confidence: 'low',
		reason: /Enabled is 0x1 in /,
	},
	{
		what: 'with lengths of keys, which are for clients alone',
		os: '2016',
		lines: ['Diffie-Hellman', 'PKCS']
			.map(name => `[${schannel}\\KeyExchangeAlgorithms\\${name}]\n"ClientMinKeyBitLength"=dword:4000`)
			.concat(`[${schannel}\\KeyExchangeAlgorithms\\ECDH]\n"Enabled"=dword:0`),
		server: 'iis',
		accepts: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
		answer: 'yes',
		confidence: 'high',
	},
	// Remote Desktop.
	{
		what: 'with TLS 1.0 off and without KB3080079',
		os: '2008 R2',
		file: fixture,
		server: 'rdp',
		accepts: [],
		answer: 'no',
		confidence: 'high',
		reason: /cannot be reached/,
	},
	{
		what: 'with TLS 1.0 off and with KB3080079',
		os: '2008 R2',
		file: fixture,
		updates: ['KB3080079'],
		server: 'rdp',
		accepts: ['TLSv1.2'],
		answer: 'yes',
		confidence: 'high',
	},
	{
		what: 'with all on and without KB3080079',
		os: 'Windows 7',
		values: on('TLS 1.2\\Server'),
		server: 'rdp',
		accepts: ['TLSv1.0'],
		answer: 'no',
		confidence: 'high',
		reason: /before KB3080079/,
	},
	{what: 'as it comes', os: '2012 R2', server: 'rdp', accepts: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'], answer: 'yes', confidence: 'high'},
	// SQL Server.
	{
		what: 'with TLS 1.0 off',
		os: '2008 R2',
		file: fixture,
		server: 'sql-server',
		accepts: ['TLSv1.2'],
		answer: 'yes',
		confidence: 'medium',
		reason: /does not start, because TLS 1\.0 is off/,
	},
	{
		what: 'with TLS 1.0 off and its update',
		os: '2008 R2',
		file: fixture,
		updates: ['KB3135244'],
		server: 'sql-server',
		accepts: ['TLSv1.2'],
		answer: 'yes',
		confidence: 'high',
	},
	{
		what: 'as SQL Server 2016',
		os: '2016',
		lines: [sql('MSSQL13.MSSQLSERVER')],
		server: 'sql-server',
		accepts: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
		answer: 'yes',
		confidence: 'high',
	},
	{
		what: 'as SQL Server 2008 R2 beside a later one',
		os: '2016',
		lines: [sql('MSSQL13.MSSQLSERVER'), sql('MSSQL10_50.OLD')],
		server: 'sql-server',
		accepts: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
		answer: 'yes',
		confidence: 'medium',
		reason: /MSSQL10\)/,
	},
	{
		what: 'without TLS 1.3, which only strict encryption uses',
		os: '2022',
		server: 'sql-server',
		accepts: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
		answer: 'yes',
		confidence: 'medium',
		reason: /TDS 8\.0/,
	},
	// Suites count for servers too.
	{
		what: 'with a policy without a suite of TLS 1.2',
		os: '2022',
		lines: [
			'[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002]',
			'"Functions"="TLS_AES_128_GCM_SHA256"',
		],
		server: 'iis',
		accepts: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'],
		answer: 'no',
		confidence: 'medium',
	},
];

for (const item of cases) {
	const {what, os, server, accepts, answer, confidence, reason} = item;
	test(`${server} of ${os} ${what}: ${answer}, ${confidence}`, t => {
		const machine = machineOf(item);
		const [report] = assessServers(machine, [server]);
		t.deepEqual(report!.accepts, accepts as never);
		t.is(report!.acceptsTls12, answer);
		t.is(report!.confidence, confidence);
		t.regex(report!.because.map(({text}) => text).join('\n'), reason ?? /./);
		// What was not read is to be looked up, not put right.
		if (answer !== 'yes' && item.listing === undefined) {
			const values = report!.remedy.some(({kind}) => kind === 'registry' || kind === 'update');
			const after = assessServers(applySteps(machine, report!.remedy), [server])[0]!.acceptsTls12;
			t.is(values ? after : 'no remedy by values', values ? 'yes' : 'no remedy by values');
			t.true(report!.remedy.length > 0);
		}
	});
}

function machineOf({os, values = [], file, listing, lines = [], updates = []}: Case): Machine {
	const text = `REGEDIT4\n${values.map(([protocol, name, number]) => `[${schannel}\\Protocols\\${protocol}]\n"${name}"=dword:${number}\n`).join('')}${lines.join('\n')}\n`;
	const bytes = file === undefined ? Buffer.from(listing ?? text) : readFileSync(`fixtures/windows/${file}`);
	const reading = readEvidence('given', bytes);
	if (reading.kind !== 'read' || (listing === undefined && reading.evidence.problems.length > 0)) {
		throw new Error(JSON.stringify(reading));
	}

	return describeMachine([reading.evidence], {os: parseOperatingSystem(os)!, updates, program: {switches: {}}})!;
}
