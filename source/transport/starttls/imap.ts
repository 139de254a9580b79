import {line} from '../replies.js';
import type {StartTls} from '../starttls.js';

/** Up to the line with the tag of the command; a server that hangs up says BYE instead. */
const tagged = (tag: string): RegExp => new RegExp(`^(?:\\* (?!BYE)[^\\n]*\\n)*(?:(?:${tag} |\\* BYE)[^\\n]*\\n|(?!\\* )[^\\n]*\\n)`, 'i');

export default {
	name: 'imap',
	ports: [143],
	source: 'RFC 9051 §6.2.1',
	steps: [
		{reply: line, expect: /^\* OK\b/i},
		{send: 'a1 CAPABILITY\r\n', reply: tagged('a1'), offers: /^\* CAPABILITY\b.* STARTTLS\b/im},
		{send: 'a2 STARTTLS\r\n', reply: tagged('a2'), expect: /^a2 OK\b/im},
	],
} as const satisfies StartTls;
