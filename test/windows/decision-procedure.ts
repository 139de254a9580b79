import test from 'ava';
import fc from 'fast-check';
import {type WindowsVersion, windowsVersions} from '../../source/clients/windows/versions.js';
import {type VersionName, versionNames} from '../../source/iana/versions.js';
import {assess} from '../../source/windows/assess.js';
import {describeMachine} from '../../source/windows/machine.js';
import type {RegistryChange} from '../../source/windows/registry-file/value.js';
import {roundsOf} from '../helpers/depth.js';

// The documented procedure once more, step by step and as shortly as it can be put, to hold the program against.

type State = 'on' | 'off by default' | 'disabled' | 'not there';
type Read = (key: string, name: string) => number | undefined;
type Given = {readonly os: WindowsVersion; readonly updates: ReadonlySet<string>; readonly read: Read};

const protocolKey = (version: VersionName): string =>
	`SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\${version.replace('v', ' ').replace(/ (\d)$/, ' $1.0')}\\Client`;

/** What Windows ships with. */
function shipped(version: VersionName, {os: {name, build}, updates}: Given): State {
	switch (version) {
		case 'SSLv2':
			return build < 6000 ? 'on' : build < 14_393 ? 'off by default' : 'not there';
		case 'SSLv3':
			return build < 14_393 ? 'on' : 'off by default';
		case 'TLSv1.0':
			return 'on';
		case 'TLSv1.3':
			return build < 20_348 ? 'not there' : 'on';
		default: {
			const hasUpdate = name === 'windows-server-2008' && updates.has('KB4019276');
			return build >= 9200 ? 'on' : build >= 7600 || hasUpdate ? 'off by default' : 'not there';
		}
	}
}

function stateOf(version: VersionName, given: Given): State {
	const base = shipped(version, given);
	const [enabled, isOff] = ['Enabled', 'DisabledByDefault'].map(name => given.read(protocolKey(version), name));
	if (base === 'not there' || enabled === 0) {
		return base === 'not there' ? base : 'disabled';
	}

	return isOff === undefined ? base : isOff === 0 ? 'on' : 'off by default';
}

const bits: readonly number[] = [0x8, 0x20, 0x80, 0x2_00, 0x8_00, 0x20_00];
const dotnet35Updates = (os: WindowsVersion): string | undefined =>
	os.name === 'windows-server-2008'
		? 'KB3154517'
		: ({7601: 'KB3154518', 9200: 'KB3154519', 9600: 'KB3154520', 10586: 'KB3156421'} as Record<number, string>)[os.build];

