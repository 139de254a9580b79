import type {Certificate} from '../../certificates/certificate.js';
import type {OcspFacts} from '../../certificates/ocsp-response.js';
import type {SentChain} from '../../certificates/sent-chain.js';
import {isWeakHash} from '../../certificates/signature-algorithm.js';
import {shortLivedDays, validityDays, validityLimit} from '../../certificates/validity-limits.js';
import {findRsaFaults, type RsaFault} from '../../certificates/weak-rsa.js';
import type {CertificateProblem, TrustReport} from './identity-report.js';
import {storeWords} from './store-words.js';

/** What problems are found in. */
export type Assessed = {
	readonly leaf: Certificate;
	readonly sent: SentChain;
	readonly trust: TrustReport;
	readonly staple: OcspFacts | undefined;
	/** Enough connections asked for a staple, and none brought one. */
	readonly isStapleAbsent: boolean;
	/** What was asked for; undefined where the identity is that of no name. */
	readonly asked: string | undefined;
	readonly fits: boolean;
	readonly scts: number;
	/** Milliseconds since 1970. */
	readonly now: number;
};

const dayMs = 86_400_000;

const error = (id: string, message: string): CertificateProblem => ({id, severity: 'error', message});
const warning = (id: string, message: string): CertificateProblem => ({id, severity: 'warning', message});
const remark = (id: string, message: string): CertificateProblem => ({id, severity: 'note', message});

/** Everything that is wrong with an identity, in the order of what to look at first. */
export function findProblems(assessed: Assessed): readonly CertificateProblem[] {
	const [dates, names, others] = [
		datesOf(assessed),
		namesOf(assessed),
		[...chainOf(assessed), ...keysOf(assessed), ...usesOf(assessed), ...staplingOf(assessed), ...rulesOf(assessed)],
	];
	// What makes a chain untrusted may be among the others already, with the certificate that it is about.
	const said = new Set([...dates, ...others].map(({id}) => id));
	const trust = trustOf(assessed).filter(({id}) => !said.has(id) && !(id === 'chain-expired' && said.has('expired')));
	return [...dates, ...names, ...trust, ...others];
}

const day = (time: number): string => (Number.isNaN(time) ? 'a date that cannot be read' : new Date(time).toISOString().slice(0, 10));

function datesOf({leaf: {notBefore, notAfter}, now}: Assessed): CertificateProblem[] {
	if (Number.isNaN(notBefore) || Number.isNaN(notAfter)) {
		return [error('unreadable', 'The dates of the certificate cannot be read.')];
	}

	if (notAfter < now) {
		return [error('expired', `The certificate expired on ${day(notAfter)}.`)];
	}

	if (notBefore > now) {
		return [error('not-yet-valid', `The certificate is not valid before ${day(notBefore)}.`)];
	}

	// A sixth of the lifetime is late for a renewal that is automatic, and 30 days are time enough for one that is not.
	const left = notAfter - now;
	const daysLeft = Math.floor(left / dayMs);
	return left < Math.min((notAfter - notBefore) / 6, 30 * dayMs)
		? [warning('expires-soon', `The certificate expires on ${day(notAfter)}, in ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'}.`)]
		: [];
}

function namesOf({leaf: {extensions}, asked, fits}: Assessed): CertificateProblem[] {
	const hasNames = extensions.subjectAltNames?.some(({kind}) => kind === 'dns' || kind === 'ip') === true;
	return [
		...(hasNames
			? []
			: [error('no-subject-alt-name', 'The certificate has no DNS name or IP address in subjectAltName. Clients ignore the subject.')]),
		...(asked !== undefined && hasNames && !fits ? [error('name-mismatch', `The certificate is not for ${asked}.`)] : []),
	];
}

