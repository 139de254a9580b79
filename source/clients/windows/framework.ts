import type {VersionName} from '../../iana/versions.js';
import {versionsOn, type WindowsVersion} from './versions.js';

/** The .NET Framework that a program was built for, as far as it matters. 4.5 stands for 4.0 to 4.5.2, 4.6 for 4.6 to 4.6.2, 4.7 for 4.7 and later. */
export type FrameworkTarget = '4.5' | '4.6' | '4.7';

/** What a program on .NET Framework 4 does where nothing is set. SPM-CFG, RS-SW. */
export const targets: Readonly<
	Record<
		FrameworkTarget,
		{
			readonly span: string;
			/** Whether it uses strong cryptography: no weak suites, no SSL 3. */
			readonly isStrong: boolean;
			/** Whether it leaves the choice of versions to SChannel. */
			readonly isSystem: boolean;
		}
	>
> = {
	'4.5': {span: '4.0 to 4.5.2', isStrong: false, isSystem: false},
	'4.6': {span: '4.6 to 4.6.2', isStrong: true, isSystem: false},
	'4.7': {span: '4.7 or later', isStrong: true, isSystem: true},
};

/** What a program asks for by name: with strong cryptography, and without, as every program before .NET 4.6. */
export const strongVersions: readonly VersionName[] = ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'];
export const weakVersions: readonly VersionName[] = ['SSLv3', 'TLSv1.0'];

/** What SChannel has on, without SSL, as strong cryptography leaves it. */
export const tlsVersionsOn = (windows: WindowsVersion): readonly VersionName[] =>
	versionsOn(windows).filter(version => !version.startsWith('SSL'));

/** What a program of this target offers on a Windows, as installed. */
export function versionsOf(target: FrameworkTarget, windows: WindowsVersion): readonly VersionName[] {
	const {isStrong, isSystem} = targets[target];
	return isSystem ? tlsVersionsOn(windows) : isStrong ? strongVersions : weakVersions;
}
