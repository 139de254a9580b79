import {once} from 'node:events';
import net from 'node:net';
import test, {type ExecutionContext} from 'ava';
import type {Connection} from '../../source/transport/connection.js';
import {dialTcp} from '../../source/transport/tcp.js';

/** Does to each connection what its first byte names; `greet` and `leave` do not wait for one. */
async function startServer(t: ExecutionContext, first?: 'greet' | 'leave'): Promise<number> {
	const server = net.createServer({allowHalfOpen: true}, socket => {
		socket.on('error', () => {});
		if (first === 'greet') {
			socket.write('hello');
		} else if (first === 'leave') {
			socket.end('bye');
		}

		socket.on('data', bytes => {
			const what = bytes.toString('latin1');
			if (what.startsWith('echo')) {
				socket.write(what.slice(4));
			} else if (what === 'end') {
				socket.end();
			} else if (what === 'reset') {
				socket.resetAndDestroy();
			}
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.teardown(() => server.close());
	return (server.address() as net.AddressInfo).port;
}

async function connect(port: number): Promise<Connection> {
	const dialled = await dialTcp({address: '127.0.0.1', port, timeoutMs: 20_000});
	if (dialled.kind !== 'connected') {
		throw new Error(`no connection: ${JSON.stringify(dialled)}`);
	}

	return dialled.connection;
}

/** What is told until it is over, or until so many bytes have come. */
const listen = (connection: Connection, most = Number.POSITIVE_INFINITY): Promise<string> =>
	new Promise(resolve => {
		let text = '';
		connection.listen({
			onBytes(bytes) {
				text += Buffer.from(bytes).toString('latin1');
				if (text.length >= most) {
					resolve(text);
				}
			},
			onOver: code => resolve(`${text} ${code}`.trim()),
		});
	});

test('sockets are used again and again, and no event reaches another one', async t => {
	const port = await startServer(t);
	const whats = ['echo', 'end', 'reset', 'echo', 'hang up'];
	const talk = async (index: number): Promise<void> => {
		const connection = await connect(port);
		const what = whats[index % whats.length]!;
		const said = what === 'echo' ? `echo number ${index};` : what;
		const heard = listen(connection, what === 'echo' ? said.length - 4 : undefined);
		if (what === 'hang up') {
			connection.listen({onBytes: () => t.fail(), onOver: () => t.fail()});
			connection.send(Buffer.from('echo nobody listens'));
			connection.close();
			return;
		}

		connection.send(Buffer.from(said));
		t.is(await heard, what === 'echo' ? said.slice(4) : what === 'end' ? 'EOF' : 'ECONNRESET');
		connection.close();
	};

	for (let round = 0; round < 60; round++) {
		await Promise.all(Array.from({length: 5}, (_, index) => talk(round * 5 + index + (round % 5))));
	}
});

test('who has hung up can do nothing to who has the socket next', async t => {
	const port = await startServer(t);
	const gone: Connection[] = [];
	for (let index = 0; index < 30; index++) {
		const connection = await connect(port);
		for (const old of gone) {
			old.close();
			old.send(Buffer.from('end'));
		}

		const heard = listen(connection, 2);
		connection.send(Buffer.from('echook'));
		t.is(await heard, 'ok');
		connection.close();
		gone.push(connection);
	}
});

test('what comes before there is a listener goes to the first listener', async t => {
	const greeted = await connect(await startServer(t, 'greet'));
	const left = await connect(await startServer(t, 'leave'));
	// Long after both have said what they have to say.
	const other = await connect(await startServer(t));
	const echo = listen(other, 1);
	other.send(Buffer.from('echo.'));
	await echo;
	t.is(await listen(greeted, 5), 'hello');
	t.is(await listen(left), 'bye EOF');
	for (const connection of [greeted, left, other]) {
		connection.close();
	}
});

test('a refused connection is named by its code, and the next one is none the worse', async t => {
	const port = await startServer(t);
	const free = net.createServer().listen(0, '127.0.0.1');
	await once(free, 'listening');
	const refusing = (free.address() as net.AddressInfo).port;
	free.close();
	await once(free, 'close');
	for (let round = 0; round < 10; round++) {
		t.deepEqual(await dialTcp({address: '127.0.0.1', port: refusing, timeoutMs: 20_000}), {kind: 'failed', code: 'ECONNREFUSED'});
		const connection = await connect(port);
		const heard = listen(connection, 1);
		connection.send(Buffer.from('echo.'));
		t.is(await heard, '.');
		connection.close();
	}
});

test('an abort ends a dial, and the ends of a connection are known', async t => {
	const port = await startServer(t);
	const abort = new AbortController();
	const dialled = dialTcp({address: '127.0.0.1', port, timeoutMs: 20_000, signal: abort.signal});
	abort.abort();
	t.deepEqual(await dialled, {kind: 'cancelled'});
	t.deepEqual(await dialTcp({address: '127.0.0.1', port, timeoutMs: 20_000, signal: abort.signal}), {kind: 'cancelled'});
	const connection = await connect(port);
	t.is(connection.localEnd().address, '127.0.0.1');
	t.is(typeof connection.localEnd().port, 'number');
	connection.close();
});
