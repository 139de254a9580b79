import {linesWhile} from '../replies.js';
import type {StartTls} from '../starttls.js';

/** Skips notices of a server that looks up the client, up to the answer. A server that closes the connection sends ERROR. */
const answer = linesWhile(/^(?::(?!\S+ (?:670|691|421|451|46[1-5]))|NOTICE |PING )/i);

export default {
	name: 'irc',
	ports: [6667],
	source: 'IRCv3 tls (deprecated)',
	steps: [{send: 'STARTTLS\r\n', reply: answer, expect: /^(?::\S+ )?670 /m}],
} as const satisfies StartTls;
