import {makeHttpsServer} from '../https-server.js';
import type {Peer} from '../peer.js';

const what = 'only TLS 1.3';

export default {
	name: 'tls13-only',
	what,
	expected: {
		versions: {'TLSv1.0': 'rejected', 'TLSv1.1': 'rejected', 'TLSv1.2': 'rejected', 'TLSv1.3': 'accepted'},
		verdict: 'pass',
	},
	serve: certificate => makeHttpsServer(certificate, {minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3'}, what),
} satisfies Peer;
