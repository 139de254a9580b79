import {type ClearChain, clearChainIn} from '../exchange/clear-chain.js';
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

/** What each connection that shows certificates shows. */
export function* chainsIn(attempts: readonly Attempt[]): Generator<ClearChain> {
	for (const {transcript} of attempts) {
		if (transcript.outcome.kind === 'server-hello' && transcript.outcome.version >= 0x03_00 && transcript.outcome.version <= 0x03_03) {
			const flights = transcript.flights.filter(({from}) => from === 'server').map(({bytes}) => bytes);
			const found = clearChainIn(Buffer.concat(flights));
			if (found.chain.length > 0) {
				yield found;
			}
		}
	}
}
