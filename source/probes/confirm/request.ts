import {bracketed} from '../../bytes/bracketed.js';

export type RequestFacts = {
	readonly host: string;
	/** The name to ask for, if it is not `host`. */
	readonly serverName?: string | undefined;
	readonly port: number;
	/** The protocol that went over to TLS, where one did. */
	readonly startTls: string | undefined;
	/** What was offered, where that was asked for. */
	readonly alpn?: readonly string[] | undefined;
	readonly toolVersion: string;
};

/** Where TLS from the first byte is usual, and something else than HTTP within it. */
const portsOfOthers: ReadonlySet<number> = new Set([
	465, 563, 636, 853, 989, 990, 992, 993, 994, 995, 1433, 2484, 3269, 3306, 3389, 5061, 5432, 5671, 6379, 6380, 6697, 8883,
]);

/**
The one request that is sent behind a handshake: it reads, changes nothing (RFC 9110 §9.2.1), and says who asks. A HEAD would keep back the body, in
which services say what is wrong.

@returns Undefined where the protocol of the port is another one.
*/
export function requestFor({host, serverName, port, startTls, alpn, toolVersion}: RequestFacts): string | undefined {
	const isOther = alpn === undefined ? portsOfOthers.has(port) : !alpn.some(protocol => protocol.startsWith('http/1'));
	if (startTls !== undefined || isOther) {
		return undefined;
	}

	const name = bracketed(serverName ?? host);
	return [
		'GET / HTTP/1.1',
		`Host: ${port === 443 ? name : `${name}:${port}`}`,
		`User-Agent: tlsprobe/${toolVersion}`,
		'Accept: */*',
		'Accept-Encoding: identity',
		'Connection: close',
		'\r\n',
	].join('\r\n');
}
