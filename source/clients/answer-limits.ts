import type {HashName} from '../exchange/certificate-facts.js';

/** Of a size in bits; undefined for no limit that matters. */
export type BitLimits = {readonly least?: number; readonly most?: number};

/** What a client takes of certificates. */
export type CertificateLimits = {
	/** Of RSA keys, the server's own and those above it. */
	readonly rsaBits?: BitLimits | undefined;
	/** The weakest hash that it takes in their signatures. */
	readonly hash?: HashName | undefined;
};

/** What a client takes of a server's answer, beside what its hello says. What is undefined is not known. */
export type AnswerLimits = {
	/** Whether it refuses a server of TLS 1.2 or older that does not answer renegotiation_info. RFC 5746 §4.1. */
	readonly renegotiationInfo?: 'required' | 'optional' | undefined;
	/** Whether it refuses one that does not answer extended_master_secret. RFC 7627 §5.3. */
	readonly extendedMasterSecret?: 'required' | 'optional' | undefined;
	/** Of Diffie-Hellman's prime. */
	readonly dhBits?: BitLimits | undefined;
	/** Whether it takes a ServerKeyExchange of TLS 1.0 and 1.1, which is signed with MD5 and SHA-1, or with SHA-1. */
	readonly oldSignatures?: 'taken' | 'refused' | undefined;
	readonly certificates?: CertificateLimits | undefined;
	/** What it is stricter about where the authority is one that it comes with. Which one a server has is not looked at. */
	readonly publicCertificates?: CertificateLimits | undefined;
	/** Where this is known from. */
	readonly sources: readonly string[];
};
