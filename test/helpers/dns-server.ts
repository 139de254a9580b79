import dgram from 'node:dgram';
import {once} from 'node:events';
import net from 'node:net';
import type {ExecutionContext} from 'ava';
import {fromHex} from '../../source/bytes/hex.js';

/** A query as a name server gets it. */
export type DnsQuery = {
	readonly bytes: Buffer;
	readonly id: number;
	readonly name: string;
	readonly type: number;
	readonly over: 'udp' | 'tcp';
	/** The number of earlier queries. */
	readonly index: number;
};

export type DnsRow = {
	/** The name of the question by default. */
	readonly name?: string;
	readonly type: number;
	readonly data: Uint8Array;
};

export type DnsReplyParts = {
	readonly rows?: readonly DnsRow[];
	readonly code?: number;
	readonly isAuthentic?: boolean;
	readonly isTruncated?: boolean;
	readonly id?: number;
	/** Instead of the one that was asked. */
	readonly question?: {readonly name: string; readonly type: number};
};

const uint16 = (value: number): Buffer => Buffer.of(value >> 8, value & 0xff);

/** RFC 1035 §3.1. */
export const dnsName = (name: string): Buffer =>
	Buffer.concat([
		...name
			.split('.')
			.filter(label => label !== '')
			.map(label => Buffer.concat([Buffer.of(label.length), Buffer.from(label, 'latin1')])),
		Buffer.of(0),
	]);

/** A response to a query. RFC 1035 §4.1. */
export function dnsReply(query: DnsQuery, {rows = [], code = 0, isAuthentic, isTruncated, id, question}: DnsReplyParts = {}): Buffer {
	const {name, type} = question ?? query;
	const flags = 0x81_80 | code | (isAuthentic ? 0x20 : 0) | (isTruncated ? 0x02_00 : 0);
	return Buffer.concat([
		...[id ?? query.id, flags, 1, rows.length, 0, 0].map(uint16),
		...[dnsName(name), uint16(type), uint16(1)],
		...rows.flatMap(row => [dnsName(row.name ?? query.name), ...[row.type, 1, 0, 60, row.data.length].map(uint16), Buffer.from(row.data)]),
	]);
}

export const caa = (tag: string, value: string, flags = 0): DnsRow => ({
	type: 257,
	data: Buffer.concat([Buffer.of(flags, tag.length), Buffer.from(tag + value, 'latin1')]),
});

export const tlsa = (usage: number, selector: number, matchingType: number, data: string): DnsRow => ({
	type: 52,
	data: Buffer.concat([Buffer.of(usage, selector, matchingType), fromHex(data)]),
});

/** @param parameters - By their keys, in hexadecimal. */
export const https = (priority: number, target: string, parameters: Readonly<Record<number, string>> = {}): DnsRow => ({
	type: 65,
	data: Buffer.concat([
		uint16(priority),
		dnsName(target),
		...Object.entries(parameters).flatMap(([key, value]) => [uint16(Number(key)), uint16(value.length / 2), Buffer.from(fromHex(value))]),
	]),
});

/** A or AAAA. Of IPv6 only `::` and `::1`. */
export const address = (text: string): DnsRow =>
	text.includes(':')
		? {type: 28, data: Buffer.from(text.slice(2).padStart(32, '0'), 'hex')}
		: {type: 1, data: Buffer.from(text.split('.').map(Number))};

/** MX, such as `10 mail.example`. */
export const mailServer = (text: string): DnsRow => {
	const [preference, host] = text.split(' ') as [string, string];
	return {type: 15, data: Buffer.concat([uint16(Number(preference)), dnsName(host)])};
};

export const cname = (name: string, target: string): DnsRow => ({name, type: 5, data: dnsName(target)});

/** An ECHConfigList of one configuration. RFC 9849 §4. */
export function echConfigs(publicName: string, version = 'fe0d'): string {
	const name = Buffer.from(publicName, 'latin1').toString('hex');
	const digits = (value: number, size: number): string => value.toString(16).padStart(size * 2, '0');
	const contents = `07002000${digits(32, 1)}${'ab'.repeat(32)}000400010001${digits(0, 1)}${digits(publicName.length, 1)}${name}0000`;
	const config = `${version}${digits(contents.length / 2, 2)}${contents}`;
	return `${digits(config.length / 2, 2)}${config}`;
}

function readQuery(bytes: Buffer, over: DnsQuery['over'], index: number): DnsQuery {
	const labels: string[] = [];
	let place = 12;
	for (let length = bytes[place]!; length > 0; length = bytes[place]!) {
		labels.push(bytes.toString('latin1', place + 1, place + 1 + length));
		place += 1 + length;
	}

	return {bytes, id: bytes.readUInt16BE(0), name: labels.join('.'), type: bytes.readUInt16BE(place + 1), over, index};
}

/** The same port for both: a port that is free over one protocol may be in use over the other. */
async function bindBoth(tcp: net.Server): Promise<{readonly udp: dgram.Socket; readonly port: number}> {
	for (;;) {
		const udp = dgram.createSocket('udp4');
		udp.bind(0, '127.0.0.1');
		await once(udp, 'listening');
		const {port} = udp.address();
		try {
			tcp.listen(port, '127.0.0.1');
			await once(tcp, 'listening');
			return {udp, port};
		} catch {
			udp.close();
		}
	}
}

export type DnsServer = {
	/** For `--dns`. */
	readonly address: string;
	/** `CAA www.example udp`, in the order of the queries. */
	readonly asked: string[];
};

const typeNames: Readonly<Record<number, string>> = {1: 'A', 28: 'AAAA', 52: 'TLSA', 65: 'HTTPS', 257: 'CAA'};

/**
A name server on loopback, over UDP and TCP.

@param respond - The messages to send for a query; none for silence. Over TCP the length is sent before each, except a `raw` one.
*/
export async function startDnsServer(
	t: Pick<ExecutionContext, 'teardown'>,
	respond: (query: DnsQuery) => readonly (Buffer | {readonly raw: Buffer})[],
): Promise<DnsServer> {
	const asked: string[] = [];
	const answer = (bytes: Buffer, over: DnsQuery['over']) => {
		const query = readQuery(bytes, over, asked.length);
		asked.push(`${typeNames[query.type] ?? query.type} ${query.name} ${over}`);
		return respond(query);
	};
	const tcp = net.createServer(socket => {
		socket.on('error', () => {});
		socket.on('data', bytes => {
			for (const message of answer(bytes.subarray(2), 'tcp')) {
				socket.write('raw' in message ? message.raw : Buffer.concat([uint16(message.length), message]));
			}

			socket.end();
		});
	});
	const {udp, port} = await bindBoth(tcp);
	udp.on('message', (bytes, from) => {
		for (const message of answer(bytes, 'udp')) {
			udp.send('raw' in message ? message.raw : message, from.port, from.address);
		}
	});
	t.teardown(() => {
		udp.close();
		tcp.close();
	});
	return {address: `127.0.0.1:${port}`, asked};
}
