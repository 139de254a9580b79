import {startTlsElement, streamFeatures, streamStart, tlsAnswer} from '../replies.js';
import type {StartTls} from '../starttls.js';

export default {
	name: 'xmpp',
	ports: [5222],
	source: 'RFC 6120 §5.4',
	steps: [
		{send: streamStart('jabber:client'), reply: streamFeatures, expect: /<(?:\w+:)?features\b/, offers: /<starttls\b/},
		{send: startTlsElement, reply: tlsAnswer, expect: /<proceed\b/},
	],
} as const satisfies StartTls;
