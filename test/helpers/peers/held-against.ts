import {readdirSync, readFileSync} from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import tls from 'node:tls';
import type {ExecutionContext} from 'ava';
import type {ConfiguredEndpoint} from '../../../source/server-configs/product.js';
import {proxyProtocolHeader} from '../../../source/transport/proxy-protocol.js';
import {fixture} from './fixtures.js';

/** The configurations of a product in `fixtures/server-configs/`, by the names of their files. */
export function configurationsOf(product: string): Readonly<Record<string, string>> {
	const folder = path.resolve('fixtures', 'server-configs', product);
	return Object.fromEntries(
		readdirSync(folder)
			.toSorted()
			.map(name => [name, readFileSync(path.join(folder, name), 'utf8')]),
	);
}

/** The numbers of ports that are written in configurations: all of them are 10400 to 10499. */
export const portsIn = (texts: Readonly<Record<string, string>>): readonly string[] =>
	[...new Set(Object.values(texts).flatMap(text => text.match(portNumber) ?? []))].toSorted();

/** Configurations with the ports of a test in place of those that are written, and with a certificate that is there. */
export function placed(texts: Readonly<Record<string, string>>, ports: readonly number[]): Readonly<Record<string, string>> {
	const written = portsIn(texts);
	const given = new Map(written.map((number, index) => [number, String(ports[index])]));
	return Object.fromEntries(
		Object.entries(texts).map(([name, text]) => [
			name,
			text.replaceAll(portNumber, number => given.get(number)!).replaceAll('/etc/certificates/server.pem', fixture('rsa')),
		]),
	);
}

const portNumber = /\b104\d\d\b/g;

const versions = ['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;

/**
Asserts that a running server accepts and refuses what a reader says of it, by a handshake for each version.

@param unlike - Versions that the reader says are accepted, with the reason for which they are not.
*/
export async function assertAnswers(
	t: ExecutionContext,
	endpoints: readonly ConfiguredEndpoint[],
	title: string,
	unlike: readonly string[] = [],
): Promise<void> {
	await Promise.all(
		endpoints.map(async endpoint => {
			const answers = await Promise.all(versions.map(async version => [version, await handshake(endpoint, version)] as const));
			for (const [version, answer] of answers) {
				const said = endpoint.accepts.includes(version) && !unlike.includes(version) ? 'accepted' : 'refused';
				if (endpoint.accepts.includes(version) || endpoint.rejects.includes(version)) {
					t.is(answer.replace(/^refused.*/, 'refused'), said, `${title}, ${endpoint.port} ${endpoint.serverName} ${version}: ${answer}`);
				}
			}
		}),
	);
}

const patienceMs = 30_000;

/** @returns `accepted`, `refused with ...` where the server said so or closed, or `silent`. */
export function handshake(
	{port, serverName, proxyProtocol}: Pick<ConfiguredEndpoint, 'port' | 'serverName' | 'proxyProtocol'>,
	version: (typeof versions)[number],
): Promise<string> {
	return new Promise(resolve => {
		const plain = net.connect(port, '127.0.0.1', () => {
			if (proxyProtocol !== undefined) {
				plain.write(proxyProtocolHeader(proxyProtocol, {from: {address: undefined, port: undefined}, to: {address: undefined, port}}));
			}

			const name = version === 'TLSv1.0' ? 'TLSv1' : version;
			const secure = tls.connect({
				socket: plain,
				servername: serverName ?? '',
				minVersion: name,
				maxVersion: name,
				ciphers: 'ALL:@SECLEVEL=0',
				rejectUnauthorized: false,
			});
			const end = (answer: string): void => {
				resolve(answer);
				plain.destroy();
			};
			secure.on('secureConnect', () => end('accepted'));
			secure.on('error', (error: NodeJS.ErrnoException) => end(`refused with ${error.code}`));
			plain.setTimeout(patienceMs, () => end('silent'));
		});
		plain.on('error', (error: NodeJS.ErrnoException) => resolve(`refused with ${error.code}`));
	});
}
