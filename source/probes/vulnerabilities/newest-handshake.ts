import type {HandshakeSpec} from '../../exchange/completing/completion.js';
import {tlsNewestFirst, type VersionName, versions as versionRegistry} from '../../iana/versions.js';
import {acceptedName} from '../versions/accepted-hello.js';
import type {About, Assessment} from './vulnerability.js';

/** A handshake without a request, in the newest accepted one of these versions; undefined if none is accepted. */
export function newestHandshake(
	{earlier: {versions}, target}: Pick<About, 'earlier' | 'target'>,
	names: readonly VersionName[] = tlsNewestFirst,
): (HandshakeSpec & {readonly name: VersionName}) | undefined {
	const name = names.find(item => versions[item]?.status === 'accepted');
	return (
		name && {
			name,
			version: versionRegistry.code(name),
			serverName: acceptedName(versions[name], target.serverName),
			request: undefined,
		}
	);
}

/** The assessment if no version is accepted that Node.js supports. */
export const noVersion: Assessment = {status: 'inconclusive', message: 'no version from TLS 1.0 on is known to be accepted'};
