import {handshakeType} from '../wire/handshake.js';
import {contentType, splitRecords} from '../wire/record.js';
import {describeCertificate} from './describe-certificate.js';
import type {CertificateReport} from './report.js';
import type {Attempt} from './run-probe.js';

/**
The server's certificates, from the first connection that shows them: up to TLS 1.2 they come in clear.

@param asked - The name or the address that the certificate is to be for.
*/
export function readCertificate(attempts: readonly Attempt[], asked: string, now: Date): CertificateReport | undefined {
	for (const {chain} of chainsIn(attempts)) {
		const certificate = describeCertificate(chain, asked, now);
		if (certificate !== undefined) {
			return certificate;
		}
	}

	return undefined;
}

/** Certificates in DER, the server's own first, and whether these are all that were sent. */
type Chain = {readonly chain: readonly Uint8Array[]; readonly isWhole: boolean};

/** What each connection that shows certificates shows. */
export function* chainsIn(attempts: readonly Attempt[]): Generator<Chain> {
	for (const {transcript} of attempts) {
		if (transcript.outcome.kind === 'server-hello' && transcript.outcome.version >= 0x03_00 && transcript.outcome.version <= 0x03_03) {
			const flights = transcript.flights.filter(({from}) => from === 'server').map(({bytes}) => bytes);
			const found = chainIn(Buffer.concat(flights));
			if (found.chain.length > 0) {
				yield found;
			}
		}
	}
}

function chainIn(bytes: Uint8Array): Chain {
	try {
		const {records} = splitRecords(bytes);
		const messages = Buffer.concat(records.filter(({type}) => type === contentType.handshake).map(({fragment}) => fragment));
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

/** Behind the length of the list, each has a length of its own. What is cut off is left out. RFC 5246 §7.4.2. */
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

const mostCertificates = 16;
