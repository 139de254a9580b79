import https from 'node:https';
import type {SecureVersion} from 'node:tls';
import type {Certificate} from './certificate.js';

export type VersionRange = {readonly minVersion: SecureVersion; readonly maxVersion: SecureVersion};

/**
A web server of Node's own that speaks these versions, and says to a browser what it is.

Security level 0 is what lets OpenSSL 3 speak TLS 1.0 and 1.1 at all: they sign with SHA-1.
*/
export const makeHttpsServer = (certificate: Certificate, versions: VersionRange, what: string): https.Server =>
	https.createServer({...certificate, ...versions, ciphers: 'DEFAULT@SECLEVEL=0'}, (_request, response) => {
		response.setHeader('content-type', 'text/plain; charset=utf-8');
		response.end(`${what}\n`);
	});
