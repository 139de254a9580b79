import {realpathSync, rmSync, statSync} from 'node:fs';
import net from 'node:net';
import {platform, tmpdir} from 'node:os';
import {basename, dirname, join} from 'node:path';
import {hash} from '../bytes/hash.js';
import {codeOf} from '../transport/connection.js';
import {OutputError} from './output-error.js';

/** Lets others write the files. Does nothing when called again. */
export type Unlock = () => void;

/**
Keep other runs on this machine from writing the same files. The lock is a local socket with a name made of the file's: the system takes
it back however a run ends, so none is left by one that crashed. What is no file, such as a pipe, is not locked, nor is anything
where the system has no such sockets.

@throws {OutputError} For a file that another run is writing.
*/
export async function lockFiles(paths: readonly string[]): Promise<Unlock> {
	const servers: net.Server[] = [];
	const unlock = (): void => {
		for (const server of servers.splice(0)) {
			server.close();
		}
	};

	for (const path of paths) {
		const place = placeOf(path);
		const server = place === undefined ? undefined : await listenOn(socketName(place));
		if (server === 'in-use') {
			unlock();
			throw new OutputError(`cannot write ${path}: another tlsprobe is writing it; wait for it to end, or name another file`);
		}

		servers.push(...(server === undefined ? [] : [server]));
	}

	return unlock;
}

/** One name for one file, however it is spelled. Undefined for what is no file, or cannot be one. */
function placeOf(path: string): string | undefined {
	try {
		const existing = statSync(path, {throwIfNoEntry: false});
		if (existing !== undefined) {
			return existing.isFile() ? realpathSync(path) : undefined;
		}

		return join(realpathSync(dirname(path)), basename(path));
	} catch {
		return undefined;
	}
}

/** Linux has sockets without a file, Windows pipes. */
function socketName(place: string): string {
	const into = {high: 0, low: 0};
	hash(place, into);
	const name = `tlsprobe-${into.high.toString(16)}${into.low.toString(16).padStart(8, '0')}`;
	switch (platform()) {
		case 'linux':
			return `\0${name}`;
		case 'win32':
			return `\\\\.\\pipe\\${name}`;
		default:
			return join(tmpdir(), `${name}.sock`);
	}
}

/** @returns Undefined where the system has no such socket. */
async function listenOn(name: string): Promise<net.Server | 'in-use' | undefined> {
	const server = await tryToListen(name);
	if (server !== 'in-use' || !name.endsWith('.sock') || (await isAlive(name))) {
		return server;
	}

	// Left by a run that crashed.
	rmSync(name, {force: true});
	return tryToListen(name);
}

const tryToListen = (name: string): Promise<net.Server | 'in-use' | undefined> =>
	new Promise(resolve => {
		const server = net.createServer(socket => socket.destroy());
		server.once('error', error => resolve(codeOf(error) === 'EADDRINUSE' ? 'in-use' : undefined));
		server.listen(name, () => {
			server.unref();
			resolve(server);
		});
	});

const isAlive = (name: string): Promise<boolean> =>
	new Promise(resolve => {
		const socket = net.connect(name, () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', error => resolve(codeOf(error) !== 'ECONNREFUSED'));
	});
