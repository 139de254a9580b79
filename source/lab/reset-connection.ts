import type {Socket} from 'node:net';

/**
Reset a connection. While its end is being sent, the system does not reset it, and Node.js (20 to 26) would keep the socket open: it
emits no `close`, and a thread that has it cannot end. It is closed then.
*/
export function resetConnection(socket: Socket): void {
	if (socket.writableEnded && !socket.writableFinished) {
		socket.destroy();
	} else {
		socket.resetAndDestroy();
	}
}
