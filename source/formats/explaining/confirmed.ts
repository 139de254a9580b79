import {visible} from '../../bytes/hex.js';
import type {ConfirmedReport} from '../../engine/report.js';
import type {VersionName} from '../../iana/versions.js';
import {confirmedInWords} from '../confirmed-words.js';

/** What was found behind the handshake and what its verdict rests on, a paragraph each. docs/confirm.md has all of it. */
export function confirmedAsEvidence(name: VersionName, confirmed: ConfirmedReport): string[] {
	const {attempts, cipherSuite, answer, differsFrom} = confirmed;
	const asked = answer === undefined ? 'nothing was asked' : 'then GET / was sent';
	const connections = `${attempts} ${attempts === 1 ? 'connection' : 'connections'} more, by the TLS library of Node.js`;
	const suite = cipherSuite === undefined ? '' : `, ${visible(cipherSuite)}, and ${asked}`;
	const said = [
		...(answer?.server === undefined ? [] : [`server ${visible(answer.server)}`]),
		...(answer?.upgrade === undefined ? [] : [`upgrade ${visible(answer.upgrade)}`]),
	];
	return [
		`Behind the handshake (${connections}${suite}): ${visible(confirmedInWords(confirmed))}${said.length === 0 ? '' : ` [${said.join(', ')}]`}.`,
		ruleOf(name, confirmed, differsFrom?.version),
	];
}

function ruleOf(name: VersionName, {handshake, verdict, because, failure, answer}: ConfirmedReport, newer: string | undefined): string {
	if (handshake === 'failed') {
		if (failure!.cause !== undefined) {
			return 'The cause is known and is not the version: it is no refusal of the version, and the status stays what the ServerHello says.';
		}

		return failure!.kind === 'own-stack'
			? 'That is what the second stack could not do. It says nothing against the ServerHello, and is no refusal by the server.'
			: 'The ServerHello accepts and the rest of the handshake fails: the two stacks disagree, and the status stays what the ServerHello says.';
	}

	if (handshake !== 'completed') {
		return 'So nothing is known of what the service would answer.';
	}

	switch (verdict) {
		case 'refused':
			return refusals[because!](name, newer);
		case 'served':
			return newer === undefined && answer!.kind === 'http' && answer!.status! >= 400
				? 'An error by itself is no refusal of the version: newer versions get the same, or nothing in it speaks of TLS.'
				: 'The service answers in this version.';
		case 'undecided':
			return newer === undefined
				? 'This may be a refusal of the version or not: there is no newer version to hold it against.'
				: `${newer} gets another answer to the same request, but this one is not a refusal, or did not come twice.`;
		case 'unknown':
			return answer === undefined
				? 'No request is known for this port, so only the handshake is confirmed.'
				: 'There was no answer to judge. Silence and a hang-up that newer versions get too are no refusal.';
		default:
			return verdict satisfies never;
	}
}

const refusals: Readonly<Record<NonNullable<ConfirmedReport['because']>, (name: string, newer: string | undefined) => string>> = {
	code: () => 'That is the code by which the service is documented to refuse a version.',
	words: () => 'The text of the error names the version of TLS as what is wrong.',
	upgrade: () => 'The service demands an upgrade to TLS (RFC 9110 §15.5.22).',
	alert: () => 'The alert protocol_version names the version as what is wrong (RFC 9846 §6.2), though it comes behind the handshake.',
	difference: (name, newer) => `The same request is answered otherwise in ${newer} than in ${name}, both times that both were asked.`,
};
