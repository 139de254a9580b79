import type {ClientProfile} from '../../clients/client-profile.js';
import type {HelloSpec} from '../../exchange/hello-spec.js';
import type {Outcome} from '../../exchange/outcome.js';
import {selects} from '../../exchange/selects.js';
import {versions} from '../../registry/versions.js';
import type {Missing} from './client-finding.js';

/** Whether a client would go on with a ServerHello; what it would object to otherwise. Certificates are not looked at. */
export function objectionTo(
	outcome: Extract<Outcome, {kind: 'server-hello' | 'hello-retry-request'}>,
	{versions: taken, dhBits}: Pick<ClientProfile, 'versions' | 'dhBits'>,
	{cipherSuites, extensions}: HelloSpec,
): Missing | undefined {
	if (!taken.some(name => selects(outcome, versions.code(name)))) {
		return 'version';
	}

	if (!cipherSuites.includes(outcome.cipherSuite)) {
		return 'cipher-suite';
	}

	const groups = extensions?.groups ?? [];
	if (outcome.group !== undefined && groups.length > 0 && !groups.includes(outcome.group)) {
		return 'group';
	}

	const bits = outcome.kind === 'server-hello' ? outcome.primeBits : undefined;
	const isOutside = bits !== undefined && (bits < (dhBits?.least ?? 0) || bits > (dhBits?.most ?? Number.POSITIVE_INFINITY));
	return isOutside ? 'key-size' : undefined;
}
