import type tls from 'node:tls';
import type {Channel} from '../turns/keep-open.js';
import type {TlsStream} from './tls-stream.js';

/** How turns continue a connection: the library encrypts data, until bytes are sent without it. */
export function channelOver(socket: tls.TLSSocket, stream: TlsStream): Channel {
	let sendData: Channel['sendData'] = data => void socket.write(data);
	return {
		send(bytes) {
			sendData = undefined;
			stream.release();
			stream.send(bytes);
		},
		get sendData() {
			return sendData;
		},
		close() {
			socket.destroy();
			stream.destroy();
		},
	};
}
