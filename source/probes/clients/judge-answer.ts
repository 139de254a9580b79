import type {ClientProfile} from '../../clients/client-profile.js';
import type {HelloSpec} from '../../exchange/hello-spec.js';
import type {Outcome} from '../../exchange/outcome.js';
import {selects} from '../../exchange/selects.js';
import {versions} from '../../iana/versions.js';
import type {Missing} from './client-finding.js';
import {type FlightJudgement, judgeFlight, noObjection} from './judge-flight.js';

type Selected = Extract<Outcome, {kind: 'server-hello' | 'hello-retry-request'}>;

/** Whether a client would go on with what a server answered, and what of it is not known. */
export function judgeAnswer(outcome: Selected, client: Pick<ClientProfile, 'versions' | 'limits'>, hello: HelloSpec): FlightJudgement {
	const objection = selectionObjection(outcome, client, hello);
	if (objection !== undefined) {
		return {...noObjection, objection};
	}

	return outcome.kind === 'server-hello' && outcome.version <= 0x03_03
		? judgeFlight(outcome, client.limits, hello)
		: {...noObjection, isCertificateUnseen: true};
}

/** What a client would object to in what a server selects. */
function selectionObjection(
	outcome: Selected,
	{versions: taken}: Pick<ClientProfile, 'versions'>,
	{cipherSuites, extensions}: HelloSpec,
): Missing | undefined {
	if (!taken.some(name => selects(outcome, versions.code(name)))) {
		return 'version';
	}

	if (!cipherSuites.includes(outcome.cipherSuite)) {
		return 'cipher-suite';
	}

	const groups = extensions?.groups ?? [];
	return outcome.group !== undefined && groups.length > 0 && !groups.includes(outcome.group) ? 'group' : undefined;
}
