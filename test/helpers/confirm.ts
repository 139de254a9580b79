import {readFileSync} from 'node:fs';
import type net from 'node:net';
import tls from 'node:tls';
import type {ExecutionContext} from 'ava';
import type {ConfirmedReport, Report} from '../../source/engine/report.js';
import {type ProbeOverrides, probePort} from './scripted-server.js';

const pem = readFileSync('fixtures/certificates/localhost.pem');

/** Listen on loopback for as long as the test runs. */
export async function listen(t: ExecutionContext, server: net.Server): Promise<number> {
	const sockets = new Set<net.Socket>();
	server.on('connection', (socket: net.Socket) => {
		sockets.add(socket);
		socket.on('error', () => {});
		socket.on('close', () => sockets.delete(socket));
	});
	t.teardown(() => {
		server.close();
		for (const socket of sockets) {
			socket.destroy();
		}
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as net.AddressInfo).port;
}

/** A server of Node's own in every version, and what it does once the handshake is done, before anything is asked. */
export function serveTls(
	t: ExecutionContext,
	play: (socket: tls.TLSSocket) => void,
	options: tls.TlsOptions = {},
	onConnection = () => {},
	onSecret: (line: Buffer) => void = () => {},
): Promise<number> {
	const server = tls.createServer({
		key: pem,
		cert: pem,
		minVersion: 'TLSv1',
		ciphers: 'DEFAULT:@SECLEVEL=0',
		...options,
	});
	server.on('secureConnection', socket => {
		socket.on('error', () => {});
		play(socket);
	});
	server.on('tlsClientError', () => {});
	server.on('connection', onConnection);
	server.on('keylog', onSecret);
	return listen(t, server);
}

/** Answers a request by what is spoken. */
export const answering =
	(answer: (version: string) => string) =>
	(socket: tls.TLSSocket): void => {
		let heard = '';
		socket.on('data', bytes => {
			heard += bytes.toString('latin1');
			if (heard.endsWith('\r\n\r\n')) {
				socket.end(answer(socket.getProtocol()!));
			}
		});
	};

export const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';

/** Probe a port of loopback, and look behind the handshakes. */
export async function confirmPort(port: number, options: ProbeOverrides = {}): Promise<Report> {
	const {recordings} = await probePort(port, {host: 'localhost', confirms: true, ...options});
	return recordings[0].report;
}

/** What was found behind each handshake, oldest version first; a dash for a version that is not accepted. */
export const summaries = ({versions}: Report): string[] =>
	Object.values(versions).map(({confirmed}) => (confirmed === undefined ? '-' : summary(confirmed)));

function summary({handshake, verdict, because, failure, answer, wantsClientCertificate}: ConfirmedReport): string {
	const end = failure ?? answer;
	return [
		handshake,
		verdict,
		because,
		end?.kind,
		answer?.status,
		answer?.looksLike,
		end?.alert,
		answer?.code,
		wantsClientCertificate && 'wants-certificate',
	]
		.filter(Boolean)
		.join(' ');
}
