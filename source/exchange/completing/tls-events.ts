import {codeOf} from '../../transport/connection.js';
import type {Flight} from '../transcript.js';
import type {Inbox} from '../turns/keep-open.js';
import {readAlert} from './alert-of-error.js';
import type {TlsStream} from './tls-stream.js';

/** What happens on a connection below a TLS library, and in it. */
export type TlsEvents = {
	readonly onFlight: (from: Flight['from'], bytes: Uint8Array) => void;
	/** The connection ended. `ended` of the stream says how. */
	readonly onConnectionEnd: () => void;
	/** A close_notify, or an end that the library noticed first. */
	readonly onClosed: () => void;
	readonly onError: (error: Error) => void;
	/** What was decrypted. */
	readonly onData: (data: Uint8Array) => void;
};

/** For the turns after a handshake. */
export function eventsOfTurns(inbox: Inbox, stream: TlsStream): TlsEvents {
	const onConnectionEnd = (): void => {
		const how = stream.ended();
		inbox.onOver(stream.isFlooded() ? 'flooded' : typeof how === 'object' ? 'failed' : (how ?? 'closed'));
	};
	const over = (how: 'closed' | 'alert'): void => (stream.ended() === undefined ? inbox.onOver(how) : onConnectionEnd());
	return {
		onFlight: (from, bytes) => (from === 'client' ? inbox.onSent : inbox.onBytes)(bytes),
		onConnectionEnd,
		onClosed: () => over('closed'),
		// A connection that broke reports its end next.
		onError: error => void setImmediate(() => over(readAlert(codeOf(error)) === undefined ? 'closed' : 'alert')),
		onData: inbox.onData,
	};
}
