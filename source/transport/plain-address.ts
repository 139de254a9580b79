import net from 'node:net';
import {domainToASCII} from 'node:url';

/**
The plain form of an IPv4 address, however it is written.

Octal and hexadecimal numbers, and fewer than four, are addresses to some programs (WHATWG URL §3.5, inet_aton). Four decimal numbers
are taken as decimal where they have leading zeros: it is people and exports that pad, for columns.

@returns Undefined for what is no address in any of these ways.
*/
export function plainFormOf(text: string): string | undefined {
	if (/^\d+(?:\.\d+){3}$/.test(text)) {
		const numbers = text.split('.').map(Number);
		return numbers.every(number => number <= 255) ? numbers.join('.') : undefined;
	}

	// Where the last label is no number, it is a name. Most end in another letter, and cost no more than this.
	if (!/[\da-fx\uFF10-\uFF19]$/i.test(text)) {
		return undefined;
	}

	const last = text.slice(Math.max(text.lastIndexOf('.'), text.lastIndexOf('。'), text.lastIndexOf('．')) + 1);
	if (!/^(?:0x[\da-f]*|[\d\uFF10-\uFF19]+)$/i.test(last)) {
		return undefined;
	}

	const host = text.length > longestConverted ? '' : domainToASCII(text);
	return net.isIPv4(host) ? host : undefined;
}

/**
The longest name that is converted to ASCII, in characters: four times what DNS allows, as some letters become shorter. The time of
`domainToASCII` grows with the square of a name's length.
*/
export const longestConverted = 1024;

/** @param plain - What `plainFormOf` gave. */
export const oddAddressProblem = (plain: string): string =>
	`not the standard form of an address, and programs read it differently; write ${plain}`;
