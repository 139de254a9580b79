import type {HelloSpec} from '../../exchange/hello-spec.js';
import type {VersionFinding} from './finding.js';
import {listedHello, listedShape, shapesOf} from './shapes.js';

/** The server name to send for a version: none if the version was accepted only without one. */
export const acceptedName = (
	finding: Pick<VersionFinding, 'isAcceptedWithoutServerName'> | undefined,
	serverName: string | undefined,
): string | undefined => (finding?.isAcceptedWithoutServerName ? undefined : serverName);

/** The hello that a version was accepted with. */
export function acceptedHello(version: number, {shape}: VersionFinding, serverName: string | undefined): HelloSpec {
	if (shape === listedShape) {
		return listedHello(version, serverName);
	}

	const shapes = shapesOf(version, serverName);
	return shapes.find(hello => hello.shape === shape) ?? shapes[0];
}
