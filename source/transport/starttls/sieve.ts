import {linesWhile} from '../replies.js';
import type {StartTls} from '../starttls.js';

/** Lines of capabilities, each beginning with a string, then a line with the result. */
const response = linesWhile(/^"/);

export default {
	name: 'sieve',
	ports: [4190],
	source: 'RFC 5804 §2.2',
	steps: [
		{reply: response, expect: /^OK\b/im, offers: /^"STARTTLS"/im},
		{send: 'STARTTLS\r\n', reply: response, expect: /^OK\b/im},
	],
} as const satisfies StartTls;
