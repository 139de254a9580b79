import {bracketed} from '../../bytes/bracketed.js';
import {type Dialogue, exchangeText, notAnAnswer, wordsOf} from '../dialogue.js';
import {line, linesWhile} from '../replies.js';
import type {StartTls} from '../starttls.js';

/** The rest of a head, up to its empty line. */
const restOfHead = linesWhile(/^[^\r]/);

export default {
	name: 'http',
	// On the usual ports of HTTP, 631 included, TLS from the first byte is at least as likely.
	ports: [],
	source: 'RFC 2817 §3.2, RFC 8010 §8',
	*converse(host): Dialogue {
		const authority = bracketed(host);
		const request = `OPTIONS * HTTP/1.1\r\nHost: ${authority}\r\nUpgrade: TLS/1.0\r\nConnection: Upgrade\r\n\r\n`;
		const status = yield* exchangeText(request, line());
		if (!/^HTTP\/1\.[01] 101\b/.test(status)) {
			return status.startsWith('HTTP/')
				? {kind: 'not-offered', words: `no 101 Switching Protocols: ${wordsOf(status)}`}
				: notAnAnswer(Buffer.from(status, 'latin1'), 'HTTP');
		}

		yield {until: restOfHead()};
		return undefined;
	},
} as const satisfies StartTls;