function trustOf({leaf, sent, trust}: Assessed): CertificateProblem[] {
	const {status, reason, path} = trust;
	const last = path.at(-1);
	const where = trust.stores.map(({store}) => storeWords[store]).join(' or ');
	if (status === 'trusted' || reason === undefined) {
		return [];
	}

	const about = path.length <= 1 ? 'the certificate' : `"${last?.subject ?? ''}"`;
	switch (reason) {
		case 'self-signed':
			return [error('self-signed', `The certificate is signed by its own key, and is not trusted by ${where}.`)];
		case 'unknown-root':
			return [error('unknown-root', `The chain ends in ${about}, which is not trusted by ${where}.`)];
		case 'unknown-issuer': {
			const isMissing =
				path.length <= 1 || sent.others.some(({role}) => role === 'unrelated') || urlsAt(leaf, sent, last?.sha256).length > 0;
			return isMissing
				? [
						error(
							'missing-intermediate',
							`The server does not send the issuer of ${about}, and no store has it: the chain is incomplete, or its root is private.`,
						),
					]
				: [error('unknown-issuer', `The issuer of ${about} is not trusted by ${where}.`)];
		}
		default:
			return reason in reasonWords ? [error(reason === 'expired' ? 'chain-expired' : reason, reasonWords[reason]!)] : [];
	}
}

const urlsAt = (leaf: Certificate, {others}: SentChain, sha256: string | undefined): readonly string[] =>
	[leaf, ...others.flatMap(({certificate}) => certificate ?? [])].find(item => item.sha256 === sha256)?.extensions.caIssuersUrls ?? [];

const reasonWords: Readonly<Record<string, string>> = {
	expired: 'A certificate of the chain has expired.',
	'not-yet-valid': 'A certificate of the chain is not valid yet.',
	'bad-signature': 'A certificate of the chain is not signed by the key of its issuer.',
	'not-a-ca': 'An issuer in the chain is not a certificate authority.',
	'path-length': 'The chain is longer than the path length constraint of one of its authorities allows.',
	'key-usage': 'The key usage of a certificate in the chain does not allow the use of its key.',
	'extended-key-usage': 'A certificate of the chain is not for servers.',
	'name-constraints': 'An authority of the chain may not certify this name.',
	'unknown-critical-extension': 'A certificate of the chain has a critical extension that is not known.',
	'weak-signature': 'A certificate of the chain is signed with a hash that clients do not accept.',
	'weak-key': 'A certificate of the chain has a key that clients do not accept.',
	'unsupported-algorithm': 'The chain has an algorithm that cannot be verified here.',
	'too-many-paths': 'The chain has more possible paths than are tried.',
};

function chainOf({sent: {others, isInOrder}}: Assessed): CertificateProblem[] {
	const count = (role: string): number => others.filter(other => other.role === role).length;
	const some = (role: string, make: (count: number) => CertificateProblem): CertificateProblem[] =>
		count(role) > 0 ? [make(count(role))] : [];
	return [
		...(isInOrder ? [] : [warning('wrong-order', 'The chain is not in order: each certificate has to follow one that it issued.')]),
		...some('unreadable', found => error('unreadable', `${certificates(found)} of the chain cannot be read.`)),
		...some('unrelated', found => warning('superfluous', `${certificates(found)} of the chain issued none of the others.`)),
		...some('duplicate', found => warning('duplicate', `${certificates(found)} of the chain ${found === 1 ? 'is' : 'are'} sent twice.`)),
		...some('root', () => remark('root-sent', 'The server sends the root certificate. This is not necessary: clients use their own copy.')),
	];
}

const certificates = (count: number): string => (count === 1 ? 'A certificate' : `${count} certificates`);

function keysOf({leaf, sent}: Assessed): CertificateProblem[] {
	const issuers = sent.others.flatMap(({role, certificate}) => (role === 'issuer' && certificate !== undefined ? [certificate] : []));
	return [leaf, ...issuers].flatMap((certificate, index) =>
		keyOf(certificate, index === 0 ? 'The certificate' : `"${certificate.subject}"`),
	);
}

function keyOf({key, signature}: Certificate, about: string): CertificateProblem[] {
	const {type, bits, curve, modulus, exponent} = key;
	const isWeakHere = (type === 'rsa' || type === 'rsa-pss') && bits !== undefined && bits < 2048;
	return [
		...(isWeakHere
			? [(bits < 1024 ? error : warning)('weak-key', `${about} has an RSA key of ${bits} bits; at least 2048 bits are required.`)]
			: []),
		...(type === 'ec' && bits !== undefined && bits < 224
			? [warning('weak-key', `${about} has a key on ${curve}, which is weaker than P-256.`)]
			: []),
		...(type === 'dsa' ? [error('weak-key', `${about} has a DSA key, which clients do not accept.`)] : []),
		...(modulus !== undefined && exponent !== undefined ? findRsaFaults(modulus, exponent) : []).map(fault =>
			error(fault, `${about} has an RSA key ${rsaWords[fault]}.`),
		),
		...(isWeakHash(signature.hash) ? [error('weak-signature', `${about} is signed with ${signature.name}.`)] : []),
	];
}

