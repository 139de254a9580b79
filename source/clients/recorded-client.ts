import type {SeenHello} from '../exchange/read-client-hello.js';
import {type VersionName, versions} from '../iana/versions.js';
import type {ClientProfile} from './client-profile.js';

/** A client of which there is one hello. Its server name is replaced by the one that is asked for, where it has one. */
export function recordedClient(name: string, seen: SeenHello): ClientProfile {
	const {spec, supportedVersions, version} = seen;
	return {
		name,
		title: name,
		family: 'tool',
		aliases: [],
		versions: versions.entries.filter(({code}) => isTaken(code, supportedVersions, version)).map(entry => entry.name) as VersionName[],
		sources: ['a recording'],
		confidence: 'high',
		note: supportedVersions === undefined ? 'A hello of this kind does not say which older versions the client accepts.' : undefined,
		hello: {recorded: spec},
	};
}

/** Without supported_versions a hello names the newest alone. SSL 2 and 3 are taken not to be meant. */
const isTaken = (code: number, listed: readonly number[] | undefined, newest: number): boolean =>
	listed === undefined ? code === newest || (code >= 0x03_01 && code <= newest) : listed.includes(code);
