import {line, listReply} from '../replies.js';
import type {StartTls} from '../starttls.js';

export default {
	name: 'pop3',
	ports: [110],
	source: 'RFC 2595 §4',
	steps: [
		{reply: line, expect: /^\+OK/},
		// A server that cannot list its capabilities may still have this one.
		{send: 'CAPA\r\n', reply: listReply('+OK'), offers: /^STLS\b/im},
		{send: 'STLS\r\n', reply: line, expect: /^\+OK/},
	],
} as const satisfies StartTls;
