import type {ServerResponse} from 'node:http';
import type {Server} from 'node:https';
import type {PemCertificate} from '../bytes/localhost-certificate.js';
import {isOld, parseVersion} from '../iana/versions.js';
import {makeHttpsServer} from './https-server.js';

/** A web server that completes handshakes in every version, and refuses old ones only in its answer to a request. */
export const refuseLater = (certificate: PemCertificate, what: string, refuse: (response: ServerResponse) => void): Server =>
	makeHttpsServer(certificate, {minVersion: 'TLSv1', maxVersion: 'TLSv1.3'}, what, (version, response) => {
		const name = parseVersion(version ?? '');
		const isRefused = name !== undefined && isOld(name);
		if (isRefused) {
			refuse(response);
		}

		return isRefused;
	});
