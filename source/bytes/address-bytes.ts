import {isIP} from 'node:net';

/**
An IP address in four or sixteen bytes. The zone of a link-local address is left out.

@param address - As `net.isIP` takes it.
*/
export function addressBytes(address: string): Uint8Array {
	if (isIP(address) === 4) {
		return Uint8Array.from(address.split('.').map(Number));
	}

	// The URL parser normalizes every form of an address.
	const short = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1);
	const [head, tail] = short.split('::').map(part => (part === '' ? [] : part.split(':').map(word => Number.parseInt(word, 16))));
	const words = tail === undefined ? head! : [...head!, ...Array.from({length: 8 - head!.length - tail.length}, () => 0), ...tail];
	return Uint8Array.from(words.flatMap(word => [word >> 8, word & 0xff]));
}
