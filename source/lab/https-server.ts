import type {ServerResponse} from 'node:http';
import https from 'node:https';
import type {SecureVersion, TLSSocket} from 'node:tls';
import type {Certificate} from './certificate.js';

export type VersionRange = {readonly minVersion: SecureVersion; readonly maxVersion: SecureVersion};

/**
A web server of Node's own that speaks these versions, and says to a browser what it is.

@param refuse - Answers itself where it does not like the version, and says whether it did.

Security level 0 is what lets OpenSSL 3 speak TLS 1.0 and 1.1 at all: they sign with SHA-1.
*/
export const makeHttpsServer = (
	certificate: Certificate,
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
