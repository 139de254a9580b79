/** SSL_SESSION of OpenSSL, in hexadecimal: the fields that every session has, and `more` by their tags. */
export function sessionOf(sessionId: string, more: Readonly<Record<number, string>> = {}): string {
	const fields = Object.entries(more).map(([tag, contents]) => element(0xa0 + Number(tag), contents));
	const begun = [element(2, '01'), element(2, '0304'), element(4, '1301'), element(4, sessionId), element(4, 'aa'.repeat(48))];
	return element(0x30, [...begun, ...fields].join(''));
}

/** A session with this ticket. */
export const sessionWith = (ticket: Uint8Array): string => sessionOf('', {10: element(4, Buffer.from(ticket).toString('hex'))});

function element(tag: number, contents: string): string {
	const header = Buffer.of(tag, 0x82, 0, 0);
	header.writeUInt16BE(contents.length / 2, 2);
	return header.toString('hex') + contents;
}
