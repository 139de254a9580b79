/** The servers that are measured: nginx as Mozilla's intermediate configuration has it, and relays before it. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import net from 'node:net';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import process from 'node:process';
import {resetConnection} from '../../source/lab/reset-connection.js';
import {freePorts, listenOn, startNginx} from '../nginx.js';

/** How long the waiting relay keeps back each answer, in milliseconds. */
export const waitMs = 50;

export type Servers = {
	/** nginx itself; it listens on all of 127.0.0.0/8. */
	readonly direct: number;
	/** A relay that counts connections. */
	readonly counting: number;
	/** A relay that waits before it hands on what nginx sends. */
	readonly waiting: number;
	/** @returns How many connections the counting relay has had since the last call. */
	readonly takeCount: () => Promise<number>;
	readonly close: () => void;
};

export async function startServers(): Promise<Servers> {
	const folder = mkdtempSync(join(tmpdir(), 'tlsprobe-bench-'));
	const [direct] = (await freePorts(1)) as [number];
	const nginx = await startNginx(folder, intermediate(direct), [direct]);
	const relays = spawn(process.execPath, [process.argv[1]!, 'relay', String(direct)], {stdio: ['ignore', 'inherit', 'inherit', 'ipc']});
	const [{counting, waiting}] = (await once(relays, 'message')) as [{counting: number; waiting: number}];
	return {
		direct,
		counting,
		waiting,
		async takeCount() {
			relays.send('count');
			const [count] = (await once(relays, 'message')) as [number];
			return count;
		},
		close() {
			nginx.kill('SIGQUIT');
			relays.disconnect();
			rmSync(folder, {recursive: true, force: true});
		},
	};
}

/** The relays: a process that is not what is measured. */
export async function relay(to: number): Promise<void> {
	let count = 0;
	const counting = net.createServer({noDelay: true}, client => {
		count++;
		passOn(client, to, 0);
	});
	const waiting = net.createServer({noDelay: true}, client => passOn(client, to, waitMs));
	const [one, two] = await Promise.all([counting, waiting].map(server => listenOn(server, '127.0.0.1')));
	process.send!({counting: one, waiting: two});
	process.on('message', () => {
		process.send!(count);
		count = 0;
	});
	process.on('disconnect', () => process.exit());
}

function passOn(client: net.Socket, to: number, delayMs: number): void {
	const server = net.connect({port: to, host: '127.0.0.1', noDelay: true});
	const later = (action: () => void): void => {
		if (delayMs === 0) {
			action();
		} else {
			setTimeout(action, delayMs);
		}
	};

	client.on('data', bytes => server.write(bytes));
	client.on('end', () => server.end());
	server.on('data', bytes => later(() => client.writable && client.write(bytes)));
	server.on('end', () => later(() => client.end()));
	client.on('error', () => server.destroy());
	client.on('close', () => server.destroy());
	server.on('error', () => later(() => resetConnection(client)));
}

/** Mozilla's guideline, version 6.0, intermediate, with certificates of both kinds. */
function intermediate(port: number): string {
	const certificates = ['rsa', 'ecdsa-p256'].map(name => resolve(`fixtures/certificates/${name}.pem`));
	return `${certificates.map(pem => `	ssl_certificate ${pem}; ssl_certificate_key ${pem};`).join('\n')}
	ssl_protocols TLSv1.2 TLSv1.3;
	ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;
	ssl_ecdh_curve X25519:prime256v1:secp384r1;
	ssl_prefer_server_ciphers off;
	ssl_session_tickets off;
	server {listen 0.0.0.0:${port} ssl backlog=4096 reuseport;}`;
}
