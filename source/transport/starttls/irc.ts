import type {StartTls} from '../starttls.js';

/** Notices of a server that looks the client up go by, to the line that answers; a server that hangs up says ERROR. */
const answer = /^[\s\S]*?^(?:(?::\S+ )?(?:670|691|421|451|46[1-5]) [^\n]*|ERROR\b[^\n]*|(?!:|NOTICE |PING )[^\n]*)\n/im;

export default {
	name: 'irc',
	ports: [6667],
	source: 'IRCv3 tls (deprecated)',
	steps: [{send: 'STARTTLS', reply: answer, expect: /^(?::\S+ )?670 /m}],
} as const satisfies StartTls;
