/** Hosts on loopback, as many as wanted: every address of 127.0.0.0/8 is this machine. */
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import net from 'node:net';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import process from 'node:process';
import {honest} from '../../test/helpers/honest-server.js';
import {readHello} from '../../test/helpers/script.js';

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
	const nginx = await startNginx(folder, modern, legacy);
	return {
		ports: {...scriptedPorts, modern, legacy, refusing},
		close() {
			nginx.kill('SIGQUIT');
			scripted.disconnect();
			rmSync(folder, {recursive: true, force: true});
		},
	};
}

async function freePorts(count: number): Promise<number[]> {
	const servers = await Promise.all(Array.from({length: count}, () => listen(net.createServer())));
	const ports = servers.map(portOf);
	for (const server of servers) {
		server.close();
	}

	return ports;
}

async function listen(server: net.Server): Promise<net.Server> {
	server.listen({port: 0, host: '0.0.0.0', backlog: 4096});
	await once(server, 'listening');
	return server;
}

const portOf = (server: net.Server): number => (server.address() as net.AddressInfo).port;

/** ECDSA P-256, so that signing does not take the cores away from what is measured. */
async function startNginx(folder: string, modern: number, legacy: number): Promise<ChildProcess> {
	const certificate = resolve('fixtures/certificates/ecdsa-p256.pem');
	const path = join(folder, 'nginx.conf');
	writeFileSync(
		path,
		`daemon off; master_process on; worker_processes 2; pid ${folder}/pid; error_log /dev/null;
events {worker_connections 8192;}
http {
	access_log off; ssl_certificate ${certificate}; ssl_certificate_key ${certificate};
	client_body_temp_path ${folder}/1; proxy_temp_path ${folder}/2; fastcgi_temp_path ${folder}/3; uwsgi_temp_path ${folder}/4; scgi_temp_path ${folder}/5;
	server {listen 0.0.0.0:${modern} ssl backlog=4096 reuseport; ssl_protocols TLSv1.2 TLSv1.3;}
	server {listen 0.0.0.0:${legacy} ssl backlog=4096 reuseport; ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3; ssl_ciphers DEFAULT:@SECLEVEL=0;}
}
`,
	);
	const nginx = spawn('nginx', ['-c', path, '-e', '/dev/null'], {stdio: ['ignore', 'ignore', 'inherit']});
	nginx.on('error', error => {
		throw new Error('this benchmark takes nginx, and it cannot be run here', {cause: error});
	});
	for (const port of [modern, legacy]) {
		while (!(await answers(port))) {}
	}

	return nginx;
}

const answers = (port: number): Promise<boolean> =>
	new Promise(resolve => {
		const socket = net.connect(port, '127.0.0.1');
		socket.on('connect', () => socket.destroy());
		socket.on('error', () => {});
		socket.on('close', hadError => resolve(!hadError));
	});

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
	const [one, two, three] = (await Promise.all([silent, resetting, waiting].map(listen))) as [net.Server, net.Server, net.Server];
	process.send!({silent: portOf(one), resetting: portOf(two), waiting: portOf(three)});
	process.on('disconnect', () => process.exit());
}
