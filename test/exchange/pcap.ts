import {execFile} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';
import type {Flow} from '../../source/exchange/flow.js';
import {pcapHeader, pcapPackets} from '../../source/exchange/pcap.js';
import {readFlows} from '../helpers/hellos.js';
import {testWith} from '../helpers/test-with.js';

type Packet = {readonly atMs: number; readonly ip: Buffer; readonly tcp: Buffer; readonly data: Buffer};

/** A reader of its own, so that the writer is not held against itself. */
function readPackets(bytes: Uint8Array): Packet[] {
	const packets: Packet[] = [];
	const buffer = Buffer.from(bytes);
	for (let offset = 0; offset < buffer.length; ) {
		const length = buffer.readUInt32BE(offset + 8);
		const ip = buffer.subarray(offset + 16, offset + 16 + length);
		const tcp = ip.subarray(ip[0]! >> 4 === 4 ? 20 : 40);
		packets.push({atMs: buffer.readUInt32BE(offset) * 1000 + buffer.readUInt32BE(offset + 4) / 1000, ip, tcp, data: tcp.subarray(20)});
		offset += 16 + length;
	}

	return packets;
}

const names = ['FIN', 'SYN', 'RST', 'PSH', 'ACK'];
const flagsOf = ({tcp}: Packet): string => names.filter((_, bit) => tcp[13]! & (1 << bit)).join(' ');

/** The sum of 16-bit words of bytes whose checksum is right is all ones. RFC 1071. */
function sumOf(...parts: readonly Uint8Array[]): number {
	const bytes = Buffer.concat([...parts, new Uint8Array(parts.reduce((sum, {length}) => sum + length, 0) % 2)]);
	let sum = 0;
	for (let offset = 0; offset < bytes.length; offset += 2) {
		sum += bytes.readUInt16BE(offset);
		sum = (sum & 0xff_ff) + (sum >> 16);
	}

	return sum;
}

function hasRightChecksums({ip, tcp}: Packet): boolean {
	const isV4 = ip[0]! >> 4 === 4;
	const addresses = isV4 ? ip.subarray(12, 20) : ip.subarray(8, 40);
	const pseudo = Buffer.from([0, 0, tcp.length >> 8, tcp.length & 0xff, 0, 6]);
	return (!isV4 || sumOf(ip.subarray(0, 20)) === 0xff_ff) && sumOf(addresses, pseudo, tcp) === 0xff_ff;
}

const [, , flow] = readFlows('openssl-tls12-and-tls13') as [Flow, Flow, Flow];
const hello = flow.flights.slice(0, 1);

const ends: readonly {readonly title: string; readonly flow: Flow; readonly flags: readonly string[]}[] = [
	{
		title: 'an answer',
		flow,
		flags: ['SYN', 'SYN ACK', 'ACK', 'PSH ACK', 'PSH ACK', 'FIN ACK', 'FIN ACK', 'ACK'],
	},
	{
		title: 'a close',
		flow: {...flow, end: 'closed', flights: hello},
		flags: ['SYN', 'SYN ACK', 'ACK', 'PSH ACK', 'FIN ACK', 'FIN ACK', 'ACK'],
	},
	{title: 'a reset', flow: {...flow, end: 'reset', flights: hello}, flags: ['SYN', 'SYN ACK', 'ACK', 'PSH ACK', 'RST ACK']},
	{
		title: 'a refused connection',
		flow: {
			...flow,
			end: 'failed',
			failure: {kind: 'unreachable', stage: 'connect', code: 'ECONNREFUSED'},
			connectedMs: undefined,
			flights: [],
		},
		flags: ['SYN', 'RST ACK'],
	},
	{
		title: 'a connection that timed out',
		flow: {
			...flow,
			end: 'failed',
			failure: {kind: 'unreachable', stage: 'connect', code: 'ETIMEDOUT'},
			connectedMs: undefined,
			flights: [],
		},
		flags: ['SYN'],
	},
	{
		title: 'what was never asked',
		flow: {...flow, end: 'unasked', failure: {kind: 'unasked', because: 'deadline'}, connectedMs: undefined, flights: []},
		flags: [],
	},
];

for (const {title, flow: ended, flags} of ends) {
	test(`${title} is recognized by its packets, with right checksums`, t => {
		const packets = readPackets(pcapPackets([ended]));
		t.deepEqual(packets.map(flagsOf), flags);
		t.true(packets.every(hasRightChecksums));
	});
}

test('the data of each side is what it sent, in segments that Ethernet carries', t => {
	const bytes = Uint8Array.from({length: 5000}, (_, index) => index & 0xff);
	const packets = readPackets(pcapPackets([{...flow, flights: [...hello, {from: 'server', bytes, atMs: 3}]}]));
	const fromServer = packets.filter(({tcp}) => tcp.readUInt16BE(0) === flow.port);
	t.deepEqual(Buffer.concat(fromServer.map(({data}) => data)), Buffer.from(bytes));
	t.true(packets.every(({ip}) => ip.length <= 1500));
	t.true(packets.every(hasRightChecksums));
});

test('IPv6 addresses are carried by IPv6, in any spelling', t => {
	const packets = readPackets(pcapPackets([{...flow, address: 'fe80::1:2%eth0', localAddress: '::ffff:192.0.2.1'}]));
	t.true(packets.length > 0);
	t.true(packets.every(hasRightChecksums));
	t.is(packets[0]!.ip.subarray(8, 40).toString('hex'), '00000000000000000000ffffc0000201fe800000000000000000000000010002');
});

test('packets of several connections are in the order of their times', t => {
	const times = readPackets(pcapPackets(readFlows('openssl-tls12-only'))).map(({atMs}) => atMs);
	t.true(times.length > 50);
	t.deepEqual(
		times,
		times.toSorted((one, other) => one - other),
	);
	t.true(Math.abs(times[0]! - Date.parse(readFlows('openssl-tls12-only')[0]!.startedAt)) < 10);
});

const run = promisify(execFile);

testWith({programs: ['tshark'], debianPackage: 'tshark'})(
	'Wireshark reads every connection as TLS, and finds nothing wrong with the TCP',
	async t => {
		const directory = await mkdtemp(path.join(tmpdir(), 'tlsprobe-'));
		try {
			const file = path.join(directory, 'all.pcap');
			const flows = ['openssl-tls12-only', 'openssl-hello-retry-request'].flatMap(readFlows);
			await writeFile(file, Buffer.concat([pcapHeader(), pcapPackets(flows)]));
			const checks = ['-o', 'tcp.check_checksum:TRUE', '-o', 'ip.check_checksum:TRUE', '-d', 'tcp.port==18443,tls', '-n'];
			const hellos = await run('tshark', ['-r', file, ...checks, '-Y', 'tls.handshake.type==1', '-T', 'fields', '-e', 'tcp.stream']);
			const odd = await run('tshark', [
				'-r',
				file,
				...checks,
				'-Y',
				'tcp.checksum.status!=1 || ip.checksum.status!=1 || tcp.analysis.flags || _ws.malformed',
			]);
			const answers = await run('tshark', [
				'-r',
				file,
				...checks,
				'-Y',
				'tls.handshake.type==2 || tls.alert_message',
				'-T',
				'fields',
				'-e',
				'tcp.stream',
			]);
			t.is(odd.stdout, '');
			t.true(new Set(hellos.stdout.trim().split('\n')).size >= flows.length - 1);
			t.is(new Set(answers.stdout.trim().split('\n')).size, flows.length);
		} finally {
			await rm(directory, {recursive: true});
		}
	},
);
