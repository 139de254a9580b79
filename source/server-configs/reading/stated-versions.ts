import {type VersionName, versionNames} from '../../iana/versions.js';

/** What a configuration says of versions: on, off, or nothing that holds for every version of the product. */
export type StatedVersions = {readonly accepts: readonly VersionName[]; readonly rejects: readonly VersionName[]};

/** These are on, and all others off. */
export const exactly = (on: ReadonlySet<VersionName>): StatedVersions => ({
	accepts: versionNames.filter(name => on.has(name)),
	rejects: versionNames.filter(name => !on.has(name)),
});

/** Of what answers known names alone nothing can be shown for SSL 2 and 3, whose hellos carry none. */
export const forNamesAlone = ({rejects, ...others}: StatedVersions): StatedVersions => ({
	...others,
	rejects: rejects.filter(name => name !== 'SSLv2' && name !== 'SSLv3'),
});

/** The names that OpenSSL's configuration commands have, which most products use. */
export const opensslVersions: ReadonlyMap<string, VersionName> = new Map([
	['SSLv2', 'SSLv2'],
	['SSLv3', 'SSLv3'],
	['TLSv1', 'TLSv1.0'],
	['TLSv1.0', 'TLSv1.0'],
	['TLSv1.1', 'TLSv1.1'],
	['TLSv1.2', 'TLSv1.2'],
	['TLSv1.3', 'TLSv1.3'],
]);
