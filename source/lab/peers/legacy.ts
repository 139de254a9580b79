import {makeHttpsServer} from '../https-server.js';
import type {Peer} from '../peer.js';

const what = 'before the migration: TLS 1.0, 1.1 and 1.2';

export default {
	name: 'legacy',
	what,
	expected: {
		versions: {'TLSv1.0': 'accepted', 'TLSv1.1': 'accepted', 'TLSv1.2': 'accepted', 'TLSv1.3': 'rejected'},
		verdict: 'fail',
	},
	serve: certificate => makeHttpsServer(certificate, {minVersion: 'TLSv1', maxVersion: 'TLSv1.2'}, what),
} satisfies Peer;