/** What each kind of client offers, by its name and bits. */
function expected(given: Given): Readonly<Record<string, readonly VersionName[]>> {
	const {os, updates, read} = given;
	const states = Object.fromEntries(versionNames.map(name => [name, stateOf(name, given)]));
	const system = (withoutSsl: boolean) => versionNames.filter(name => states[name] === 'on' && !(withoutSsl && name.startsWith('SSL')));
	const named = (...names: readonly VersionName[]) => names.filter(name => ['on', 'off by default'].includes(states[name]!));
	const result: Record<string, readonly VersionName[]> = {
		schannel: system(false),
		...(os.build >= 7600 ? {'dotnet-5': system(true)} : {}),
	};
	for (const view of ['64', '32']) {
		const software = `SOFTWARE\\${view === '32' ? 'WOW6432Node\\' : ''}Microsoft\\`;
		const [strong, fromSystem] = ['SchUseStrongCrypto', 'SystemDefaultTlsVersions'].map(name =>
			read(`${software}.NETFramework\\v4.0.30319`, name),
		);
		for (const target of ['4.5', '4.6', '4.7']) {
			const isStrong = target === '4.5' ? strong === 1 : strong !== 0;
			const isSystem = target === '4.7' ? fromSystem !== 0 : fromSystem === 1;
			result[`dotnet-${target} ${view}`] = isSystem
				? system(isStrong)
				: isStrong
					? named('TLSv1.0', 'TLSv1.1', 'TLSv1.2')
					: named('SSLv3', 'TLSv1.0');
		}

		const update = dotnet35Updates(os);
		const isRead = os.build >= 6002 && os.name !== 'windows-vista' && (update === undefined || updates.has(update));
		const isSet = read(`${software}.NETFramework\\v2.0.50727`, 'SystemDefaultTlsVersions') === 1;
		result[`dotnet-3.5 ${view}`] = isRead && isSet ? system(false) : named('SSLv3', 'TLSv1.0');

		const hasMask =
			os.build >= 9600 || updates.has(os.build >= 7600 ? 'KB3140245' : os.name === 'windows-server-2008' ? 'KB4019276' : 'none');
		const mask = read(`${software}Windows\\CurrentVersion\\Internet Settings\\WinHttp`, 'DefaultSecureProtocols');
		const usual = os.build < 9600 ? 0xa0 : os.build >= 20_348 ? 0x28_00 : os.build >= 19_045 ? 0x8_00 : 0xa_a0;
		const asked = hasMask && mask !== undefined ? mask : usual;
		result[`winhttp ${view}`] = versionNames.filter((name, index) => (asked & bits[index]!) !== 0 && states[name] === 'on');
	}

	return result;
}

const places: readonly (readonly [key: string, name: string])[] = [
	...versionNames.flatMap(version => ['Enabled', 'DisabledByDefault'].map(name => [protocolKey(version), name] as const)),
	...['SOFTWARE\\', 'SOFTWARE\\WOW6432Node\\'].flatMap(view => [
		...['v2.0.50727', 'v4.0.30319'].flatMap(runtime =>
			['SchUseStrongCrypto', 'SystemDefaultTlsVersions'].map(name => [`${view}Microsoft\\.NETFramework\\${runtime}`, name] as const),
		),
		[`${view}Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp`, 'DefaultSecureProtocols'] as const,
	]),
];
const numbers = fc.constantFrom(undefined, undefined, 0, 1, 2, 0xa0, 0x8_00, 0xa_00, 0x28_00, 0xff_ff_ff_ff);
const updateNames = ['KB4019276', 'KB3140245', 'KB3154517', 'KB3154518', 'KB3154519', 'KB3154520', 'KB3156421'];

test('what every client offers is what the documented procedure comes to, whatever is set', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(
				fc.constantFrom(...windowsVersions),
				fc.subarray(updateNames),
				fc.array(numbers, {minLength: places.length, maxLength: places.length}),
				(os, updates, values) => {
					const known = new Map(places.map(([key, name], index) => [`${key} ${name}`, values[index]]));
					const changes = places.flatMap(([key, name], index): RegistryChange[] => {
						const number = values[index];
						const value = number === undefined ? undefined : ({type: 'REG_DWORD', number} as const);
						return value === undefined ? [] : [{kind: 'set', key: `HKEY_LOCAL_MACHINE\\${key}`, name, value}];
					});
					const machine = describeMachine([{file: 'x', changes, problems: []}], {os, updates, program: {switches: {}}})!;
					const wanted = expected({os, updates: new Set(updates), read: (key, name) => known.get(`${key} ${name}`)});
					const found = assess(machine).filter(({client}) => /^(?:schannel|dotnet|winhttp)/.test(client));
					const wrong = found
						.map(({client, bits: view, offers}) => ({name: [client, view].filter(Boolean).join(' '), offers}))
						.filter(({name, offers}) => offers.join() !== wanted[name]!.join());
					if (found.length !== Object.keys(wanted).length || wrong.length > 0) {
						throw new Error(`${os.name}: ${JSON.stringify(wrong)} but ${JSON.stringify(wanted)}`);
					}
				},
			),
			{numRuns: roundsOf(500, 80)},
		),
	);
});