const rsaWords: Readonly<Record<RsaFault, string>> = {
	roca: 'that Infineon chips made and that can be factored (ROCA, CVE-2017-15361)',
	'close-primes': 'that can be factored easily because its primes are close to each other (CVE-2022-26320)',
	'small-exponent': 'with an exponent that gives no security',
	'even-modulus': 'with an even modulus',
};

function usesOf({leaf: {extensions, serialNumber}}: Assessed): CertificateProblem[] {
	const {extendedKeyUsage, basicConstraints, undecodable} = extensions;
	const isNegative = serialNumber.length === 0 || serialNumber[0]! >= 0x80 || serialNumber.every(byte => byte === 0);
	return [
		...(extendedKeyUsage !== undefined && !extendedKeyUsage.includes('1.3.6.1.5.5.7.3.1')
			? [error('extended-key-usage', 'The certificate is not for servers: serverAuth is not among its uses.')]
			: []),
		...(basicConstraints?.isCa === true
			? [warning('ca-certificate', 'The certificate is a CA certificate (CA:TRUE), not a server certificate.')]
			: []),
		...(undecodable.length > 0 ? [warning('unreadable', `Extensions of the certificate cannot be read: ${undecodable.join(', ')}.`)] : []),
		...(isNegative || serialNumber.length > 20
			? [warning('serial-number', 'The serial number is not a positive number of at most 20 bytes.')]
			: []),
	];
}

function staplingOf({leaf: {extensions}, staple, isStapleAbsent}: Assessed): CertificateProblem[] {
	if (staple === undefined) {
		return extensions.mustStaple === true && isStapleAbsent
			? [error('must-staple', 'The certificate demands a stapled OCSP response, and there is none: Firefox refuses it.')]
			: [];
	}

	const words = stapleWords[staple.status];
	return words === undefined ? [] : [(staple.status === 'unknown' ? warning : error)(`ocsp-${staple.status}`, words)];
}

const stapleWords: {readonly [Status in OcspFacts['status']]?: string} = {
	revoked: 'The stapled OCSP response says that the certificate is revoked.',
	unknown: 'The stapled OCSP response says that the responder does not know the certificate.',
	'not-yet-valid': 'The stapled OCSP response is not valid yet.',
	expired: 'The stapled OCSP response has expired.',
	'bad-signature': 'The stapled OCSP response is not signed by the issuer, or by one of its responders.',
	'unauthorized-responder': 'The stapled OCSP response is signed by a responder that the issuer has not authorized.',
	'other-certificate': 'The stapled OCSP response is about another certificate.',
	error: 'The stapled OCSP response is an error of the responder.',
	unreadable: 'The stapled OCSP response cannot be read.',
};

/** What the CA/Browser Forum and browsers demand of certificates that the public trusts. */
function rulesOf({leaf, trust, scts}: Assessed): CertificateProblem[] {
	if (!trust.stores.some(({store, status}) => store === 'mozilla' && status === 'trusted')) {
		return [];
	}

	const {notBefore, notAfter, serialNumber, extensions} = leaf;
	const limit = validityLimit(notBefore);
	const days = validityDays(notBefore, notAfter);
	const canBeRevoked = (extensions.crlUrls ?? []).length + (extensions.ocspUrls ?? []).length > 0;
	return [
		...(limit !== undefined && days > limit.days
			? [
					warning(
						'validity-too-long',
						`The certificate is valid for ${Math.ceil(days)} days: at most ${limit.days} days are allowed for certificates issued since ${limit.from}.`,
					),
				]
			: []),
		...(serialNumber.length < 8
			? [warning('serial-number', 'The serial number has fewer than 64 bits. At least 64 random bits are required.')]
			: []),
		...(scts < 2
			? [warning('few-scts', `There ${scts === 1 ? 'is one' : 'is no'} signed certificate timestamp: browsers demand two or more.`)]
			: []),
		...(!canBeRevoked && days > shortLivedDays
			? [warning('no-revocation', 'The certificate has no CRL URL and no OCSP URL, so clients cannot check whether it is revoked.')]
			: []),
	];
}
