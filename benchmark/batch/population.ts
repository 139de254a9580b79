/** Hosts on loopback, as many as wanted: every address of 127.0.0.0/8 is this machine. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import net from 'node:net';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import process from 'node:process';
import {honest} from '../../test/helpers/honest-server.js';
import {readHello} from '../../test/helpers/script.js';
import {freePorts, listenOn, startNginx} from '../nginx.js';

/** `modern` and `legacy` are nginx; the others are scripted. */
export type Kind = 'modern' | 'legacy' | 'silent' | 'resetting' | 'refusing' | 'waiting';

export type Population = {
	readonly ports: Readonly<Record<Kind, number>>;
	readonly close: () => void;
};

export type Host = {readonly kind: Kind; readonly target: string};

/** How long the waiting servers wait before they answer. */
export const waitMs = 50;

/** What each kind of host is to be found to do, version by version from TLS 1.0 on. */
export const truths: Readonly<Record<Kind, string>> = {
	modern: '- - + +',
	legacy: '+ + + +',
	silent: '? ? ? ?',
	resetting: '? ? ? ?',
	refusing: '? ? ? ?',
	waiting: '- - + +',
};

/** The first address is 127.1.0.0. */
export function makeHosts(count: number, {ports}: Population, kindOf: (index: number) => Kind): Host[] {
	return Array.from({length: count}, (_, index) => {
		const kind = kindOf(index);
		return {kind, target: `127.${1 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}:${ports[kind]}`};
	});
}

export async function startPopulation(): Promise<Population> {
	const scripted = spawn(process.execPath, [process.argv[1]!, 'serve'], {stdio: ['ignore', 'inherit', 'inherit', 'ipc']});
	const [scriptedPorts] = (await once(scripted, 'message')) as [Record<'silent' | 'resetting' | 'waiting', number>];
	const [modern, legacy, refusing] = (await freePorts(3)) as [number, number, number];
	const folder = mkdtempSync(join(tmpdir(), 'tlsprobe-bench-'));
	const nginx = await startNginx(folder, sites(modern, legacy), [modern, legacy]);
	return {
		ports: {...scriptedPorts, modern, legacy, refusing},
		close() {
			nginx.kill('SIGQUIT');
			scripted.disconnect();
			rmSync(folder, {recursive: true, force: true});
		},
	};
}

/** ECDSA P-256, so that signing does not take the cores away from what is measured. */
function sites(modern: number, legacy: number): string {
	const certificate = resolve('fixtures/certificates/ecdsa-p256.pem');
	return `	ssl_certificate ${certificate}; ssl_certificate_key ${certificate};
	server {listen 0.0.0.0:${modern} ssl backlog=4096 reuseport; ssl_protocols TLSv1.2 TLSv1.3;}
	server {listen 0.0.0.0:${legacy} ssl backlog=4096 reuseport; ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3; ssl_ciphers DEFAULT:@SECLEVEL=0;}`;
}

/** The scripted hosts: a process of their own, which is not what is measured. */
export async function serve(): Promise<void> {
	const script = honest();
	const silent = net.createServer(socket => socket.on('error', () => {}).resume());
	const resetting = net.createServer(socket => {
		socket.on('error', () => {});
		socket.once('data', () => socket.resetAndDestroy());
	});
	const waiting = net.createServer({noDelay: true}, socket => {
		socket.on('error', () => {});
		socket.once('data', bytes => {
			const hello = readHello(bytes)!;
			const moves = script({hello, connection: 0, atOnce: 1, atMs: 0});
			setTimeout(() => {
				for (const move of moves) {
					if (move.kind === 'say' && !socket.destroyed) {
						socket.write(move.bytes);
					}
				}
			}, waitMs);
		});
	});
	const servers = {silent, resetting, waiting};
	const ports = await Promise.all(Object.entries(servers).map(async ([name, server]) => [name, await listenOn(server, '0.0.0.0')]));
	process.send!(Object.fromEntries(ports));
	process.on('disconnect', () => process.exit());
}
