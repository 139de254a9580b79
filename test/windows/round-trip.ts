import test from 'ava';
import fc from 'fast-check';
import {windowsVersions} from '../../source/clients/windows/versions.js';
import {assess, type ClientReport} from '../../source/windows/assess.js';
import {describeMachine, type Machine} from '../../source/windows/machine.js';
import {readEvidence} from '../../source/windows/registry-file/read-evidence.js';
import type {RegistryChange, RegistryValue} from '../../source/windows/registry-file/value.js';
import {writeRegFile} from '../../source/windows/registry-file/write-reg-file.js';
import {planFix} from '../../source/windows/remedy/fix-files.js';
import {remedyRegFile, undoRegFile} from '../../source/windows/remedy/remedy-reg.js';
import {roundsOf} from '../helpers/depth.js';

const protocols = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols';
const internet = 'Microsoft\\Windows\\CurrentVersion\\Internet Settings';

/** Every value that decides something, as a key and a name. */
const places: readonly (readonly [key: string, name: string])[] = [
	...['SSL 2.0', 'SSL 3.0', 'TLS 1.0', 'TLS 1.1', 'TLS 1.2'].flatMap(protocol =>
		['Enabled', 'DisabledByDefault'].map(name => [`${protocols}\\${protocol}\\Client`, name] as const),
	),
	...['', 'WOW6432Node\\'].flatMap(view => [
		...['v2.0.50727', 'v4.0.30319'].flatMap(runtime =>
			['SystemDefaultTlsVersions', 'SchUseStrongCrypto'].map(
				name => [`HKEY_LOCAL_MACHINE\\SOFTWARE\\${view}Microsoft\\.NETFramework\\${runtime}`, name] as const,
			),
		),
		[`HKEY_LOCAL_MACHINE\\SOFTWARE\\${view}${internet}\\WinHttp`, 'DefaultSecureProtocols'] as const,
	]),
	[`HKEY_CURRENT_USER\\Software\\${internet}`, 'SecureProtocols'],
	[`HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\${internet}`, 'SecureProtocols'],
];

const updates = ['KB4019276', 'KB3140245', 'KB3154517', 'KB3154518', 'KB3154519', 'KB3154520', 'KB3156421', 'KB5017811'];
const dword = (number: number): RegistryValue => ({type: 'REG_DWORD', number});
const found: readonly (RegistryValue | undefined)[] = [
	undefined,
	...[0, 1, 2, 0xa0, 0x8_00, 0xff_ff_ff_ff].map(dword),
	{type: 'REG_SZ', text: '1'},
	{type: 'other', code: 3, bytes: '01000000'},
];

const machines = fc.record({
	os: fc.constantFrom(...windowsVersions),
	architecture: fc.constantFrom('x64' as const, 'x86' as const),
	updates: fc.subarray(updates),
	values: fc.array(fc.constantFrom(...found), {minLength: places.length, maxLength: places.length}),
});

type Given = Parameters<typeof describeMachine>[1];

function judge(files: readonly Uint8Array[], given: Given): {readonly machine: Machine; readonly reports: readonly ClientReport[]} {
	const evidence = files.map((bytes, index) => {
		const reading = readEvidence(`file ${index}`, bytes);
		if (reading.kind !== 'read' || reading.evidence.problems.length > 0) {
			throw new Error(JSON.stringify(reading));
		}

		return reading.evidence;
	});
	const machine = describeMachine(evidence, given)!;
	return {machine, reports: assess(machine)};
}

/** Which update .NET 3.5 needs on Windows 10 1507 is not documented. */
const isOpen = ({os}: Machine, {client}: ClientReport): boolean => os.name === 'windows-10-1507' && client === 'dotnet-3.5';

/** What no file and no update can help. */
const isByHand = ({remedy}: ClientReport): boolean => remedy.some(({kind}) => ['program', 'upgrade', 'cipher-suites'].includes(kind));

test('whatever is set on whichever Windows: the remedy, read again as a second file, reaches TLS 1.2, and its undo leads back', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(machines, ({os, architecture, updates, values}) => {
				const given: Given = {os, architecture, updates, program: {switches: {}}};
				const changes = places.flatMap(([key, name], index): RegistryChange[] => {
					const value = values[index];
					return value === undefined ? [] : [{kind: 'set', key, name, value}];
				});
				const first = writeRegFile(changes, []);
				const before = judge([first], given);
				const plan = planFix(before.machine, before.reports);
				const remedy = remedyRegFile(plan, 'remedy-undo.reg');
				const after = judge([first, remedy], {...given, updates: [...updates, ...plan.updates]});
				const problems = before.reports.flatMap((report, index) => {
					const now = after.reports[index]!;
					const name = `${os.name} ${report.client} ${report.bits}`;
					return isOpen(before.machine, report) || isByHand(report)
						? []
						: [
								...(report.reachesTls12 !== 'yes' && report.remedy.length === 0 ? [`${name} has no remedy`] : []),
								...(now.reachesTls12 === 'yes' ? [] : [`${name} is ${now.reachesTls12} after its remedy`]),
							];
				});
				if (problems.length > 0) {
					throw new Error(problems.join('\n'));
				}

				const back = judge([first, remedy, undoRegFile(plan)], given);
				if (JSON.stringify(back.reports) !== JSON.stringify(before.reports)) {
					throw new Error(`${os.name} is not what it was after the undo`);
				}
			}),
			{numRuns: roundsOf(400, 60)},
		),
	);
});
