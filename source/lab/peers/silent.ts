import net from 'node:net';
import type {Peer} from '../peer.js';

export default {
	name: 'silent',
	what: 'accepts connections and never answers',
	expected: {
		versions: {'TLSv1.0': 'inconclusive', 'TLSv1.1': 'inconclusive', 'TLSv1.2': 'inconclusive', 'TLSv1.3': 'inconclusive'},
		verdict: 'inconclusive',
	},
	neverAnswers: true,
	// Received bytes are read and dropped, so that the end of a connection is noticed.
	serve: () => net.createServer(socket => socket.resume()),
} satisfies Peer;
