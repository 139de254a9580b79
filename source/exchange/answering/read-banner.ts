import {toHex} from '../../bytes/hex.js';
import {isEqual} from '../../bytes/is-equal.js';
import {looksLike} from '../looks-like.js';
import type {Outcome} from '../outcome.js';
import type {AnswerState} from './answer-state.js';

/** Enough of a banner to tell what speaks. */
const bannerBytes = 256;

/** Clear text, or whatever it is that is no TLS. */
export function readBanner(state: AnswerState): Outcome | undefined {
	const {unread} = state;
	const start = unread.subarray(0, bannerBytes);
	state.isBanner = true;
	state.provisional = isEcho(start, state.built.bytes)
		? echo(state.built.bytes)
		: {kind: 'not-tls', firstBytes: toHex(start.subarray(0, 64)), looksLike: looksLike(start)};
	return unread.length >= bannerBytes || unread.includes(0x0a) ? state.provisional : undefined;
}

const isEcho = (bytes: Uint8Array, sent: Uint8Array): boolean => bytes.length >= 8 && isEqual(bytes, sent.subarray(0, bytes.length));

/** A server that sends back what it was sent, and nothing else. */
export const echo = (sent: Uint8Array): Outcome => ({
	kind: 'not-tls',
	firstBytes: toHex(sent.subarray(0, 64)),
	looksLike: {protocol: 'echo', hint: 'this port echoes what it receives'},
});
