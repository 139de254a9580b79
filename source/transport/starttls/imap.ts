import {line, linesWhile} from '../replies.js';
import type {StartTls} from '../starttls.js';

/** Up to the line with the tag of the command, or any other tagged line. A server that closes the connection sends BYE instead. */
const tagged = linesWhile(/^\* (?!BYE)/i);

export default {
	name: 'imap',
	ports: [143],
	source: 'RFC 9051 §6.2.1',
	steps: [
		{reply: line, expect: /^\* OK\b/i},
		{send: 'a1 CAPABILITY\r\n', reply: tagged, offers: /^\* CAPABILITY\b.* STARTTLS\b/im},
		{send: 'a2 STARTTLS\r\n', reply: tagged, expect: /^a2 OK\b/im},
	],
} as const satisfies StartTls;
