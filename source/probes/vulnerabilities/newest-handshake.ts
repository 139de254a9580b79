import type {HandshakeSpec} from '../../exchange/completing/completion.js';
import {type VersionName, versions as versionRegistry} from '../../iana/versions.js';
import {acceptedName} from '../versions/accepted-hello.js';
import type {About, Assessment} from './vulnerability.js';

const fromTls10 = ['TLSv1.3', 'TLSv1.2', 'TLSv1.1', 'TLSv1.0'] as const satisfies readonly VersionName[];

/** A handshake without a request, in the newest accepted one of these versions; undefined if none is accepted. */
export function newestHandshake(
	{earlier: {versions}, target}: Pick<About, 'earlier' | 'target'>,
	names: readonly VersionName[] = fromTls10,
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
