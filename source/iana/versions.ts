import {defineRegistry} from './define-registry.js';

/** Protocol versions as encoded on the wire, oldest first. */
export const versions = defineRegistry(2, [
	// The draft's 0x0002, which the numbers of later versions do not continue.
	{code: 0x00_02, name: 'SSLv2', source: 'draft-hickman-netscape-ssl-00'},
	{code: 0x03_00, name: 'SSLv3', source: 'RFC 6101'},
	{code: 0x03_01, name: 'TLSv1.0', source: 'RFC 2246'},
	{code: 0x03_02, name: 'TLSv1.1', source: 'RFC 4346'},
	// Obsoleted by RFC 9846, like RFC 8446, and still the only description of TLS 1.2, to which RFC 9851 adds nothing new.
	{code: 0x03_03, name: 'TLSv1.2', source: 'RFC 5246'},
	{code: 0x03_04, name: 'TLSv1.3', source: 'RFC 9846'},
]);

export type VersionName = (typeof versions)['entries'][number]['name'];

export const versionNames: readonly VersionName[] = versions.entries.map(({name}) => name);

export const defaultVersions: readonly VersionName[] = ['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

/** TLS 1.2 to 1.0, the newest first. */
export const tlsBefore13 = ['TLSv1.2', 'TLSv1.1', 'TLSv1.0'] as const satisfies readonly VersionName[];

/** TLS 1.3 to 1.0, the newest first. */
export const tlsNewestFirst = ['TLSv1.3', ...tlsBefore13] as const;

/** Versions that no server should accept any more. RFC 6176, RFC 7568, RFC 8996. */
const oldVersions: ReadonlySet<VersionName> = new Set(['SSLv2', 'SSLv3', 'TLSv1.0', 'TLSv1.1']);

/** Whether a version is deprecated: SSL 2, SSL 3, TLS 1.0 and TLS 1.1 are. */
export const isOld = (name: VersionName): boolean => oldVersions.has(name);

/**
Any usual spelling of a version: `1.2`, `tls1.2`, `TLSv1.2`, `tls12`, `TLSv1`, `tls1_2`, `ssl3`, `SSLv3`.

@returns Its name in output, or undefined for anything else.
*/
export function parseVersion(text: string): VersionName | undefined {
	const match = /^(?<protocol>ssl|tls)?[\s_-]*v?[\s_-]*(?<major>[123])(?:[._-]?(?<minor>\d))?$/i.exec(text.trim());
	if (match === null) {
		return undefined;
	}

	const {protocol = '', major, minor = '0'} = match.groups!;
	const isSsl = protocol.toLowerCase() === 'ssl';
	const name = isSsl ? `SSLv${major}` : `TLSv${major}.${minor}`;
	return isSsl && minor !== '0' ? undefined : versionNames.find(known => known === name);
}
