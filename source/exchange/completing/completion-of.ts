import {clearChainIn} from '../clear-chain.js';
import type {Completion, HandshakeSpec} from './completion.js';
import {offerOf} from './offer-of.js';
import type {TlsStream} from './tls-stream.js';

/** What is known when a handshake and what follows it are over. */
type Known = Pick<Completion, 'handshake' | 'answer' | 'chain' | 'session' | 'renegotiated' | 'durationMs'> & {
	readonly keyLog: readonly string[];
};

/** The result of a handshake, with what the bytes of its connection show. Called before the connection is closed, which adds bytes. */
export function completionOf({version, wantsSecrets}: HandshakeSpec, stream: TlsStream, known: Known): Completion {
	const {handshake, answer, chain, keyLog, session, renegotiated, durationMs} = known;
	const isClear = version < 0x03_04;
	const isFailed = handshake.kind === 'failed';
	return {
		handshake,
		wantsCertificate: isClear && stream.wantsCertificate(),
		answer,
		// A certificate that came before a failure shows which server it is about.
		chain: isFailed && isClear && chain.length === 0 ? clearChainIn(stream.received()).chain : chain,
		...(isFailed ? {offer: offerOf(stream.sent())} : {}),
		...(wantsSecrets ? {secrets: {keyLog, sent: stream.sent(), received: stream.received()}} : {}),
		...(session === undefined ? {} : {session}),
		...(renegotiated === undefined ? {} : {renegotiated}),
		durationMs,
	};
}
