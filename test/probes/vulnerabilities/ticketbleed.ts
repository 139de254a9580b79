import {randomBytes} from 'node:crypto';
import {readFileSync} from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';
import test, {type ExecutionContext} from 'ava';
import askTicketbleed from '../../../source/probes/vulnerabilities/asking/ask-ticketbleed.js';
import {splitRecords} from '../../../source/wire/record.js';
import {aboutPort, askPort} from '../../helpers/ask-port.js';
import {answering, listen, ok, serveTls} from '../../helpers/confirm.js';
import {aboutAccepting} from '../../helpers/vulnerable-about.js';

/* A server that resumes tickets, behind a relay that changes the session id of ServerHello as the fault of F5 does, or in a similar way. */

/** The session id that is sent instead of a short one of the client. */
type Change = (id: Buffer, connection: number) => Buffer;

/** Header, version and random. */
const idStart = 4 + 2 + 32;

/** The session id of the hello at the beginning of these bytes. */
const idIn = (bytes: Buffer): Buffer => bytes.subarray(5 + idStart + 1, 5 + idStart + 1 + bytes[5 + idStart]!);

/** The record of a ServerHello with another session id. */
function withId(bytes: Buffer, id: Buffer): Buffer {
	const {fragment} = splitRecords(bytes).records[0]!;
	const end = 4 + (fragment[1]! << 16) + (fragment[2]! << 8) + fragment[3]!;
	const hello = fragment.subarray(0, end);
	const after = hello.subarray(idStart + 1 + hello[idStart]!);
	const body = Buffer.concat([hello.subarray(4, idStart), Buffer.of(id.length), id, after]);
	const message = Buffer.concat([Buffer.of(2, 0, body.length >> 8, body.length & 0xff), body, fragment.subarray(end)]);
	return Buffer.concat([
		bytes.subarray(0, 3),
		Buffer.of(message.length >> 8, message.length & 0xff),
		message,
		bytes.subarray(5 + fragment.length),
	]);
}

async function serveBehind(t: ExecutionContext, behind: number, change: Change): Promise<number> {
	let connections = 0;
	const front = net.createServer(client => {
		const server = net.connect(behind, '127.0.0.1').on('error', () => {});
		let id: Buffer | undefined;
		let isFirst = true;
		client.on('error', () => {}).on('close', () => server.destroy());
		client.on('data', bytes => {
			id ??= idIn(bytes);
			server.write(bytes);
		});
		server.on('data', bytes => {
			const isChanged = isFirst && id !== undefined && id.length > 0 && id.length < 32;
			isFirst = false;
			client.write(isChanged ? withId(bytes, change(id!, connections++)) : bytes);
		});
		server.on('close', () => client.end());
	});
	return listen(t, front);
}

const memory = (id: Buffer): Buffer => Buffer.concat([id, Buffer.from('secret of another connection')]).subarray(0, 32);

const rows: readonly (readonly [title: string, change: Change, status: string, connections: number])[] = [
	['sends 32 bytes', memory, 'present', 3],
	['sends 32 bytes from another place each time', id => Buffer.concat([id, randomBytes(31), Buffer.of(1)]).subarray(0, 32), 'present', 3],
	['sends 32 bytes on one of two connections', (id, connection) => (connection === 0 ? memory(id) : id), 'inconclusive', 3],
	['sends zeros behind the id', id => Buffer.concat([id, Buffer.alloc(32)]).subarray(0, 32), 'inconclusive', 2],
	['sends a part of the id', id => id.subarray(0, 16), 'inconclusive', 2],
	['sends no id', () => Buffer.alloc(0), 'inconclusive', 2],
	['sends an id that it has drawn', () => randomBytes(32), 'inconclusive', 2],
	['sends the id with one bit changed', id => Buffer.concat([Buffer.of(id[0]! ^ 1), id.subarray(1), randomBytes(4)]), 'inconclusive', 2],
	['sends the id as it is', id => id, 'absent', 2],
];

test('Ticketbleed: a server with the fault, and servers that look like it', async t => {
	const behind = await serveTls(
		t,
		answering(() => ok),
		{maxVersion: 'TLSv1.2'},
	);
	for (const [title, change, status, connections] of rows) {
		const found = await askPort(askTicketbleed, await serveBehind(t, behind, change));
		t.is(found.status, status as typeof found.status, `${title}: ${found.message}`);
		t.is(found.connections, connections, title);
	}
});

test('Ticketbleed: servers that do not accept their tickets, or send none', async t => {
	const pem = readFileSync('fixtures/certificates/localhost.pem');
	const server = tls.createServer({key: pem, cert: pem, maxVersion: 'TLSv1.2'}, socket => socket.resume());
	server.on('connection', () => server.setTicketKeys(randomBytes(48)));
	const changing = await listen(t, server);
	t.like(await askPort(askTicketbleed, changing), {status: 'inconclusive', connections: 4});
	// SSL_OP_NO_TICKET of OpenSSL.
	const none = await serveTls(t, socket => socket.resume(), {maxVersion: 'TLSv1.2', secureOptions: 0x4000});
	t.like(await askPort(askTicketbleed, none), {status: 'inconclusive', connections: 1});
	t.like(await askPort(askTicketbleed, none, aboutPort(none, ['TLSv1.2'], 'absent')), {status: 'not-applicable', connections: 0});
	t.like(await askPort(askTicketbleed, none, aboutAccepting(['TLSv1.3'])), {status: 'not-applicable', connections: 0});
	t.like(await askPort(askTicketbleed, none, aboutPort(none, ['TLSv1.3'])), {status: 'inconclusive', connections: 0});
});
