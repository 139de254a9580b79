import test from 'ava';
import type {ClientProfile} from '../../source/clients/client-profile.js';
import {clientProfiles} from '../../source/clients/index.js';
import {dotnetClientsOf} from '../../source/clients/windows/dotnet-clients.js';
import {systemClientsOf} from '../../source/clients/windows/system-clients.js';
import {server, server2022, type WindowsVersion, windowsVersions} from '../../source/clients/windows/versions.js';
import type {VersionName} from '../../source/iana/versions.js';
import {assess, type ClientReport} from '../../source/windows/assess.js';
import {assessServers} from '../../source/windows/assess-servers.js';
import {describeMachine, type Machine} from '../../source/windows/machine.js';
import {operatingSystemOfBuild, parseOperatingSystem} from '../../source/windows/operating-systems.js';
import {applySteps} from '../../source/windows/remedy/step.js';
import type {ClientName} from '../../source/windows/rules/client-kind.js';
import {bothValues, frameworkKey} from '../../source/windows/rules/framework.js';
import {allValues} from '../../source/windows/rules/remedies.js';

const machineOf = (os: WindowsVersion): Machine => describeMachine([], {os, updates: [], program: {switches: {}}})!;
const withName = (profiles: readonly ClientProfile[], name: string): ClientProfile | undefined =>
	profiles.find(profile => profile.name === name || profile.aliases.includes(name));

/** The kinds of clients that have profiles; `schannel` is Windows itself. */
const kinds = ['schannel', 'dotnet-3.5', 'dotnet-4.5', 'dotnet-4.6', 'dotnet-4.7', 'powershell', 'mars-agent'] as const;
const nameOn = (kind: string, os: WindowsVersion): string => (kind === 'schannel' ? os.name : `${kind}-${os.name}`);
const withoutSsl2 = (versions: readonly VersionName[]): readonly VersionName[] => versions.filter(name => name !== 'SSLv2');
const reportOf = (machine: Machine, kind: ClientName): ClientReport => assess(machine, {clients: [kind]})[0]!;

for (const os of windowsVersions) {
	test(`the client profiles of ${os.name} offer what tlsprobe windows says of it`, t => {
		const machine = machineOf(os);
		const found = kinds.flatMap(kind => {
			const profile = withName(clientProfiles, nameOn(kind, os));
			return profile === undefined ? [] : [{kind, profile}];
		});
		t.is(found.length, os.dotnet === 'none' ? 1 : kinds.length);
		for (const {kind, profile} of found) {
			t.deepEqual(profile.versions, withoutSsl2(reportOf(machine, kind).offers), kind);
		}

		const fixed = withName(clientProfiles, `mars-agent-${os.name}-fixed`);
		if (fixed !== undefined) {
			// What Microsoft documents, whether it is needed or not.
			const values = allValues(frameworkKey(machine, 64), bothValues);
			const fixedMachine = applySteps(machine, [...reportOf(machine, 'mars-agent').remedy, ...values]);
			t.deepEqual(reportOf(fixedMachine, 'mars-agent').offers, fixed.versions);
		}
	});
}

test('a new Windows is one row: it is recognized, has its clients and is judged by what it ships with', t => {
	const next = server('windows-server-2028', 'Windows Server 2028', 29_000, {
		shipped: {states: {...server2022.states, 'TLSv1.0': 'off-by-default', 'TLSv1.1': 'off-by-default'}},
	});
	const known = [...windowsVersions, next];
	for (const text of ['Windows Server 2028 Datacenter', 'win2k28', 'windows-server-2028']) {
		t.is(parseOperatingSystem(text, known), next, text);
		t.is(parseOperatingSystem(text), undefined, text);
	}

	t.is(operatingSystemOfBuild(29_000, true, known), next);

	const profiles = [...systemClientsOf(known), ...dotnetClientsOf(known)];
	t.is(profiles.length, systemClientsOf(windowsVersions).length + dotnetClientsOf(windowsVersions).length + 7);
	const machine = machineOf(next);
	for (const kind of kinds) {
		t.deepEqual(withName(profiles, nameOn(kind, next))?.versions, reportOf(machine, kind).offers, kind);
	}

	t.deepEqual(reportOf(machine, 'schannel').offers, ['TLSv1.2', 'TLSv1.3']);
	t.deepEqual(reportOf(machine, 'dotnet-4.7').offers, ['TLSv1.2', 'TLSv1.3']);
	t.deepEqual(reportOf(machine, 'dotnet-4.6').offers, ['TLSv1.0', 'TLSv1.1', 'TLSv1.2']);
	t.deepEqual(assessServers(machine).find(({server: name}) => name === 'schannel')?.accepts, ['TLSv1.2', 'TLSv1.3']);
});

test('a new release of a desktop can share the profiles of a server', t => {
	const release: WindowsVersion = {
		...windowsVersions.find(({name}) => name === 'windows-11-26h1')!,
		name: 'windows-12-28h1',
		title: 'Windows 12 28H1',
		build: 30_000,
	};
	const known = [...windowsVersions, release];
	t.is(parseOperatingSystem('Windows 12 Pro 28H1', known), release);
	t.true(
		systemClientsOf(known)
			.find(({name}) => name === 'windows-server-2025')
			?.aliases.includes(release.name),
	);
	t.true(
		dotnetClientsOf(known)
			.find(({name}) => name === 'mars-agent-windows-server-2025-fixed')
			?.aliases.includes('mars-agent-windows-12-28h1-fixed'),
	);
});
