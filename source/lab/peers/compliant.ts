import {makeHttpsServer} from '../https-server.js';
import type {Peer} from '../peer.js';

const what = 'after the migration: TLS 1.2 and 1.3';

export default {
	name: 'compliant',
	what,
	expected: {
		versions: {'TLSv1.0': 'rejected', 'TLSv1.1': 'rejected', 'TLSv1.2': 'accepted', 'TLSv1.3': 'accepted'},
		verdict: 'pass',
	},
	serve: certificate => makeHttpsServer(certificate, {minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3'}, what),
} satisfies Peer;
