import {once} from 'node:events';
import net from 'node:net';
import test from 'ava';
import legacy from '../../source/lab/peers/legacy.js';
import silent from '../../source/lab/peers/silent.js';
import {startLab} from '../../source/lab/start-lab.js';
import {codeOf} from '../../source/transport/connection.js';

const dial = (port: number): Promise<string> =>
	new Promise(resolve => {
		const socket = net.connect({host: '127.0.0.1', port});
		socket.once('connect', () => resolve('connected'));
		socket.once('error', error => resolve(codeOf(error)));
		socket.once('connect', () => socket.destroy());
	});

test('a lab that is closed takes no connections any more', async t => {
	const lab = await startLab([legacy, silent]);
	const ports = lab.running.map(({port}) => port);
	t.deepEqual(await Promise.all(ports.map(dial)), ['connected', 'connected']);
	await lab.close();
	t.deepEqual(await Promise.all(ports.map(dial)), ['ECONNREFUSED', 'ECONNREFUSED']);
});

test('closing a lab ends the connections that are open', async t => {
	const lab = await startLab([silent]);
	const socket = net.connect({host: '127.0.0.1', port: lab.running[0]!.port});
	socket.on('error', () => {});
	await once(socket, 'connect');
	socket.resume();
	const isClosed = once(socket, 'close');
	await lab.close();
	await isClosed;
	t.true(socket.destroyed);
});

test('a lab can be closed twice', async t => {
	const lab = await startLab([silent]);
	await lab.close();
	await t.notThrowsAsync(lab.close());
});

test('servers are listed in the order that was asked for', async t => {
	const lab = await startLab([silent, legacy]);
	t.deepEqual(
		lab.running.map(({peer}) => peer.name),
		['silent', 'legacy'],
	);
	await lab.close();
});

test('an address that is not of this machine is an error, and no server stays behind', async t => {
	// RFC 5737: no machine has this address.
	const error = await t.throwsAsync(startLab([silent, legacy], '192.0.2.1'));
	t.is(codeOf(error), 'EADDRNOTAVAIL');
});
