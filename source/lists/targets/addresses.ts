import net from 'node:net';

/** Consecutive addresses. IPv4 ones are numbers, as they are many; IPv6 ones do not fit. */
export type AddressRange = ({readonly family: 4; readonly first: number} | {readonly family: 6; readonly first: bigint}) & {
	/** How many, of which no more than 2^53 - 1 are counted: more than can be probed in 285 years at a million a second. */
	readonly size: number;
};

/**
The block that an address lies in, from its first address on, network and broadcast addresses included.

@returns Undefined where the address has not as many bits.
*/
export function blockOf(address: string, bits: number): AddressRange | undefined {
	if (net.isIPv4(address)) {
		const size = 2 ** (32 - bits);
		const value = readIPv4(address);
		return bits > 32 ? undefined : {family: 4, first: value - (value % size), size};
	}

	const width = BigInt(Math.max(0, 128 - bits));
	return bits > 128 ? undefined : {family: 6, first: (readIPv6(address) >> width) << width, size: countable(1n << width)};
}

/** @returns Undefined where the two are of different families, or the last comes before the first. */
export function spanOf(first: string, last: string): AddressRange | undefined {
	if (net.isIPv4(first) && net.isIPv4(last)) {
		const size = readIPv4(last) - readIPv4(first) + 1;
		return size < 1 ? undefined : {family: 4, first: readIPv4(first), size};
	}

	if (!isPlainIPv6(first) || !isPlainIPv6(last)) {
		return undefined;
	}

	const size = readIPv6(last) - readIPv6(first) + 1n;
	return size < 1n ? undefined : {family: 6, first: readIPv6(first), size: countable(size)};
}

/** The address at a place, from 0, as RFC 5952 writes it. */
export const addressAt = (range: AddressRange, index: number): string =>
	range.family === 4 ? writeIPv4(range.first + index) : writeIPv6(range.first + BigInt(index));

export function contains(range: AddressRange, address: string): boolean {
	if (range.family === 4) {
		const index = net.isIPv4(address) ? readIPv4(address) - range.first : -1;
		return index >= 0 && index < range.size;
	}

	const index = isPlainIPv6(address) ? readIPv6(address) - range.first : -1n;
	return index >= 0n && index < BigInt(range.size);
}

/** The one way to write an address that can be written in several. A copy, which keeps nothing else alive. */
export function canonical(address: string): string {
	if (net.isIPv4(address)) {
		return writeIPv4(readIPv4(address));
	}

	return isPlainIPv6(address) ? writeIPv6(readIPv6(address)) : address;
}

/** Without the zone of a link, which no block has. */
export const isPlainIPv6 = (text: string): boolean => text.includes(':') && net.isIPv6(text) && !text.includes('%');

const countable = (size: bigint): number => (size > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(size));

/** @param address - One that is valid. Digit by digit: lists have little else. */
function readIPv4(address: string): number {
	let value = 0;
	let octet = 0;
	for (let index = 0; index < address.length; index++) {
		const digit = address.charCodeAt(index) - 0x30;
		if (digit < 0) {
			value = value * 256 + octet;
			octet = 0;
		} else {
			octet = octet * 10 + digit;
		}
	}

	return value * 256 + octet;
}

const writeIPv4 = (value: number): string => `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;

function readIPv6(address: string): bigint {
	const [before, after] = shorten(address)
		.split('::', 2)
		.map(part => (part === '' ? [] : part.split(':')));
	const groups = after === undefined ? before! : [...before!, ...Array<string>(8 - before!.length - after.length).fill('0'), ...after];
	return BigInt(`0x${groups.map(group => group.padStart(4, '0')).join('')}`);
}

function writeIPv6(value: bigint): string {
	const digits = value.toString(16).padStart(32, '0');
	return shorten(digits.replaceAll(/....(?!$)/g, '$&:'));
}

/** As a URL has it, which is as RFC 5952 does, but for IPv4 at the end: that is in hexadecimal. */
const shorten = (address: string): string => new URL(`http://[${address}]`).hostname.slice(1, -1);
