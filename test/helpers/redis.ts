import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import net from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import type {ExecutionContext} from 'ava';
import {Redis} from 'ioredis';
import {freePort} from './free-port.js';

/** A Redis server of the test, on a Unix socket. */
export type TestRedis = {
	/** For `--queue`. */
	readonly url: string;
	/** Of TLS; 0 without it. */
	readonly tlsPort: number;
	/** Ends the server as a crash does. What the append-only file has stays. */
	readonly stop: () => Promise<void>;
	readonly start: () => Promise<void>;
	/** A client, for as long as the test runs. */
	readonly client: () => Redis;
};

export type RedisOptions = {
	/** What the server asks of its clients. */
	readonly password?: string;
	/** A user beside the usual one, as `ACL SETUSER` has it: a name and rules. */
	readonly user?: readonly string[];
	/** Key and certificate in PEM: the server is on `localhost` with TLS, too. */
	readonly tls?: {readonly key: string; readonly cert: string};
	/** Whether it keeps its data when it ends. */
	readonly isDurable?: boolean;
};

export async function startRedis(
	t: Pick<ExecutionContext, 'teardown'>,
	{password, user, tls, isDurable = false}: RedisOptions = {},
): Promise<TestRedis> {
	const folder = mkdtempSync(join(tmpdir(), 'tlsprobe-'));
	const path = join(folder, 'redis.sock');
	const clients: Redis[] = [];
	let child: ChildProcess | undefined;
	const tlsPort = tls === undefined ? 0 : await freePort();
	for (const [name, text] of Object.entries(tls ?? {})) {
		writeFileSync(join(folder, name), text);
	}

	const start = async (): Promise<void> => {
		const append = isDurable ? ['--appendonly', 'yes', '--appendfsync', 'always'] : ['--appendonly', 'no'];
		const secret = password === undefined ? [] : ['--requirepass', password];
		const secure =
			tls === undefined
				? []
				: [
						...['--bind', '127.0.0.1', '--tls-port', String(tlsPort), '--tls-auth-clients', 'no'],
						...['--tls-key-file', join(folder, 'key'), '--tls-cert-file', join(folder, 'cert')],
					];
		const users = user === undefined ? [] : ['--user', ...user];
		const usual = ['--port', '0', '--unixsocket', path, '--dir', folder, '--save', ''];
		child = spawn('redis-server', [...usual, ...append, ...secret, ...secure, ...users], {stdio: 'ignore'});
		while (!(await answers(path))) {
			await sleep(20);
		}
	};

	const stop = async (): Promise<void> => {
		const ended = child?.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
		child?.kill('SIGKILL');
		await ended;
		rmSync(path, {force: true});
	};

	await start();
	t.teardown(async () => {
		for (const client of clients) {
			client.disconnect();
		}

		await stop();
		rmSync(folder, {recursive: true, force: true});
	});
	return {
		url: `unix://${path}`,
		tlsPort,
		start,
		stop,
		client() {
			const client = new Redis({path, ...(password === undefined ? {} : {password}), maxRetriesPerRequest: null});
			client.on('error', () => {});
			clients.push(client);
			return client;
		},
	};
}

/** Whether the server is there and has read its data. */
const answers = (path: string): Promise<boolean> =>
	new Promise(resolve => {
		const socket = net.connect(path, () => socket.write('PING\r\n'));
		socket.on('data', bytes => {
			resolve(/^(?:\+PONG|-NOAUTH)/.test(bytes.toString('latin1')));
			socket.destroy();
		});
		socket.on('error', () => resolve(false));
	});
