import type {Attempt} from '../attempt.js';
import {chainOfConfirmed} from '../confirm/chain-of-confirmed.js';
import type {Conduct} from '../probe.js';
import type {CertificateReport} from './certificate-report.js';
import {chainsIn} from './chains-in.js';
import {describeCertificate} from './describe-certificate.js';
import type {CertificateTypes} from './types.js';

/** The certificate of a whole handshake where there was one, else the one that was sent in plaintext. */
const conduct: Conduct<CertificateTypes> = {
	// biome-ignore lint/correctness/useYield: It reads what the connections of others have brought.
	*run({target: {serverName, host}, options, earlier: {confirm}, attempts}) {
		const asked = serverName ?? host;
		const now = new Date();
		const ofHandshake = confirm && describeCertificate(chainOfConfirmed(confirm), asked, now);
		return ofHandshake ?? (options.readsAnswers ? inClear(attempts, asked, now) : undefined);
	},
	attach(parts, certificate) {
		if (certificate !== undefined) {
			parts.certificate = certificate;
		}
	},
};

export default conduct;

/** From the first connection that shows one that can be read. */
function inClear(attempts: readonly Attempt[], asked: string, now: Date): CertificateReport | undefined {
	for (const {chain} of chainsIn(attempts)) {
		const certificate = describeCertificate(chain, asked, now);
		if (certificate !== undefined) {
			return certificate;
		}
	}

	return undefined;
}
