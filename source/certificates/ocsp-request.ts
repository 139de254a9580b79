import {createHash} from 'node:crypto';
import {derTag} from '../bytes/der.js';
import {writeDer} from '../bytes/write-der.js';
import type {Certificate} from './certificate.js';
import {keyBitsOf} from './public-key.js';

/**
An OCSPRequest for one certificate. It has no nonce, because many responders send responses that they signed earlier. RFC 6960 §4.1.1, RFC 5019 §2.1.

@throws {DecodeError} If the key of the issuer cannot be read.
*/
export function makeOcspRequest(leaf: Certificate, issuer: Certificate): Uint8Array {
	const {sequence, octetString, integer} = derTag;
	const certId = writeDer(
		sequence,
		sha1Algorithm,
		writeDer(octetString, sha1(leaf.issuerName)),
		writeDer(octetString, sha1(keyBitsOf(issuer.spki))),
		writeDer(integer, leaf.serialNumber),
	);
	return writeDer(sequence, writeDer(sequence, writeDer(sequence, writeDer(sequence, certId))));
}

/** Every responder knows this hash. It only identifies the issuer. */
const sha1 = (bytes: Uint8Array): Uint8Array => createHash('sha1').update(bytes).digest();

/** 1.3.14.3.2.26, with NULL. */
const sha1Algorithm = writeDer(
	derTag.sequence,
	writeDer(derTag.objectIdentifier, Uint8Array.of(0x2b, 0x0e, 0x03, 0x02, 0x1a)),
	Uint8Array.of(0x05, 0x00),
);
