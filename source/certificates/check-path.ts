import {tryDecode} from '../bytes/decode-error.js';
import {type Certificate, isSelfIssued} from './certificate.js';
import {keyUsageBit} from './extensions.js';
import {isWithinConstraints} from './name-constraints.js';
import {isWeakHash} from './signature-algorithm.js';

/** Why a path that leads to a trusted root is not valid all the same. */
export type PathFault =
	| 'expired'
	| 'not-yet-valid'
	| 'not-a-ca'
	| 'path-length'
	| 'key-usage'
	| 'extended-key-usage'
	| 'name-constraints'
	| 'unknown-critical-extension'
	| 'weak-key'
	| 'weak-signature';

export type FaultAt = {readonly fault: PathFault; readonly certificate: Certificate};

/**
The first fault of a path, as RFC 5280 §6.1 and the stacks of clients have them. Signatures are checked where the path is built. Like OpenSSL, and
so Node.js, this holds the root to its dates and uses as well.

@param path - The server's certificate first, a trusted one last.
@param now - Milliseconds since 1970.
*/
export function checkPath(path: readonly Certificate[], now: number): FaultAt | undefined {
	let authorities = 0;
	for (const [index, certificate] of path.entries()) {
		const isAnchor = index === path.length - 1;
		const fault =
			faultOfAny(certificate, now, isAnchor) ??
			(index === 0 ? faultOfServer(certificate) : faultOfAuthority(certificate, authorities, isAnchor)) ??
			faultOfConstraints(path, index);
		if (fault !== undefined) {
			return {fault, certificate};
		}

		// The server's certificate and authorities with a new key do not count. RFC 5280 §6.1.4 (l).
		authorities += index === 0 || isSelfIssued(certificate) ? 0 : 1;
	}

	return undefined;
}

function faultOfAny({notBefore, notAfter, extensions, key, signature}: Certificate, now: number, isAnchor: boolean): PathFault | undefined {
	if (extensions.unknownCritical.length > 0) {
		return 'unknown-critical-extension';
	}

	if (!(notAfter >= now)) {
		return 'expired';
	}

	if (!(notBefore <= now)) {
		return 'not-yet-valid';
	}

	if (isWeakKey(key)) {
		return 'weak-key';
	}

	// A root is trusted because it is in the store, whatever its signature is.
	if (!isAnchor && isWeakHash(signature.hash)) {
		return 'weak-signature';
	}

	const {extendedKeyUsage} = extensions;
	return extendedKeyUsage === undefined || extendedKeyUsage.some(oid => serverUses.has(oid)) ? undefined : 'extended-key-usage';
}

/** What clients refuse: OpenSSL from its level 1 on, browsers at least as much. */
const isWeakKey = ({type, bits}: Certificate['key']): boolean =>
	bits !== undefined && (type === 'ec' ? bits < 160 : ['rsa', 'rsa-pss', 'dsa'].includes(type) && bits < 1024);

/** serverAuth, and the two names of it from before: RFC 5280 §4.2.1.12. Clients do not take anyExtendedKeyUsage for it. */
const serverUses: ReadonlySet<string> = new Set(['1.3.6.1.5.5.7.3.1', '1.3.6.1.4.1.311.10.3.3', '2.16.840.1.113730.4.1']);

function faultOfServer({extensions: {keyUsage}}: Certificate): PathFault | undefined {
	const {digitalSignature, keyEncipherment, keyAgreement} = keyUsageBit;
	return keyUsage === undefined || (keyUsage & (digitalSignature | keyEncipherment | keyAgreement)) !== 0 ? undefined : 'key-usage';
}

/** @param below - How many authorities count below it. */
function faultOfAuthority({version, extensions}: Certificate, below: number, isAnchor: boolean): PathFault | undefined {
	const {basicConstraints, keyUsage} = extensions;
	// Roots of old have no extensions. RFC 5280 §6.1.4 (k).
	if (basicConstraints?.isCa !== true && !(isAnchor && version === 1)) {
		return 'not-a-ca';
	}

	if (keyUsage !== undefined && (keyUsage & keyUsageBit.keyCertSign) === 0) {
		return 'key-usage';
	}

	return basicConstraints?.pathLength !== undefined && below > basicConstraints.pathLength ? 'path-length' : undefined;
}

function faultOfConstraints(path: readonly Certificate[], index: number): PathFault | undefined {
	const {nameConstraints, undecodable} = path[index]!.extensions;
	if (undecodable.includes('2.5.29.30')) {
		return 'name-constraints';
	}

	if (nameConstraints === undefined) {
		return undefined;
	}

	const isWithin = path
		.slice(0, index)
		.every((below, place) => (place > 0 && isSelfIssued(below)) || tryDecode(() => isWithinConstraints(below, nameConstraints)) === true);
	return isWithin ? undefined : 'name-constraints';
}
