import {printable} from '../bytes/hex.js';
import type {LooksLike} from './outcome.js';

type Sign = {readonly protocol: string; readonly pattern: RegExp; readonly hint?: string};

/** What servers of other protocols say first, or answer to bytes they do not understand. The first that fits counts. */
const signs: readonly Sign[] = [
	{protocol: 'http', pattern: /^HTTP\/\d|^<(?:!doctype )?html/i, hint: 'this port speaks HTTP without TLS; TLS is usually on 443 or 8443'},
	{protocol: 'ssh', pattern: /^SSH-/, hint: 'this port speaks SSH, which has no TLS'},
	{protocol: 'lmtp', pattern: /^220[ -].*\blmtp/is, hint: 'try --starttls lmtp'},
	// A mail server's name may say ftp, and an FTP server's greeting may say anything: `220 (vsFTPd 3.0.5)`.
	{protocol: 'ftp', pattern: /^220[ -](?!.*\be?smtp\b).*(?:ftp|filezilla)/is, hint: 'try --starttls ftp, or port 990'},
	{protocol: 'smtp', pattern: /^(?:220|421|554)[ -]/, hint: 'try --starttls smtp, or port 465'},
	{protocol: 'imap', pattern: /^\* (?:OK|PREAUTH|BYE)/, hint: 'try --starttls imap, or port 993'},
	{protocol: 'pop3', pattern: /^\+OK/, hint: 'try --starttls pop3, or port 995'},
	{protocol: 'nntp', pattern: /^20[01][ -]/, hint: 'try --starttls nntp, or port 563'},
	{protocol: 'sieve', pattern: /^"IMPLEMENTATION"/, hint: 'try --starttls sieve'},
	{protocol: 'mysql', pattern: /^[\s\S]{3}\x00(?:\x0a\d|\xff)/, hint: 'try --starttls mysql'},
	{protocol: 'xmpp', pattern: /^<\?xml|^<stream/, hint: 'try --starttls xmpp'},
	{protocol: 'irc', pattern: /^:\S+ (?:NOTICE|\d{3}) |^NOTICE |^ERROR :/, hint: 'try --starttls irc, or port 6697'},
	// An ErrorResponse of protocol 3, and of those before.
	{protocol: 'postgres', pattern: /^E(?:\x00\x00[\s\S]{2}S[A-Z]+\x00|(?:FATAL|ERROR): )/, hint: 'try --starttls postgres'},
	// A message that is an ExtendedResponse, such as a notice of disconnection. RFC 4511 §4.12, §4.4.1.
	{
		protocol: 'ldap',
		pattern: /^0(?:[\x00-\x7f]|\x81[\s\S]|\x82[\s\S]{2}|\x83[\s\S]{3}|\x84[\s\S]{4})\x02\x01[\s\S]x/,
		hint: 'try --starttls ldap, or port 636',
	},
	{protocol: 'tds', pattern: /^\x04\x01[\s\S]{2}\x00/, hint: 'try --starttls tds'},
	{protocol: 'rdp', pattern: /^\x03\x00\x00[\x0b\x13][\x06\x0e]\xd0/, hint: 'try --starttls rdp'},
	{
		protocol: 'oracle',
		pattern: /^[\s\S]{4}\x04[\s\S]*?\((?:DESCRIPTION|ERR)=/,
		hint: "this port speaks Oracle's TNS without TLS; TLS (TCPS) is usually on port 2484",
	},
	{protocol: 'mqtt', pattern: /^\x20\x02[\x00\x01][\s\S]$/, hint: 'TLS of MQTT is usually on port 8883'},
	{protocol: 'vnc', pattern: /^RFB \d/, hint: 'try --starttls vnc'},
	{protocol: 'nats', pattern: /^INFO \{/, hint: 'try --starttls nats'},
	{protocol: 'amqp', pattern: /^AMQP[\x00-\x03]/, hint: 'TLS is usually on port 5671; try --starttls amqp with AMQP 1.0'},
	{protocol: 'redis', pattern: /^-(?:ERR|DENIED|NOAUTH)/, hint: 'TLS is usually on port 6380 or 6379 with tls-port set'},
	{protocol: 'telnet', pattern: /^\xff[\xfb-\xfe]/, hint: 'this port speaks Telnet without TLS: try --starttls telnet, or port 992'},
	// SETTINGS or GOAWAY, of a stream numbered 0. RFC 9113 §6.5, §6.8.
	{protocol: 'http2', pattern: /^\x00\x00[\s\S][\x04\x07][\s\S]\x00{4}/},
	{protocol: 'ssl2', pattern: /^[\x80-\xbf][\s\S]\x04/, hint: 'probe it with --versions ssl2'},
];

/**
Name what bytes that are not TLS look like.

@param bytes - The first bytes that the peer sent.
*/
export function looksLike(bytes: Uint8Array): LooksLike {
	const text = Buffer.from(bytes).toString('latin1');
	const sign = signs.find(({pattern}) => pattern.test(text));
	if (sign !== undefined) {
		return {protocol: sign.protocol, hint: sign.hint};
	}

	return {protocol: isText(bytes) ? 'text' : 'binary'};
}

const isText = (bytes: Uint8Array): boolean => bytes.length > 0 && !/\\x/.test(printable(bytes));
