import http from 'node:http';
import type {Peer} from '../peer.js';

const what = 'a web server without TLS: plain HTTP';

export default {
	name: 'not-tls',
	what,
	expected: {
		versions: {'TLSv1.0': 'inconclusive', 'TLSv1.1': 'inconclusive', 'TLSv1.2': 'inconclusive', 'TLSv1.3': 'inconclusive'},
		verdict: 'inconclusive',
	},
	serve: () =>
		http.createServer((_request, response) => {
			response.setHeader('content-type', 'text/plain; charset=utf-8');
			response.end(`${what}\n`);
		}),
} satisfies Peer;
