import type {ServerResponse} from 'node:http';
import https from 'node:https';
import type {SecureVersion, TLSSocket} from 'node:tls';
import type {PemCertificate} from '../bytes/localhost-certificate.js';

export type VersionRange = {readonly minVersion: SecureVersion; readonly maxVersion: SecureVersion};

/**
A Node.js web server with these versions that shows a browser what it is.

@param refuse - Sends the answer itself if it refuses the version, and returns whether it did.

OpenSSL 3 needs security level 0 for TLS 1.0 and 1.1, because they sign with SHA-1.
*/
export const makeHttpsServer = (
	certificate: PemCertificate,
	versions: VersionRange,
	what: string,
	refuse?: (version: string | null, response: ServerResponse) => boolean,
): https.Server =>
	https.createServer({...certificate, ...versions, ciphers: 'DEFAULT@SECLEVEL=0'}, (request, response) => {
		if (refuse?.((request.socket as TLSSocket).getProtocol(), response)) {
			return;
		}

		response.setHeader('content-type', 'text/plain; charset=utf-8');
		response.end(`${what}\n`);
	});
