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
	for (const {transcript} of attempts) {
		if (transcript.outcome.kind === 'server-hello' && transcript.outcome.version >= 0x03_00 && transcript.outcome.version <= 0x03_03) {
			const flights = transcript.flights.filter(({from}) => from === 'server').map(({bytes}) => bytes);
			const certificate = describeCertificate(chainIn(Buffer.concat(flights)), asked, now);
			if (certificate !== undefined) {
				return certificate;
			}
		}
	}

	return undefined;
}

function chainIn(bytes: Uint8Array): readonly Uint8Array[] {
	try {
		const {records} = splitRecords(bytes);
		const messages = Buffer.concat(records.filter(({type}) => type === contentType.handshake).map(({fragment}) => fragment));
		for (let offset = 0; offset + 4 <= messages.length; offset += 4 + messages.readUIntBE(offset + 1, 3)) {
			if (messages[offset] === handshakeType.certificate) {
				return certificatesIn(messages.subarray(offset + 4, offset + 4 + messages.readUIntBE(offset + 1, 3)));
			}
		}
	} catch {
		// What the server sent is no record: there is nothing to look at.
	}

	return [];
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
