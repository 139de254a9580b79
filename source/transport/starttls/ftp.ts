import {codedReply} from '../replies.js';
import type {StartTls} from '../starttls.js';

export default {
	name: 'ftp',
	ports: [21],
	source: 'RFC 4217 §4',
	steps: [
		{reply: codedReply, expect: /^220/},
		{send: 'AUTH TLS\r\n', reply: codedReply, expect: /^234/},
	],
} as const satisfies StartTls;
