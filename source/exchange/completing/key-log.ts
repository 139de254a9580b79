/** Six in TLS 1.3, and one before. */
const mostLines = 16;

/** Keep a line of a key log, as `keylog` of `node:tls` gives it. RFC 9850. */
export function keepLine(keyLog: string[], line: Buffer): void {
	if (keyLog.length < mostLines) {
		keyLog.push(line.toString('latin1').trim());
	}
}
