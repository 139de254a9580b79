import type {ClientProfile} from '../../clients/client-profile.js';
import type {HelloSpec} from '../../exchange/hello-spec.js';
import type {Outcome} from '../../exchange/outcome.js';
import type {ClientFinding} from './client-finding.js';
import {judgeAnswer} from './judge-answer.js';

/** What is settled by a server's answer to the client's own hello. */
export function findingOfAnswer(
	outcome: Extract<Outcome, {kind: 'server-hello' | 'hello-retry-request'}>,
	attempt: number,
	client: ClientProfile,
	hello: HelloSpec,
): ClientFinding {
	const {objection, doubts, certificates, isCertificateUnseen} = judgeAnswer(outcome, client, hello);
	return {
		name: client.name,
		connects: objection === undefined ? 'yes' : 'no',
		outcome,
		attempt,
		missing: objection === undefined ? [] : [objection],
		sharedVersion: objection === 'version' ? undefined : outcome.version,
		doubts,
		certificates,
		isCertificateUnseen,
	};
}
