import type {X509Certificate} from 'node:crypto';
import {comparableName} from '../../certificates/certificate.js';
import {parseX509} from '../../certificates/parse-x509.js';
import {mozillaStore} from '../../certificates/stores.js';
import {inLine} from '../../probes/certificate/describe-certificate.js';
import type {Inspection} from '../report.js';
import {inspectors} from './inspectors.js';

/**
Tell by the certificates for a well-known public name who answered.

@param chain - DER, the server's own first, as it was sent.
@param name - What was asked for. What inspects makes a certificate for it: one for another name is only that of another server.
@returns Undefined where one of Mozilla's roots, as Node.js has them, certifies it, or where that cannot be decided.
*/
export function detectInspection(chain: readonly Uint8Array[], name: string): Inspection | undefined {
	const [own, ...others] = chain.flatMap(der => parseX509(der) ?? []);
	if (own === undefined) {
		return undefined;
	}

	const path = pathOf(own, others);
	const top = path.at(-1)!;
	if (isCertified(top)) {
		return undefined;
	}

	const issuer = inLine(own.issuer);
	const names = path.map(certificate => inLine(certificate.issuer));
	const found = inspectors.find(inspector => names.some(name => inspector.issuer.test(name)));
	if (found !== undefined) {
		return {product: found.product, confidence: found.confidence, issuer};
	}

	return microsoftRoots.test(inLine(top.issuer)) || own.checkHost(name) === undefined
		? undefined
		: {product: null, confidence: 'medium', issuer};
}

/** Windows trusts these, for updates and activation among others; Mozilla does not. */
const microsoftRoots =
	/\bCN=Microsoft (?:Root Certificate Authority(?: 20\d\d)?|ECC Product Root Certificate Authority 2018|Root Authority)$/;

/** A certificate and what certifies it, as far as it was sent. */
function pathOf(own: X509Certificate, others: readonly X509Certificate[]): X509Certificate[] {
	const path = [own];
	for (let next = issuerOf(own, others); next !== undefined && !path.includes(next); next = issuerOf(next, others)) {
		path.push(next);
	}

	return path;
}

const issuerOf = (certificate: X509Certificate, candidates: readonly X509Certificate[]): X509Certificate | undefined =>
	candidates.find(candidate => candidate.subject === certificate.issuer && isSignedBy(certificate, candidate));

function isSignedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
	try {
		return certificate.verify(issuer.publicKey);
	} catch {
		// A key of a kind that is not known here.
		return false;
	}
}

const isCertified = (certificate: X509Certificate): boolean =>
	mozillaStore()
		.named(comparableName(certificate.issuer))
		.some(({x509}) => isSignedBy(certificate, x509));
