import type {AnswerLimits} from '../answer-limits.js';

const levels = 'OpenSSL: SSL_CTX_set_security_level(3)';
const legacyConnect = 'OpenSSL: SSL_CTX_set_options(3), SSL_OP_LEGACY_SERVER_CONNECT';

/** The same limits, for a version that was tried: it was installed, and connected to servers that differ in what is limited. */
export const measured = (limits: AnswerLimits): AnswerLimits => ({
	...limits,
	sources: [...limits.sources, 'connections of this version to servers that differ in this'],
});

/** OpenSSL 3 at security level 1, its default up to 3.1: 80 bits, which SHA-1 and MD5 do not have there. */
export const openssl3Level1: AnswerLimits = {
	renegotiationInfo: 'required',
	extendedMasterSecret: 'optional',
	dhBits: {least: 1024, most: 10_000},
	oldSignatures: 'refused',
	certificates: {rsaBits: {least: 1024}, hash: 'sha224'},
	sources: [levels, legacyConnect],
};

/** OpenSSL 3 at security level 2, the default of Debian, of Python, and of OpenSSL 3.2 and later: 112 bits. */
export const openssl3Level2: AnswerLimits = {
	...openssl3Level1,
	dhBits: {least: 2048, most: 10_000},
	certificates: {rsaBits: {least: 2048}, hash: 'sha224'},
};

/** OpenSSL 1.1.1 as Debian has it, at level 2. It counts 80 bits for SHA-1. */
export const openssl111Debian: AnswerLimits = {
	...openssl3Level2,
	renegotiationInfo: 'optional',
	sources: [levels, legacyConnect],
};

/** OpenSSL 1.1.0 at level 1. */
export const openssl110: AnswerLimits = {
	renegotiationInfo: 'optional',
	extendedMasterSecret: 'optional',
	dhBits: {least: 1024, most: 10_000},
	oldSignatures: 'taken',
	certificates: {rsaBits: {least: 1024}, hash: 'sha1'},
	sources: [levels, legacyConnect],
};

/** OpenSSL 0.9.8 to 1.0.2. The least prime depends on the update: none, 768 or 1024 bits. */
export const opensslBeforeLevels: AnswerLimits = {
	renegotiationInfo: 'optional',
	extendedMasterSecret: 'optional',
	oldSignatures: 'taken',
	certificates: {rsaBits: {least: 0}, hash: 'sha1'},
	sources: [legacyConnect],
};

/** Java since 2017. What the JDK's own authorities issue is not taken with SHA-1. */
export const javaNew: AnswerLimits = {
	renegotiationInfo: 'optional',
	extendedMasterSecret: 'optional',
	dhBits: {least: 1024, most: 8192},
	oldSignatures: 'taken',
	certificates: {rsaBits: {least: 1024}, hash: 'sha1'},
	publicCertificates: {hash: 'sha224'},
	sources: ['OpenJDK: java.security, jdk.tls.disabledAlgorithms and jdk.certpath.disabledAlgorithms'],
};

/** Java before; what it takes of certificates depends on the update. */
export const javaOld: AnswerLimits = {
	renegotiationInfo: 'optional',
	extendedMasterSecret: 'optional',
	oldSignatures: 'taken',
	sources: ['Oracle: JSSE Reference Guide, transport layer security renegotiation issue'],
};

export const goNew: AnswerLimits = {
	renegotiationInfo: 'optional',
	extendedMasterSecret: 'optional',
	oldSignatures: 'taken',
	certificates: {rsaBits: {least: 1024, most: 8192}, hash: 'sha256'},
	sources: ['Go: crypto/x509 (InsecureAlgorithmError), crypto/rsa (rsa1024min), crypto/tls (tlsmaxrsasize)'],
};

export const gnutls37: AnswerLimits = {
	renegotiationInfo: 'optional',
	extendedMasterSecret: 'optional',
	dhBits: {least: 1008},
	oldSignatures: 'taken',
	certificates: {rsaBits: {least: 1024}, hash: 'sha224'},
	sources: ['GnuTLS manual: priority strings, selecting cryptographic key sizes'],
};

/** Chromium since it verifies certificates itself on every system. */
export const chromiumNew: AnswerLimits = {
	renegotiationInfo: 'optional',
	extendedMasterSecret: 'optional',
	oldSignatures: 'taken',
	certificates: {rsaBits: {least: 1024}, hash: 'sha256'},
	publicCertificates: {rsaBits: {least: 2048}},
	sources: ['Chromium: net/cert, the certificate verifier'],
};

/** Chrome before. */
export const chromeOld: AnswerLimits = {
	renegotiationInfo: 'optional',
	extendedMasterSecret: 'optional',
	dhBits: {least: 1024},
	oldSignatures: 'taken',
	sources: ['Chromium: net/ssl'],
};

export const firefoxNew: AnswerLimits = {
	renegotiationInfo: 'optional',
	extendedMasterSecret: 'optional',
	dhBits: {least: 1023},
	oldSignatures: 'taken',
	certificates: {rsaBits: {least: 1024}, hash: 'sha256'},
	publicCertificates: {rsaBits: {least: 2048}},
	sources: ['Firefox: security.ssl.require_safe_negotiation, NSSCertDBTrustDomain'],
};

export const firefoxOld: AnswerLimits = {
	renegotiationInfo: 'optional',
	extendedMasterSecret: 'optional',
	dhBits: {least: 1023},
	oldSignatures: 'taken',
	sources: ['Firefox: security.ssl.require_safe_negotiation'],
};

/** SChannel with its updates. SHA-1 and keys below 2048 bits are refused under authorities of Microsoft's program. */
export const schannel: AnswerLimits = {
	renegotiationInfo: 'optional',
	extendedMasterSecret: 'optional',
	oldSignatures: 'taken',
	certificates: {rsaBits: {least: 1024}, hash: 'sha1'},
	publicCertificates: {rsaBits: {least: 2048}, hash: 'sha256'},
	sources: [
		'Microsoft: MS10-049 (AllowInsecureRenegoServers)',
		'Microsoft: KB2661254 (RSA keys below 1024 bits), KB2862973 (MD5)',
		'Microsoft: Windows enforcement of SHA-1 certificates; deprecated features (RSA keys below 2048 bits)',
	],
};
