import {readFileSync} from 'node:fs';
import test from 'ava';
import type {VersionName} from '../../source/iana/versions.js';
import {assess} from '../../source/windows/assess.js';
import {describeMachine} from '../../source/windows/machine.js';
import {parseOperatingSystem} from '../../source/windows/operating-systems.js';
import {readEvidence} from '../../source/windows/registry-file/read-evidence.js';
import {commandOf} from '../../source/windows/remedy/step.js';
import type {ClientName} from '../../source/windows/rules/client-kind.js';
import type {Reaches} from '../../source/windows/rules/offer.js';
import {services} from '../../source/windows/services.js';
import {type Confidence, inWords} from '../../source/windows/sources.js';

/** A file that was sent or published, in fixtures/windows, and what is so. */
type Sent = {
	readonly file: string;
	readonly os?: string;
	readonly client?: ClientName;
	readonly service?: string;
	readonly offers?: readonly VersionName[];
	readonly reaches: Reaches;
	readonly confidence: Confidence;
	readonly because?: readonly RegExp[];
	/** All that is to be done, in order. */
	readonly remedy?: readonly RegExp[];
};

const upTo11 = ['TLSv1.0', 'TLSv1.1'] as const;
const on12 = [/TLS 1\.2\\Client" \/v Enabled .* 1 /, /TLS 1\.2\\Client" \/v DisabledByDefault .* 0 /];
const enable = (key: string) => new RegExp(`SCHANNEL\\\\${key}" /v Enabled /t REG_DWORD /d 0xFFFFFFFF /f$`);

const files: readonly Sent[] = [
	{file: 'loaded-hive.reg', offers: upTo11, reaches: 'no', confidence: 'high', remedy: on12},
	{
		file: 'user-policy.reg',
		client: 'wininet',
		offers: ['SSLv3', 'TLSv1.0'],
		reaches: 'no',
		confidence: 'medium',
		because: [/^SecureProtocols is 0xA0 in HKCU\\SOFTWARE\\Policies/],
		remedy: [/HKCU\\SOFTWARE\\Policies.* 0xA00 /, /Group Policy/],
	},
	{
		file: 'users-by-identifier.reg',
		client: 'wininet',
		offers: ['TLSv1.1', 'TLSv1.2'],
		reaches: 'yes',
		confidence: 'medium',
		because: [/^SecureProtocols is 0xA00 in HKCU\\Software/],
	},
	{
		file: 'loaded-software.reg',
		client: 'dotnet-4.5',
		offers: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
		reaches: 'yes',
		confidence: 'high',
		because: [/^SystemDefaultTlsVersions is 1 in HKLM\\SOFTWARE\\Microsoft\\\.NETFramework/],
	},
	{
		file: 'ciphers-off.reg',
		reaches: 'no',
		confidence: 'medium',
		because: [/Ciphers\\AES 128\/128: no cipher suite/, /Ciphers\\AES 256\/256: no cipher suite/],
		remedy: [enable('Ciphers\\\\AES 256/256')],
	},
	{file: 'sha-2-off.reg', reaches: 'uncertain', confidence: 'low', remedy: [enable('Hashes\\\\SHA256')]},
	{file: 'sha-2-off.reg', service: 'azure-devops', reaches: 'no', confidence: 'medium', remedy: [enable('Hashes\\\\SHA256')]},
	{file: 'exchanges-off.reg', reaches: 'yes', confidence: 'high'},
	{
		file: 'exchanges-off.reg',
		service: 'azure-devops',
		reaches: 'no',
		confidence: 'high',
		because: [/KeyExchangeAlgorithms\\ECDH: no cipher suite/],
		remedy: [enable('KeyExchangeAlgorithms\\\\ECDH')],
	},
	{
		file: 'ciphers-of-one.reg',
		reaches: 'uncertain',
		confidence: 'low',
		because: [/Enabled is 0x1 in .*0 and 0xFFFFFFFF are documented/],
		remedy: [enable('Ciphers\\\\AES 256/256')],
	},
	{
		file: 'key-lengths.reg',
		service: 'azure-devops',
		reaches: 'uncertain',
		confidence: 'low',
		because: [/ClientMinKeyBitLength is 4096/],
		remedy: [enable('KeyExchangeAlgorithms\\\\ECDH')],
	},
	{file: 'query-lost-indent.txt', offers: upTo11, reaches: 'no', confidence: 'high', remedy: on12},
	{file: 'query-wrapped-key.txt', offers: upTo11, reaches: 'no', confidence: 'high', remedy: on12},
	{file: 'query-without-s.txt', reaches: 'uncertain', confidence: 'low', because: [/^not read.*TLS 1\.2\\Client \(line 4 names the key/]},
	// .NET Framework 4.6 names TLS 1.2, and a key of SChannel may still turn it off.
	{file: 'query-without-s.txt', client: 'dotnet-4.6', reaches: 'uncertain', confidence: 'low'},
	{file: 'one-line-keys.reg', reaches: 'uncertain', confidence: 'low', because: [/^not read.*line 3 is not a key/]},
	{
		file: 'decimal-mask.reg',
		client: 'winhttp',
		offers: [],
		reaches: 'no',
		confidence: 'high',
		because: [/^DefaultSecureProtocols is 0x2560 /],
		remedy: [/DefaultSecureProtocols .* 0xA00 /],
	},
	{
		file: 'ciphers-and-protocol-off.reg',
		offers: upTo11,
		reaches: 'no',
		confidence: 'high',
		remedy: [...on12, enable('Ciphers\\\\AES 256/256')],
	},
];

for (const {file, os = 'Windows Server 2016', client = 'schannel', service, ...expected} of files) {
	test(`${file}, ${client}${service === undefined ? '' : ` for ${service}`} on ${os}: ${expected.reaches}`, t => {
		const reading = readEvidence(file, readFileSync(`fixtures/windows/${file}`));
		if (reading.kind !== 'read') {
			t.fail(reading.problem);
			return;
		}

		const machine = describeMachine([reading.evidence], {os: parseOperatingSystem(os), updates: [], program: {switches: {}}})!;
		const wanted = services.find(({name}) => name === service);
		const report = assess(machine, {clients: [client], service: wanted})[0]!;
		const because = report.because.map(inWords);
		t.is(report.reachesTls12, expected.reaches, because.join('\n'));
		t.is(report.confidence, expected.confidence, because.join('\n'));
		t.deepEqual(report.offers, expected.offers ?? report.offers);
		for (const pattern of expected.because ?? []) {
			t.true(
				because.some(text => pattern.test(text)),
				`${pattern} in\n${because.join('\n')}`,
			);
		}

		const commands = report.remedy.map(step => commandOf(step, machine));
		t.is(commands.length, expected.remedy?.length ?? (expected.reaches === 'yes' ? 0 : commands.length), commands.join('\n'));
		for (const [index, pattern] of (expected.remedy ?? []).entries()) {
			t.regex(commands[index]!, pattern);
		}
	});
}
