import {line, listReply} from '../replies.js';
import type {StartTls} from '../starttls.js';

export default {
	name: 'nntp',
	ports: [119, 433],
	source: 'RFC 4642 §2',
	steps: [
		{reply: line, expect: /^20[01]/},
		{send: 'CAPABILITIES\r\n', reply: listReply('101'), offers: /^STARTTLS\b/im},
		{send: 'STARTTLS\r\n', reply: line, expect: /^382/},
	],
} as const satisfies StartTls;
