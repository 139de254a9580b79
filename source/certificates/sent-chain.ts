import {type Certificate, comparableName, isSelfIssued, readCertificate} from './certificate.js';
import {verify} from './find-path.js';

/** What a certificate is to the others of its chain. */
export type ChainRole =
	/** It issued the server's certificate, or one that did. */
	| 'issuer'
	/** The same, and signed by itself: clients have it, or do not trust it. */
	| 'root'
	/** It issued none of the others that lead to the server's. */
	| 'unrelated'
	| 'duplicate'
	| 'unreadable';

/** One certificate behind the server's own, in the order in which they were sent. */
export type SentCertificate = {
	readonly der: Uint8Array;
	/** Undefined where it cannot be read. */
	readonly certificate: Certificate | undefined;
	readonly role: ChainRole;
};

export type SentChain = {
	readonly others: readonly SentCertificate[];
	/** Whether each comes behind one that it issued. RFC 5246 §7.4.2 demands it. */
	readonly isInOrder: boolean;
};

/** @param ders - What was sent behind the server's certificate. The cost is bounded by their number, which readers of messages limit. */
export function readSentChain(leaf: Certificate, ders: readonly Uint8Array[]): SentChain {
	const all = ders.map(readCertificate);
	const seen = new Set([leaf.sha256]);
	const isDuplicate = all.map(certificate => {
		const isSeen = certificate !== undefined && seen.has(certificate.sha256);
		if (certificate !== undefined) {
			seen.add(certificate.sha256);
		}

		return isSeen;
	});
	const unique = all.filter((certificate, index): certificate is Certificate => certificate !== undefined && !isDuplicate[index]);
	const related = relatedTo(leaf, unique);
	const others = ders.map((der, index): SentCertificate => {
		const certificate = all[index];
		return {der, certificate, role: isDuplicate[index] ? 'duplicate' : roleOf(certificate, related)};
	});
	return {
		others,
		isInOrder: isInOrder(
			leaf,
			unique.filter(certificate => related.has(certificate)),
		),
	};
}

function roleOf(certificate: Certificate | undefined, related: ReadonlySet<Certificate>): ChainRole {
	if (certificate === undefined) {
		return 'unreadable';
	}

	return !related.has(certificate) ? 'unrelated' : isRoot(certificate) ? 'root' : 'issuer';
}

const isRoot = (certificate: Certificate): boolean => isSelfIssued(certificate) && verify(certificate, certificate) === 'good';

/** Those that issued the server's, those that issued these, and so on. */
function relatedTo(leaf: Certificate, others: readonly Certificate[]): ReadonlySet<Certificate> {
	const related = new Set<Certificate>();
	let open: readonly Certificate[] = [leaf];
	while (open.length > 0) {
		const found = others.filter(other => !related.has(other) && open.some(certificate => isIssuerOf(other, certificate)));
		for (const certificate of found) {
			related.add(certificate);
		}

		open = found;
	}

	return related;
}

const isInOrder = (leaf: Certificate, related: readonly Certificate[]): boolean =>
	related.every((certificate, index) => [leaf, ...related.slice(0, index)].some(earlier => isIssuerOf(certificate, earlier)));

/** A signature with an algorithm that is not known here counts as good. */
const isIssuerOf = (issuer: Certificate, {x509, ...certificate}: Certificate): boolean =>
	comparableName(x509.issuer) === comparableName(issuer.x509.subject) && verify({x509, ...certificate}, issuer) !== 'bad';
