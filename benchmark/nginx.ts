/** Starts an nginx for a benchmark, on free ports. */
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import net from 'node:net';
import {join} from 'node:path';

/** Starts to listen on a free port. @returns The port. */
export async function listenOn(server: net.Server, host: string): Promise<number> {
	server.listen({port: 0, host, backlog: 4096});
	await once(server, 'listening');
	return (server.address() as net.AddressInfo).port;
}

/** Ports on which nothing listened a moment ago. */
export async function freePorts(count: number): Promise<number[]> {
	const servers = Array.from({length: count}, () => net.createServer());
	const ports = await Promise.all(servers.map(server => listenOn(server, '0.0.0.0')));
	for (const server of servers) {
		server.close();
	}

	return ports;
}

/**
@param folder - Where it may write.
@param http - The content of the block `http`.
@param ports - Those that it listens on.
@returns Its process, once it listens on all of them.
*/
export async function startNginx(folder: string, http: string, ports: readonly number[]): Promise<ChildProcess> {
	const path = join(folder, 'nginx.conf');
	writeFileSync(
		path,
		`daemon off; master_process on; worker_processes 2; pid ${folder}/pid; error_log /dev/null;
events {worker_connections 8192;}
http {
	access_log off;
	client_body_temp_path ${folder}/1; proxy_temp_path ${folder}/2; fastcgi_temp_path ${folder}/3; uwsgi_temp_path ${folder}/4; scgi_temp_path ${folder}/5;
${http}
}
`,
	);
	const nginx = spawn('nginx', ['-c', path, '-e', '/dev/null'], {stdio: ['ignore', 'ignore', 'inherit']});
	nginx.on('error', error => {
		throw new Error('this benchmark takes nginx, and it cannot be run here', {cause: error});
	});
	for (const port of ports) {
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
