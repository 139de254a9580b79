import {type Dialogue, exchangeText, type Refusal, wordsOf} from '../dialogue.js';
import {codedReply, kindOf} from '../replies.js';
import type {StartTls} from '../starttls.js';

/** How long to wait for the second command, in milliseconds. The answer to the first one is known then. */
const mostMs = 3000;

/** 234 by RFC 4217, 334 by its drafts; older devices answer 200. */
const isAgreement = (reply: string): boolean => /^(?:200|[23]34)/.test(reply);

export default {
	name: 'ftp',
	ports: [21],
	source: 'RFC 4217 §4',
	*converse(): Dialogue {
		const greeting = yield* exchangeText(undefined, codedReply());
		if (!greeting.startsWith('220')) {
			return refusal(greeting, true, true);
		}

		const reply = yield* exchangeText('AUTH TLS\r\n', codedReply());
		// 421 announces the end of the connection. RFC 959 §4.2.1.
		if (isAgreement(reply) || reply.startsWith('421')) {
			return isAgreement(reply) ? undefined : refusal(reply, true);
		}

		// The command of servers that follow the drafts before RFC 4217.
		const second = Buffer.from(yield {send: 'AUTH SSL\r\n', until: codedReply(), mostMs}).toString('latin1');
		return isAgreement(second) ? undefined : refusal(reply, false);
	},
} as const satisfies StartTls;

const refusal = (reply: string, isRefusedEarly: boolean, isGreeting = false): Refusal => ({
	isRefusedEarly,
	kind: kindOf(reply, isGreeting),
	words: wordsOf(reply),
});
