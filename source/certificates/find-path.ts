import {isEqual} from '../bytes/is-equal.js';
import {type Certificate, comparableName, isSelfIssued} from './certificate.js';
import {checkPath, type PathFault} from './check-path.js';
import type {Store, StoreName} from './stores.js';

/** Why there is no trust, or why it cannot be decided. */
export type TrustReason =
	| PathFault
	/** The last certificate of the path is issued by one that is neither sent nor in the store. */
	| 'unknown-issuer'
	/** The path ends in a root that is not in the store. */
	| 'unknown-root'
	/** The server's certificate is signed by its own key, and is not in the store. */
	| 'self-signed'
	/** A certificate has the name and key identifier of the issuer, and another key than signed. */
	| 'bad-signature'
	/** OpenSSL does not know an algorithm here. */
	| 'unsupported-algorithm'
	/** There are more possible paths than are tried. */
	| 'too-many-paths';

/** The result for a chain with one store. */
export type PathResult = {
	readonly store: StoreName;
	readonly status: 'trusted' | 'untrusted' | 'undecided';
	readonly reason: TrustReason | undefined;
	/** The server's certificate first: the trusted path, else the one that came closest. */
	readonly path: readonly Certificate[];
	/** The certificate that `reason` is about. */
	readonly at: Certificate | undefined;
};

/** Certificates of a path; no public one has more than six. */
const mostCertificates = 10;

/** Each costs up to some milliseconds, with the largest keys that OpenSSL takes. A usual chain costs three. */
const mostSignatures = 100;

/** Which reason says more, where several paths fail. */
const undecidedReasons: ReadonlySet<TrustReason> = new Set(['unsupported-algorithm', 'too-many-paths']);
const vagueReasons: readonly TrustReason[] = ['unknown-issuer', 'self-signed', 'unknown-root', 'bad-signature'];

/**
Look for a valid path from the server's certificate to one in the store, over any that were sent, in any order. One valid path is enough, whatever
the others are like: cross-signing makes several.

@param sent - What the server sent with it.
@param now - Milliseconds since 1970.
*/
export function findPath(leaf: Certificate, sent: readonly Certificate[], store: Store, now: number): PathResult {
	const search: Search = {sent, store, now, signatures: new Map(), left: mostSignatures, best: undefined};
	const found = walk([leaf], search);
	if (found !== undefined) {
		return {store: store.name, status: 'trusted', reason: undefined, path: found, at: undefined};
	}

	const {reason, path, at} = search.best!;
	return {store: store.name, status: undecidedReasons.has(reason) ? 'undecided' : 'untrusted', reason, path, at};
}

type Failure = {readonly reason: TrustReason; readonly path: readonly Certificate[]; readonly at: Certificate};

type Search = {
	readonly sent: readonly Certificate[];
	readonly store: Store;
	readonly now: number;
	readonly signatures: Map<string, SignatureStatus>;
	left: number;
	best: Failure | undefined;
};

function walk(path: readonly Certificate[], search: Search): readonly Certificate[] | undefined {
	const last = path.at(-1)!;
	const {store, now} = search;
	if (store.has(last)) {
		const fault = checkPath(path, now);
		if (fault === undefined) {
			return path;
		}

		note(search, {reason: fault.fault, path, at: fault.certificate});
	}

	if (isSelfIssued(last) && signatureBy(last, last, search) === 'good') {
		note(search, {reason: path.length === 1 ? 'self-signed' : 'unknown-root', path, at: last});
		return undefined;
	}

	if (path.length >= mostCertificates) {
		note(search, {reason: 'too-many-paths', path, at: last});
		return undefined;
	}

	return continuations(path, search);
}

function continuations(path: readonly Certificate[], search: Search): readonly Certificate[] | undefined {
	const last = path.at(-1)!;
	let isIssued = false;
	let isForged = false;
	for (const issuer of issuersOf(last, search)) {
		if (path.some(item => isEqual(item.spki, issuer.spki) && isEqual(item.subjectName, issuer.subjectName))) {
			continue;
		}

		const signature = signatureBy(last, issuer, search);
		if (signature === 'good') {
			isIssued = true;
			const found = walk([...path, issuer], search);
			if (found !== undefined) {
				return found;
			}
		} else if (signature === 'bad') {
			isForged ||= claims(last, issuer);
		} else {
			note(search, {reason: signature, path, at: last});
		}
	}

	if (!isIssued) {
		note(search, {reason: isForged ? 'bad-signature' : 'unknown-issuer', path, at: last});
	}

	return undefined;
}

/** Those of the name, the store's first, and of these the one first whose key identifier is given. */
function issuersOf(certificate: Certificate, {sent, store}: Search): readonly Certificate[] {
	const name = comparableName(certificate.x509.issuer);
	const all = [...store.named(name), ...sent.filter(({x509}) => comparableName(x509.subject) === name)];
	const unique = all.filter((item, index) => all.findIndex(({sha256}) => sha256 === item.sha256) === index);
	return [...unique.filter(item => claims(certificate, item)), ...unique.filter(item => !claims(certificate, item))];
}

/** Whether the key identifiers do not speak against it. */
function claims({extensions: {authorityKeyIdentifier}}: Certificate, issuer: Certificate): boolean {
	const {subjectKeyIdentifier} = issuer.extensions;
	return authorityKeyIdentifier === undefined || subjectKeyIdentifier === undefined || authorityKeyIdentifier === subjectKeyIdentifier;
}

type SignatureStatus = 'good' | 'bad' | 'unsupported-algorithm' | 'too-many-paths';

function signatureBy(certificate: Certificate, issuer: Certificate, search: Search): SignatureStatus {
	const key = `${certificate.sha256} ${issuer.sha256}`;
	const known = search.signatures.get(key);
	if (known !== undefined) {
		return known;
	}

	if (search.left === 0) {
		return 'too-many-paths';
	}

	search.left -= 1;
	const status = verify(certificate, issuer);
	search.signatures.set(key, status);
	return status;
}

/** OpenSSL checks it. */
export function verify({x509, signature}: Certificate, issuer: Certificate): 'good' | 'bad' | 'unsupported-algorithm' {
	try {
		const isGood = x509.verify(issuer.x509.publicKey);
		return isGood ? 'good' : /^\d/.test(signature.name) || signature.hash === 'md2' ? 'unsupported-algorithm' : 'bad';
	} catch {
		// A key of a kind, or on a curve, that is not known here.
		return 'unsupported-algorithm';
	}
}

/** A path to a trusted root that has a fault says more than one that is cut off, and a longer one more than a shorter. */
function note(search: Search, failure: Failure): void {
	const {best} = search;
	if (best === undefined || rank(failure) > rank(best)) {
		search.best = failure;
	}
}

function rank({reason, path}: Failure): number {
	const weight = undecidedReasons.has(reason)
		? vagueReasons.length + 2
		: vagueReasons.includes(reason)
			? vagueReasons.indexOf(reason) + 1
			: vagueReasons.length + 1;
	return weight * mostCertificates + path.length;
}
