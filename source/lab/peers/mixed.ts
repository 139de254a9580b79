import {makeHttpsServer} from '../https-server.js';
import type {Peer} from '../peer.js';

const what = 'during the migration: TLS 1.0 to 1.3';

export default {
	name: 'mixed',
	what,
	expected: {
		versions: {'TLSv1.0': 'accepted', 'TLSv1.1': 'accepted', 'TLSv1.2': 'accepted', 'TLSv1.3': 'accepted'},
		verdict: 'fail',
	},
	serve: certificate => makeHttpsServer(certificate, {minVersion: 'TLSv1', maxVersion: 'TLSv1.3'}, what),
} satisfies Peer;
