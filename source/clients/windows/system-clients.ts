import {versionNames} from '../../iana/versions.js';
import {defineSchannelClient} from '../building/schannel.js';
import type {ClientProfile} from '../client-profile.js';
import {sharersOf} from './sharers.js';
import {shippedState, versionsOn, type WindowsVersion} from './versions.js';

const sources = [
	'the suite order that Microsoft documents (win32, TLS Cipher Suites in Windows)',
	'the versions that Microsoft documents (win32, Protocols in TLS/SSL)',
	'the order of extensions that captures of several builds share',
];

/** The profiles of programs that leave everything to SChannel, for each Windows that has its own. */
export const systemClientsOf = (versions: readonly WindowsVersion[]): readonly ClientProfile[] =>
	versions.flatMap(windows => profilesOf(windows, versions));

function profilesOf(windows: WindowsVersion, versions: readonly WindowsVersion[]): readonly ClientProfile[] {
	const {profile} = windows;
	if (profile === 'recorded' || 'sameAs' in profile) {
		return [];
	}

	const {turnedOn, moreSources = [], title = windows.title, confidence = 'medium', note} = profile;
	const shared = {family: 'windows', build: windows.build, sources: [...sources, ...moreSources], confidence} as const;
	const aliases = sharersOf(windows, versions, 'profile');
	const installed = defineSchannelClient({...shared, name: windows.name, title, aliases, versions: versionsOn(windows), note});
	if (turnedOn === undefined) {
		return [installed];
	}

	return [
		installed,
		defineSchannelClient({
			...shared,
			...turnedOn,
			name: `${windows.name}-tls12`,
			aliases: aliases.map(alias => `${alias}-tls12`),
			versions: versionNames.filter(version => version !== 'SSLv2' && shippedState(windows, version) !== undefined),
		}),
	];
}
