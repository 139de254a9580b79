import type {Peer} from '../peer.js';
import {refuseLater} from '../refuse-later.js';

const what = 'like Azure Storage: HTTP 400 for TLS 1.0 and 1.1';

export default {
	name: 'storage',
	what,
	expected: {
		versions: {'TLSv1.0': 'accepted', 'TLSv1.1': 'accepted', 'TLSv1.2': 'accepted', 'TLSv1.3': 'accepted'},
		verdict: 'fail',
		service: {'TLSv1.0': 'refused', 'TLSv1.1': 'refused', 'TLSv1.2': 'served', 'TLSv1.3': 'served'},
	},
	serve: certificate =>
		refuseLater(certificate, what, response => {
			const body =
				'<?xml version="1.0" encoding="utf-8"?><Error><Code>TlsVersionNotPermitted</Code>' +
				'<Message>The TLS version of the connection is not permitted here.</Message></Error>';
			response.writeHead(400, {'content-type': 'application/xml', 'x-ms-error-code': 'TlsVersionNotPermitted'}).end(body);
		}),
} satisfies Peer;
