import {once} from 'node:events';
import net, {type AddressInfo} from 'node:net';
import test, {type ExecutionContext} from 'ava';
import {resetConnection} from '../../source/lab/reset-connection.js';

/** Both ends of a connection. */
async function connected(t: ExecutionContext): Promise<{readonly near: net.Socket; readonly far: net.Socket}> {
	const server = net.createServer().listen(0, '127.0.0.1');
	t.teardown(() => server.close());
	await once(server, 'listening');
	const near = net.connect((server.address() as AddressInfo).port, '127.0.0.1');
	const [[far]] = (await Promise.all([once(server, 'connection'), once(near, 'connect')])) as [[net.Socket], unknown];
	return {near, far: far.resume()};
}

test('a connection is reset', async t => {
	const {near, far} = await connected(t);
	const failed = once(far, 'error') as Promise<[NodeJS.ErrnoException]>;
	resetConnection(near);
	const [[error]] = await Promise.all([failed, once(near, 'close')]);
	t.is(error.code, 'ECONNRESET');
});

test('a connection whose end is being sent is closed, and leaves no socket open', async t => {
	const {near, far} = await connected(t);
	const errors: unknown[] = [];
	near.on('error', error => errors.push(error)).end('x');
	const closed = Promise.all([once(near, 'close'), once(far, 'close')]);
	resetConnection(near);
	await closed;
	t.deepEqual(errors, []);
});
