import {codedReply} from '../replies.js';
import type {StartTls} from '../starttls.js';

export default {
	name: 'smtp',
	ports: [25, 587, 2525],
	source: 'RFC 3207 §4',
	steps: [
		{reply: codedReply, expect: /^220/},
		{send: 'EHLO tlsprobe.invalid\r\n', reply: codedReply, expect: /^(?:250|5)/, offers: /^250[ -]STARTTLS\b/im},
		{send: 'STARTTLS\r\n', reply: codedReply, expect: /^220/},
	],
} as const satisfies StartTls;
