import type {StartTlsName} from '../../transport/starttls/index.js';

/** A command that is sent in clear behind the request for TLS, the one that is sent after the handshake, and the answers to them. */
export type PipelinedCommand = {
	readonly inClear: string;
	readonly encrypted: string;
	/** The answer to the second command alone. */
	readonly isSound: RegExp;
	/** The answer to the first one, and then that to the second one. Another greeting is none. */
	readonly isInjected: RegExp;
};

/** RFC 5321 §4.1.1.9, §4.1.1.10. */
const mail: PipelinedCommand = {
	inClear: 'NOOP\r\n',
	encrypted: 'QUIT\r\n',
	isSound: /^(?:221-[^\n]*\n)*221[ \r][^\n]*\n$/,
	isInjected: /^(?:(?:250|5\d\d)[- \r][^\n]*\n)+221[- \r]/,
};

/** Commands that need no login, and change nothing. */
export const pipelinedCommands: Readonly<Partial<Record<StartTlsName, PipelinedCommand>>> = {
	smtp: mail,
	lmtp: mail,
	// Each answer has the tag of its command. RFC 9051 §7.1.
	imap: {
		inClear: 'b1 NOOP\r\n',
		encrypted: 'c1 LOGOUT\r\n',
		isSound: /^(?:\* [^\n]*\n)*c1 OK[ \r][^\n]*\n$/,
		isInjected: /^(?:\* [^\n]*\n)*b1 (?:OK|NO|BAD)[ \r][^\n]*\n(?:\* [^\n]*\n)*c1 /,
	},
	// A command that does not exist has another answer than QUIT. RFC 1939 §3.
	pop3: {inClear: 'XNOOP\r\n', encrypted: 'QUIT\r\n', isSound: /^\+OK[^\n]*\n$/, isInjected: /^-ERR[^\n]*\n\+OK/},
	// RFC 3977 §7.1, §5.4.
	nntp: {inClear: 'DATE\r\n', encrypted: 'QUIT\r\n', isSound: /^205[^\n]*\n$/, isInjected: /^(?:111|[45]\d\d)[ \r][^\n]*\n205/},
	// The server sends its capabilities once more, and then answers. RFC 5804 §2.2, §2.13.
	sieve: {
		inClear: 'NOOP "tlsprobe"\r\n',
		encrypted: 'LOGOUT\r\n',
		isSound: /^(?:"[^\n]*\n)+OK[^\n]*\nOK(?![^\n]*tlsprobe)[^\n]*\n$/i,
		isInjected: /^OK \(TAG (?:"tlsprobe"|\{\d+\+?\}\r?\ntlsprobe)\)/im,
	},
};
