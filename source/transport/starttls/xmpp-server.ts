import {startTlsElement, streamFeatures, streamStart, tlsAnswer} from '../replies.js';
import type {StartTls} from '../starttls.js';

export default {
	name: 'xmpp-server',
	ports: [5269],
	source: 'RFC 6120 §5.4',
	steps: [
		{send: streamStart('jabber:server'), reply: streamFeatures, expect: /<(?:\w+:)?features\b/, offers: /<starttls\b/},
		{send: startTlsElement, reply: tlsAnswer, expect: /<proceed\b/},
	],
} as const satisfies StartTls;
