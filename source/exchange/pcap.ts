import {isIP, isIPv6} from 'node:net';
import {addressBytes} from '../bytes/address-bytes.js';
import {Writer} from '../bytes/writer.js';
import type {Flow} from './flow.js';

/** Packets begin with their IP header, with nothing of a link in front. https://www.tcpdump.org/linktypes.html */
const linkTypeRaw = 101;

/** Of data in one segment: what Ethernet carries. */
const segmentBytes = 1440;

const flag = {fin: 0x01, syn: 0x02, rst: 0x04, psh: 0x08, ack: 0x10} as const;

/** The first port for connections whose own is not known, because they were never made. RFC 6335 §6. */
const firstDynamicPort = 49_152;

/** The header of a capture file: classic format, microseconds, version 2.4. */
export const pcapHeader = (): Uint8Array =>
	new Writer().uint32(0xa1_b2_c3_d4).uint16(2).uint16(4).uint32(0).uint32(0).uint32(262_144).uint32(linkTypeRaw).toBytes();

/**
Connections as the packets that may have carried them. TCP is made up round the bytes, which are as they were: a handshake, segments,
and the end that was seen. Windows, options and losses were not seen and are left out.

@returns Records to put behind `pcapHeader`, in the order of their times.
*/
export function pcapPackets(flows: readonly Flow[]): Uint8Array {
	const packets = flows.flatMap((flow, index) => packetsOf(flow, index)).toSorted((one, other) => one.atMs - other.atMs);
	return Uint8Array.from(Buffer.concat(packets.map(packetRecord)));
}

type Packet = {readonly atMs: number; readonly bytes: Uint8Array};

function packetRecord({atMs, bytes}: Packet): Uint8Array {
	const microseconds = Math.round(atMs * 1000);
	const seconds = Math.floor(microseconds / 1_000_000);
	return new Writer()
		.uint32(seconds)
		.uint32(microseconds - seconds * 1_000_000)
		.uint32(bytes.length)
		.uint32(bytes.length)
		.bytes(bytes)
		.toBytes();
}

type Side = {readonly address: Uint8Array; readonly port: number; sequence: number};

function packetsOf(flow: Flow, index: number): Packet[] {
	const startMs = Date.parse(flow.startedAt) || 0;
	const server: Side = {address: bytesOf(flow.address), port: flow.port, sequence: 2000 + index};
	const client: Side = {
		address: bytesOf(localAddressFor(flow)),
		port: flow.localPort ?? firstDynamicPort + (index % (65_536 - firstDynamicPort)),
		sequence: 1000 + index,
	};
	const packets: Packet[] = [];
	const send = (from: Side, atMs: number, flags: number, data: Uint8Array = new Uint8Array()): void => {
		const to = from === client ? server : client;
		packets.push({atMs: startMs + atMs, bytes: packet(from, to, flags, data)});
		from.sequence += data.length + (flags & (flag.syn | flag.fin) ? 1 : 0);
	};

	if (flow.end === 'unasked' && flow.connectedMs === undefined) {
		return [];
	}

	send(client, 0, flag.syn);
	if (flow.connectedMs === undefined) {
		if (isRefused(flow)) {
			send(server, flow.durationMs, flag.rst | flag.ack);
		}

		return packets;
	}

	send(server, flow.connectedMs, flag.syn | flag.ack);
	send(client, flow.connectedMs, flag.ack);
	for (const {from, bytes, atMs} of flow.flights) {
		for (let offset = 0; offset < bytes.length; offset += segmentBytes) {
			send(from === 'client' ? client : server, atMs, flag.psh | flag.ack, bytes.subarray(offset, offset + segmentBytes));
		}
	}

	sendEnd(flow, client, server, send);
	return packets;
}

const isRefused = ({end, failure}: Flow): boolean =>
	end === 'reset' || (failure?.kind === 'unreachable' && failure.code === 'ECONNREFUSED');

function sendEnd({end, durationMs}: Flow, client: Side, server: Side, send: (from: Side, atMs: number, flags: number) => void): void {
	switch (end) {
		case 'reset':
			send(server, durationMs, flag.rst | flag.ack);
			break;
		case 'closed':
			send(server, durationMs, flag.fin | flag.ack);
			send(client, durationMs, flag.fin | flag.ack);
			send(server, durationMs, flag.ack);
			break;
		case 'answered':
		case 'timeout':
		case 'unasked':
			// This side closes.
			send(client, durationMs, flag.fin | flag.ack);
			send(server, durationMs, flag.fin | flag.ack);
			send(client, durationMs, flag.ack);
			break;
		case 'failed':
			break;
		default:
			end satisfies never;
	}
}

/** One segment in one packet. RFC 9293 §3.1, RFC 791 §3.1, RFC 8200 §3. */
function packet(from: Side, to: Side, flags: number, data: Uint8Array): Uint8Array {
	const acknowledged = flags & flag.ack ? to.sequence : 0;
	const header = (checksum: number): Writer =>
		new Writer()
			.uint16(from.port)
			.uint16(to.port)
			.uint32(from.sequence)
			.uint32(acknowledged)
			.uint8(5 << 4)
			.uint8(flags)
			.uint16(65_535)
			.uint16(checksum)
			.uint16(0);
	const pseudoHeader = new Writer()
		.bytes(from.address)
		.bytes(to.address)
		.uint32(tcpProtocol)
		.uint32(20 + data.length);
	const sum = checksumOf(pseudoHeader.bytes(header(0).toBytes()).bytes(data).toBytes());
	const segment = header(sum).bytes(data).toBytes();
	return from.address.length === 16 ? ipv6(from, to, segment) : ipv4(from, to, segment);
}

const tcpProtocol = 6;
const hopLimit = 64;

function ipv4(from: Side, to: Side, segment: Uint8Array): Uint8Array {
	const header = (checksum: number): Uint8Array =>
		new Writer()
			.uint8(0x45)
			.uint8(0)
			.uint16(20 + segment.length)
			.uint16(0)
			.uint16(0x40_00)
			.uint8(hopLimit)
			.uint8(tcpProtocol)
			.uint16(checksum)
			.bytes(from.address)
			.bytes(to.address)
			.toBytes();
	return new Writer()
		.bytes(header(checksumOf(header(0))))
		.bytes(segment)
		.toBytes();
}

const ipv6 = (from: Side, to: Side, segment: Uint8Array): Uint8Array =>
	new Writer()
		.uint32(0x60_00_00_00)
		.uint16(segment.length)
		.uint8(tcpProtocol)
		.uint8(hopLimit)
		.bytes(from.address)
		.bytes(to.address)
		.bytes(segment)
		.toBytes();

/** RFC 1071. */
function checksumOf(bytes: Uint8Array): number {
	let sum = 0;
	for (let index = 0; index < bytes.length; index += 2) {
		sum += bytes[index]! * 256 + (bytes[index + 1] ?? 0);
	}

	while (sum > 0xff_ff) {
		sum = (sum & 0xff_ff) + Math.floor(sum / 0x1_00_00);
	}

	return ~sum & 0xff_ff;
}

/** Both ends have to be of one family; that of a proxy may be another one. */
function localAddressFor({address, localAddress}: Flow): string {
	const isSix = isIPv6(address);
	return localAddress !== undefined && isIPv6(localAddress) === isSix ? localAddress : isSix ? '::1' : '127.0.0.1';
}

/** The address of a name that only a proxy looks up is not known. */
const bytesOf = (address: string): Uint8Array => (isIP(address) === 0 ? new Uint8Array(4) : addressBytes(address));
