import type {ClientProfile} from '../../clients/client-profile.js';
import {helloOf} from '../../clients/hello-of.js';
import {readCertificateFacts} from '../../exchange/certificate-facts.js';
import type {Conversation, HandshakeAsk} from '../probe.js';
import type {ClientFinding, ClientsFinding} from './client-finding.js';
import {judgeCertificates} from './judge-certificates.js';

const tls13 = 0x03_04;

/** Those that OpenSSL 3.0 knows; a list with any other is an error there. */
const knownSchemes: ReadonlySet<number> = new Set([
	...[0x04_01, 0x05_01, 0x06_01, 0x04_03, 0x05_03, 0x06_03, 0x02_01, 0x02_03, 0x03_01, 0x03_03],
	...[0x08_04, 0x08_05, 0x08_06, 0x08_07, 0x08_08, 0x08_09, 0x08_0a, 0x08_0b],
]);

/**
What clients make of certificates that are encrypted, as all are in TLS 1.3: a handshake is completed that offers the client's signature
algorithms, by which servers choose among several certificates. Where it cannot be completed, the certificate stays unseen.

@param finding - The result of the answers to the clients' hellos, in the same order.
*/
export function* seeCertificates(
	clients: readonly ClientProfile[],
	{clients: findings, versions}: ClientsFinding,
	serverName: string | undefined,
): Conversation<readonly ClientFinding[], HandshakeAsk> {
	const isTls13Known = versions?.get(tls13)?.status === 'accepted';
	const offers = clients.map((client, index) => {
		const finding = findings[index]!;
		// To name a certificate that nothing fits, any client's will do.
		return isUnseen(finding) ? schemesOf(client, serverName) : finding.isUnfit && isTls13Known ? [] : undefined;
	});
	const chains = yield* askForChains(offers, serverName);
	return findings.map((finding, index) => judge(finding, clients[index]!, offers[index] && chains.get(offers[index].join())));
}

const isUnseen = ({connects, isCertificateUnseen, outcome}: ClientFinding): boolean =>
	connects === 'yes' && isCertificateUnseen === true && 'version' in outcome && outcome.version === tls13;

const schemesOf = (client: ClientProfile, serverName: string | undefined): readonly number[] =>
	(helloOf(client, serverName).extensions?.signatureSchemes ?? []).filter(code => knownSchemes.has(code));

/** One handshake for each list of algorithms. */
function* askForChains(
	offers: readonly (readonly number[] | undefined)[],
	serverName: string | undefined,
): Conversation<ReadonlyMap<string, readonly Uint8Array[]>, HandshakeAsk> {
	const unique = new Map(offers.flatMap(offer => (offer === undefined ? [] : [[offer.join(), offer] as const])));
	const completions = yield [...unique.values()].map(signatureSchemes => ({
		kind: 'handshake' as const,
		handshake: {version: tls13, serverName, request: undefined, signatureSchemes},
	}));
	return new Map([...unique.keys()].map((key, index) => [key, completions[index]!.chain]));
}

function judge(finding: ClientFinding, {limits}: ClientProfile, chain: readonly Uint8Array[] = []): ClientFinding {
	const certificates = readCertificateFacts(chain);
	if (certificates === undefined || !isUnseen(finding)) {
		return certificates === undefined ? finding : {...finding, certificates};
	}

	const judged = judgeCertificates(certificates, limits);
	const objection = judged.find(([, taken]) => taken === 'refused')?.[0];
	const doubts = [...new Set(judged.filter(([, taken]) => taken === 'unknown').map(([missing]) => missing))];
	return {
		...finding,
		connects: objection === undefined ? 'yes' : 'no',
		missing: objection === undefined ? [] : [objection],
		doubts,
		certificates,
		isCertificateUnseen: false,
	};
}
