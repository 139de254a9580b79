import net from 'node:net';
import {makeHttpsServer} from '../https-server.js';
import type {Peer} from '../peer.js';

const what = 'like Windows: resets TLS 1.0 and 1.1, accepts 1.2';

export default {
	name: 'schannel',
	what,
	expected: {
		versions: {'TLSv1.0': 'rejected', 'TLSv1.1': 'rejected', 'TLSv1.2': 'accepted', 'TLSv1.3': 'rejected'},
		verdict: 'pass',
	},
	serve(certificate) {
		const current = makeHttpsServer(certificate, {minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2'}, what);
		return net.createServer(socket => {
			socket.once('data', bytes => {
				if (asksForTls12(bytes)) {
					// Paused, so that the bytes stay for the next reader.
					socket.pause();
					socket.unshift(bytes);
					current.emit('connection', socket);
				} else {
					socket.resetAndDestroy();
				}
			});
		});
	},
} satisfies Peer;

/**
Whether a record holds a ClientHello whose `legacy_version` is that of TLS 1.2 or above: after the record's header (5 bytes) and the message's (4).
RFC 5246 §6.2.1, §7.4 and §7.4.1.2.
*/
const asksForTls12 = (record: Buffer): boolean => record.length >= 11 && record[0] === 0x16 && record.readUInt16BE(9) >= 0x03_03;
