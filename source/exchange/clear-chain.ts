import {handshakeType} from '../wire/handshake.js';
import {contentType, splitRecords} from '../wire/record.js';

/** Certificates in DER, the server's own first, and whether these are all that were sent. */
export type ClearChain = {readonly chain: readonly Uint8Array[]; readonly isWhole: boolean};

const mostCertificates = 16;

/**
The certificates that a server sent in clear, as it does up to TLS 1.2.

@param bytes - What it sent from the first byte on, cut anywhere.
*/
export function clearChainIn(bytes: Uint8Array): ClearChain {
	try {
		const {records, consumed} = splitRecords(bytes);
		const fragments = records.filter(({type}) => type === contentType.handshake).map(({fragment}) => fragment);
		const messages = Buffer.concat([...fragments, ...cutFragment(bytes.subarray(consumed))]);
		for (let offset = 0; offset + 4 <= messages.length; offset += 4 + messages.readUIntBE(offset + 1, 3)) {
			if (messages[offset] === handshakeType.certificate) {
				const end = offset + 4 + messages.readUIntBE(offset + 1, 3);
				return {chain: certificatesIn(messages.subarray(offset + 4, end)), isWhole: end <= messages.length};
			}
		}
	} catch {
		// What the server sent is no record: there is nothing to look at.
	}

	return {chain: [], isWhole: false};
}

/** As much of a record as has come. */
const cutFragment = (rest: Uint8Array): readonly Uint8Array[] => (rest[0] === contentType.handshake ? [rest.subarray(5)] : []);

/** The list has a length, and so has each certificate in it. A certificate that is cut off is left out. RFC 5246 §7.4.2. */
function certificatesIn(body: Buffer): readonly Uint8Array[] {
	const chain: Uint8Array[] = [];
	for (let offset = 3; offset + 3 <= body.length && chain.length < mostCertificates; ) {
		const end = offset + 3 + body.readUIntBE(offset, 3);
		if (end > body.length) {
			break;
		}

		chain.push(body.subarray(offset + 3, end));
		offset = end;
	}

	return chain;
}
