import type {Conversation} from '../probe.js';
import type {Progress} from './progress.js';
import {hasAnswered} from './rate-limit.js';
import {askRepeatedly} from './repeat.js';
import {listedHello} from './shapes.js';
import {triesListed, type VersionState} from './version-state.js';

/**
Ask for old versions in the shape `listed`. Gates by version (`ssl_preread_protocol` of nginx, `req.ssl_ver` of HAProxy) read
`legacy_version` or the highest version they know, let such a hello pass, and the server behind may accept. An acceptance replaces what
the version came to before. Any other answer replaces nothing: a server that knows nothing of `supported_versions` below TLS 1.3 answers by
`legacy_version`, which says nothing of the old version.

@param standings - Of old versions that were refused by a close or a reset (`isListedWanted` of listed-doubt.ts). Those that were asked so before are left out.
*/
export function* askListed(progress: Progress, versionStates: readonly VersionState[], serverName: string | undefined): Conversation<void> {
	const items = versionStates
		.filter(versionState => triesListed(versionState).length === 0)
		.map(versionState => ({versionState, hello: listedHello(versionState.version, serverName)}));
	// Where no hello has passed, this one will not either.
	if (items.length > 0 && hasAnswered(progress)) {
		yield* askRepeatedly(progress, items, times);
	}
}

/** How often `listed` has to be closed or reset. No other shape can show that a server drops what it accepts: a filter closes them all. */
const times = 3;
