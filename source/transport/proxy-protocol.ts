import {isIP} from 'node:net';
import {addressBytes} from '../bytes/address-bytes.js';
import {Writer} from '../bytes/writer.js';

export type ProxyProtocol = 1 | 2;

/** The two ends of a connection. Unknown addresses are undefined. */
export type ConnectionEnds = {
	readonly from: {readonly address: string | undefined; readonly port: number | undefined};
	readonly to: {readonly address: string | undefined; readonly port: number};
};

const signature = Uint8Array.of(0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a);

/**
The header that a load balancer sends first. If an end is unknown, or the ends have different families, the header has no addresses (`UNKNOWN`,
`LOCAL`); receivers must accept this.

https://www.haproxy.org/download/2.9/doc/proxy-protocol.txt §2.1, §2.2
*/
export function proxyProtocolHeader(version: ProxyProtocol, {from, to}: ConnectionEnds): Uint8Array {
	const [family, otherFamily] = [isIP(from.address ?? ''), isIP(to.address ?? '')];
	const isKnown = family !== 0 && family === otherFamily && from.port !== undefined;
	if (version === 1) {
		const line = isKnown ? `PROXY TCP${family} ${from.address} ${to.address} ${from.port} ${to.port}\r\n` : 'PROXY UNKNOWN\r\n';
		return Buffer.from(line);
	}

	const writer = new Writer().bytes(signature);
	if (!isKnown) {
		return writer.uint8(0x20).uint8(0x00).uint16(0).toBytes();
	}

	writer.uint8(0x21).uint8(family === 4 ? 0x11 : 0x21);
	writer.prefixed(2, inner => inner.bytes(addressBytes(from.address!)).bytes(addressBytes(to.address!)).uint16(from.port!).uint16(to.port));
	return writer.toBytes();
}
