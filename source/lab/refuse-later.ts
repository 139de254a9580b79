import type {ServerResponse} from 'node:http';
import type {Server} from 'node:https';
import type {Certificate} from './certificate.js';
import {makeHttpsServer} from './https-server.js';

const oldVersions: ReadonlySet<string | null> = new Set(['TLSv1', 'TLSv1.1']);

/** A web server that completes handshakes in every version, and refuses old ones only in its answer to a request. */
export const refuseLater = (certificate: Certificate, what: string, refuse: (response: ServerResponse) => void): Server =>
	makeHttpsServer(certificate, {minVersion: 'TLSv1', maxVersion: 'TLSv1.3'}, what, (version, response) => {
		const isOld = oldVersions.has(version);
		if (isOld) {
			refuse(response);
		}

		return isOld;
	});
