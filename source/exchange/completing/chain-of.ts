import type tls from 'node:tls';

const mostCertificates = 16;

/** The certificates that the server sent, each followed by the one that signed it, as far as they form a chain. */
export function chainOf(socket: tls.TLSSocket): readonly Uint8Array[] {
	const chain: Uint8Array[] = [];
	let certificate: tls.DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
	while (certificate?.raw !== undefined && chain.length < mostCertificates) {
		chain.push(Uint8Array.from(certificate.raw));
		const issuer: tls.DetailedPeerCertificate | undefined = certificate.issuerCertificate;
		certificate = issuer === certificate || issuer?.fingerprint256 === certificate.fingerprint256 ? undefined : issuer;
	}

	return chain;
}
