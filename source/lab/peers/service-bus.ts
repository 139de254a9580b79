import type {Peer} from '../peer.js';
import {refuseLater} from '../refuse-later.js';

const what = 'like Azure Service Bus: HTTP 401 for old versions';

export default {
	name: 'service-bus',
	what,
	expected: {
		versions: {'TLSv1.0': 'accepted', 'TLSv1.1': 'accepted', 'TLSv1.2': 'accepted', 'TLSv1.3': 'accepted'},
		verdict: 'fail',
		service: {'TLSv1.0': 'refused', 'TLSv1.1': 'refused', 'TLSv1.2': 'served', 'TLSv1.3': 'served'},
	},
	// The text does not mention TLS: the only sign is that newer versions get another answer.
	serve: certificate => refuseLater(certificate, what, response => response.writeHead(401).end()),
} satisfies Peer;
