import type {AnswerLimits, CertificateLimits} from '../../clients/answer-limits.js';
import {type CertificateFacts, type HashName, hashes} from '../../exchange/certificate-facts.js';
import type {Missing} from './client-finding.js';
import {judgeBits, type NumberJudgement} from './judge-bits.js';

/** What a client makes of the keys and the signatures of certificates. Whom it trusts, names and dates are not looked at. */
export function judgeCertificates(
	certificates: readonly CertificateFacts[] | undefined,
	limits: AnswerLimits | undefined,
): readonly (readonly [Missing, NumberJudgement])[] {
	return (certificates ?? []).flatMap(certificate => [
		['certificate-key', worse(certificate, limits, judgeKey)] as const,
		['certificate-signature', worse(certificate, limits, judgeHash)] as const,
	]);
}

/** Where the authority decides, it is not known. */
function worse(
	certificate: CertificateFacts,
	limits: AnswerLimits | undefined,
	judge: (certificate: CertificateFacts, limits: CertificateLimits | undefined) => NumberJudgement,
): NumberJudgement {
	const taken = judge(certificate, limits?.certificates);
	const isStricter = limits?.publicCertificates !== undefined && judge(certificate, limits.publicCertificates) === 'refused';
	return taken === 'taken' && isStricter ? 'unknown' : taken;
}

const usualRsaBits = {least: 2048, most: 4096} as const;

const judgeKey = ({keyType, keyBits}: CertificateFacts, limits: CertificateLimits | undefined): NumberJudgement =>
	keyType?.startsWith('rsa') ? judgeBits(keyBits, limits?.rsaBits && {most: 16_384, ...limits.rsaBits}, usualRsaBits) : 'taken';

/** An authority of itself is believed or not, whatever it is signed with. */
function judgeHash({hash, isSelfIssued}: CertificateFacts, limits: CertificateLimits | undefined): NumberJudgement {
	if (hash === undefined || isSelfIssued) {
		return 'taken';
	}

	if (limits?.hash !== undefined) {
		return isWeaker(hash, limits.hash) ? 'refused' : 'taken';
	}

	return isWeaker(hash, 'sha256') ? 'unknown' : 'taken';
}

const isWeaker = (one: HashName, other: HashName): boolean => hashes.indexOf(one) < hashes.indexOf(other);
