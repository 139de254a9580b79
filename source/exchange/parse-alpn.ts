/** A hello that offers more than this takes several segments. */
const mostAlpnBytes = 1024;

export type ParsedAlpn =
	| {readonly kind: 'alpn'; readonly protocols: readonly string[]}
	| {readonly kind: 'invalid' /** What is taken instead: goes behind the name of what takes it. */; readonly problem: string};

/** Application protocols: a list such as `h2,http/1.1`, the preferred one first, each of 1 to 255 bytes of visible ASCII. RFC 7301 §3.1, §6. */
export function parseAlpn(text: string): ParsedAlpn {
	const protocols = [...new Set(text.split(',').map(protocol => protocol.trim()))];
	const wrong = protocols.find(protocol => !/^[\x21-\x7e]{1,255}$/.test(protocol));
	if (wrong !== undefined) {
		const shown = wrong === '' ? 'an empty id' : JSON.stringify(wrong.slice(0, 80));
		return {kind: 'invalid', problem: `takes protocol ids of 1 to 255 bytes of ASCII, such as h2,http/1.1, not ${shown}`};
	}

	return protocols.join('').length + protocols.length > mostAlpnBytes
		? {kind: 'invalid', problem: `takes no more than ${mostAlpnBytes} bytes in all`}
		: {kind: 'alpn', protocols};
}
