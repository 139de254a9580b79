import type {AnswerLimits, BitLimits} from '../clients/answer-limits.js';
import type {VersionName} from '../iana/versions.js';
import {readableHash} from './client-objections.js';

/** What a client takes of answers, each in a few words. What is not known is left out. */
export function limitsInWords(
	{renegotiationInfo, extendedMasterSecret, dhBits, oldSignatures, certificates, publicCertificates}: AnswerLimits,
	versions: readonly VersionName[],
): string {
	const isOld = versions.includes('TLSv1.0') || versions.includes('TLSv1.1');
	const publicly = [
		...(publicCertificates?.rsaBits ? [`RSA keys of ${bitsInWords(publicCertificates.rsaBits)}`] : []),
		...(publicCertificates?.hash ? [`signatures with ${readableHash(publicCertificates.hash)} or stronger`] : []),
	];
	return [
		...(renegotiationInfo ? [`renegotiation_info ${renegotiationInfo}`] : []),
		...(extendedMasterSecret ? [`extended_master_secret ${extendedMasterSecret}`] : []),
		...(dhBits ? [`Diffie-Hellman of ${bitsInWords(dhBits)}`] : []),
		...(oldSignatures && isOld ? [`signatures of TLS 1.0 and 1.1 ${oldSignatures}`] : []),
		...(certificates?.rsaBits ? [`RSA keys of ${bitsInWords(certificates.rsaBits)}`] : []),
		...(certificates?.hash ? [`certificates signed with ${readableHash(certificates.hash)} or stronger`] : []),
		...(publicly.length === 0 ? [] : [`under its built-in CAs ${publicly.join(' and ')}`]),
	].join(', ');
}

function bitsInWords({least = 0, most}: BitLimits): string {
	if (most === undefined) {
		return least === 0 ? 'any size' : `at least ${least} bits`;
	}

	return least === 0 ? `up to ${most} bits` : `${least} to ${most} bits`;
}
