import {visible} from '../../bytes/hex.js';
import type {ConfirmedReport} from '../../engine/report.js';
import type {VersionName} from '../../iana/versions.js';
import {confirmedInWords} from '../confirmed-words.js';

/** What was found after the handshake and the evidence for the verdict, a paragraph each. See docs/confirm.md. */
export function confirmedAsEvidence(name: VersionName, confirmed: ConfirmedReport): string[] {
	const {attempts, cipherSuite, answer, differsFrom} = confirmed;
	const asked = answer === undefined ? 'no request was sent' : 'then GET / was sent';
	const connections = `${attempts} more ${attempts === 1 ? 'connection' : 'connections'}, with the TLS library of Node.js`;
	const suite = cipherSuite === undefined ? '' : `, ${visible(cipherSuite)}, and ${asked}`;
	const said = [
		...(answer?.server === undefined ? [] : [`server ${visible(answer.server)}`]),
		...(answer?.upgrade === undefined ? [] : [`upgrade ${visible(answer.upgrade)}`]),
	];
	return [
		`After the handshake (${connections}${suite}): ${visible(confirmedInWords(confirmed))}${said.length === 0 ? '' : ` [${said.join(', ')}]`}.`,
		ruleOf(name, confirmed, differsFrom?.version),
	];
}

function ruleOf(name: VersionName, {handshake, verdict, because, failure, answer}: ConfirmedReport, newer: string | undefined): string {
	if (handshake === 'failed') {
		if (failure!.cause !== undefined) {
			return 'The cause is known and is not the version. This is not a refusal of the version, and the status stays as the ServerHello says.';
		}

		return failure!.kind === 'own-stack'
			? 'The second TLS stack could not do this. It does not contradict the ServerHello, and is not a refusal by the server.'
			: 'The ServerHello accepts the version, but the rest of the handshake fails. The two TLS stacks disagree, and the status stays as the ServerHello says.';
	}

	if (handshake !== 'completed') {
		return 'So it is not known what the service would answer.';
	}

	switch (verdict) {
		case 'refused':
			return refusals[because!](name, newer);
		case 'served':
			return newer === undefined && answer!.kind === 'http' && answer!.status! >= 400
				? 'An error alone is not a refusal of the version: newer versions get the same error, or it does not mention TLS.'
				: 'The service answers with this version.';
		case 'undecided':
			return newer === undefined
				? 'This may be a refusal of the version: there is no newer version to compare it with.'
				: `${newer} gets a different answer to the same request, but this answer is not a refusal, or did not come twice.`;
		case 'unknown':
			return answer === undefined
				? 'No request is known for this port, so only the handshake is confirmed.'
				: 'There was no answer to judge. A timeout or a closed connection is not a refusal if newer versions get the same.';
		default:
			return verdict satisfies never;
	}
}

const refusals: Readonly<Record<NonNullable<ConfirmedReport['because']>, (name: string, newer: string | undefined) => string>> = {
	code: () => 'The service is documented to refuse a version with this code.',
	words: () => 'The text of the error says that the TLS version is wrong.',
	upgrade: () => 'The service requires an upgrade to TLS (RFC 9110 §15.5.22).',
	alert: () => 'The alert protocol_version says that the version is wrong (RFC 9846 §6.2), although it comes after the handshake.',
	difference: (name, newer) => `The same request gets different answers in ${newer} and in ${name}, both times that both were sent.`,
};
