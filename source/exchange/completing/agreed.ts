import type tls from 'node:tls';
import type {Completion} from './completion.js';

/** What a handshake that is done has agreed on. */
export type Agreed = Extract<Completion['handshake'], {kind: 'completed'}>;

export function agreedOn(socket: tls.TLSSocket): Agreed {
	const {alpnProtocol} = socket;
	const applicationProtocol = typeof alpnProtocol === 'string' ? {applicationProtocol: alpnProtocol} : {};
	return {
		kind: 'completed',
		cipherSuite: socket.getCipher()?.standardName ?? 'unknown',
		...applicationProtocol,
		...(socket.isSessionReused() ? {isResumed: true} : {}),
	};
}
