import {completionInBrief} from '../../../exchange/completion-in-brief.js';
import {requestFor} from '../../confirm/request.js';
import type {Conversation, HandshakeAsk} from '../../probe.js';
import {newestHandshake, noVersion} from '../newest-handshake.js';
import type {About, Assessment} from '../vulnerability.js';

/** Codings that compress. RFC 9110 §8.4.1, RFC 7932, RFC 8878. */
const compressing = /^(?:x-)?(?:gzip|deflate|compress|br|zstd|dcb|dcz)$/;

/** What an answer may look like that comes from a server of HTTP, or from one that is not known. */
const unclear: ReadonlySet<string> = new Set(['http', 'http2', 'text', 'binary']);

/**
Asks for a compressed page, twice. Compression alone is not the vulnerability: whether the page holds a secret, together with what a visitor sends, is not
visible. Other pages are not asked for.
*/
export default function* askBreach(about: About): Conversation<Assessment, HandshakeAsk> {
	const request = requestFor(about.target);
	const handshake = newestHandshake(about);
	if (request === undefined) {
		return {status: 'not-applicable', message: 'the port is that of another protocol than HTTP'};
	}

	if (handshake === undefined) {
		return noVersion;
	}

	const {name: _, ...spec} = handshake;
	const asked = {...spec, request: request.replace('Accept-Encoding: identity', 'Accept-Encoding: gzip, deflate, br, zstd')};
	for (const _try of [1, 2]) {
		const [completion] = yield [{kind: 'handshake', handshake: asked}];
		const {answer} = completion!;
		if (answer?.kind === 'not-http') {
			const {protocol} = answer.looksLike;
			return unclear.has(protocol)
				? {status: 'inconclusive', message: `an answer that is not HTTP/1.1 (${protocol})`}
				: {status: 'not-applicable', message: `not HTTP, looks like ${protocol}`};
		}

		if (answer?.kind !== 'http') {
			return {status: 'inconclusive', message: `no answer in HTTP: ${completionInBrief(completion!)}`};
		}

		const codings = (answer.fields?.['content-encoding'] ?? []).flatMap(text => text.toLowerCase().split(/[ \t]*,[ \t]*/));
		const coding = codings.find(item => compressing.test(item));
		if (coding !== undefined) {
			return {status: 'inconclusive', message: `the page / is compressed with ${coding}; whether it holds a secret is not visible`};
		}

		if (answer.status !== 200) {
			return {status: 'inconclusive', message: `the page / has status ${answer.status}; other pages are not asked for`};
		}
	}

	return {status: 'absent', message: 'compression was offered twice, and the page / is not compressed'};
}
