import dgram from 'node:dgram';
import {once} from 'node:events';
import type {ExecutionContext} from 'ava';

type Records = {
	readonly A?: readonly string[] | 'garbage';
	readonly AAAA?: readonly string[] | 'garbage' /** `10 mail.example`; `0 .` for none. */;
	readonly MX?: readonly string[];
};

export type Zone = Readonly<Record<string, Records | 'silent' | 'garbage'>>;

export type NameServer = {
	/** For `--dns`. */
	readonly address: string;
	/** `A one.example`, in the order of the questions. */
	readonly asked: readonly string[];
};

const types = new Map([
	[1, 'A'],
	[28, 'AAAA'],
	[15, 'MX'],
] as const);

type RecordType = 'A' | 'AAAA' | 'MX';

/** A DNS server on loopback that knows these names and no others. RFC 1035 §4.1. */
export async function startNameServer(t: Pick<ExecutionContext, 'teardown'>, zone: Zone): Promise<NameServer> {
	const asked: string[] = [];
	const socket = dgram.createSocket('udp4');
	socket.on('message', (query, from) => {
		const {name, type, end} = readQuestion(query);
		asked.push(`${type} ${name}`);
		const known = Object.hasOwn(zone, name) ? zone[name] : undefined;
		const records = typeof known === 'object' ? known[type] : known;
		if (records === 'silent') {
			return;
		}

		// Cut in the middle of the question.
		const answer =
			records === 'garbage' ? query.subarray(0, 15) : makeAnswer(query.subarray(0, end), known === undefined ? 3 : 0, type, records ?? []);
		socket.send(answer, from.port, from.address);
	});
	socket.bind(0, '127.0.0.1');
	await once(socket, 'listening');
	t.teardown(() => socket.close());
	return {address: `127.0.0.1:${socket.address().port}`, asked};
}

function readQuestion(query: Buffer): {name: string; type: RecordType; end: number} {
	const labels: string[] = [];
	let place = 12;
	for (let length = query[place]!; length > 0; length = query[place]!) {
		labels.push(query.toString('latin1', place + 1, place + 1 + length));
		place += 1 + length;
	}

	return {name: labels.join('.').toLowerCase(), type: types.get(query.readUInt16BE(place + 1) as 1 | 28 | 15)!, end: place + 5};
}

function makeAnswer(question: Buffer, code: number, type: RecordType, addresses: readonly string[]): Buffer {
	const header = Buffer.from(question);
	header.writeUInt16BE(0x81_80 | code, 2);
	header.writeUInt16BE(addresses.length, 6);
	header.writeUInt32BE(0, 8);
	const records = addresses.map(address => {
		const data = dataOf(type, address);
		// The name is the question's; class IN; a minute.
		return Buffer.concat([
			Buffer.from([0xc0, 12, 0, [...types].find(([, name]) => name === type)![0], 0, 1, 0, 0, 0, 60, 0, data.length]),
			data,
		]);
	});
	return Buffer.concat([header, ...records]);
}

function dataOf(type: RecordType, text: string): Buffer {
	switch (type) {
		case 'A':
			return Buffer.from(text.split('.').map(Number));
		case 'AAAA':
			return Buffer.from(text === '::' ? '00'.repeat(16) : '00000000000000000000000000000001', 'hex');
		case 'MX': {
			const [preference, host] = text.split(' ') as [string, string];
			const labels = host.split('.').filter(label => label !== '');
			return Buffer.concat([
				Buffer.from([Number(preference) >> 8, Number(preference) & 0xff]),
				...labels.map(label => Buffer.from(`${String.fromCharCode(label.length)}${label}`, 'latin1')),
				Buffer.of(0),
			]);
		}

		default:
			return type satisfies never;
	}
}
