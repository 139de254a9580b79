import {execFile} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import type {Issued} from './issue.js';

/** A chain as a server would send it, and whom the client trusts. */
export type Chain = {readonly leaf: Issued; readonly sent: readonly Issued[]; readonly roots: readonly Issued[]};

/** Whether `openssl verify` takes the chain, at the security level that clients have had for long. */
export async function opensslVerdict({leaf, sent, roots}: Chain): Promise<{readonly isTrusted: boolean; readonly words: string}> {
	const folder = await mkdtemp(path.join(tmpdir(), 'tlsprobe-chain-'));
	const write = async (name: string, certificates: readonly Issued[]): Promise<string> => {
		const file = path.join(folder, name);
		await writeFile(file, certificates.map(({pem}) => pem).join(''));
		return file;
	};

	try {
		const files = ['-CAfile', await write('roots.pem', roots), ...(sent.length > 0 ? ['-untrusted', await write('sent.pem', sent)] : [])];
		const argv = ['verify', '-purpose', 'sslserver', '-auth_level', '1', '-partial_chain', '-no-CApath', '-no-CAstore', ...files];
		return await run([...argv, await write('leaf.pem', [leaf])]);
	} finally {
		await rm(folder, {recursive: true});
	}
}

const run = (argv: readonly string[]): Promise<{readonly isTrusted: boolean; readonly words: string}> =>
	new Promise(resolve => {
		execFile('openssl', argv, {env: {...process.env, OPENSSL_CONF: '/dev/null'}}, (error, stdout, stderr) =>
			resolve({isTrusted: error === null, words: `${stdout}${stderr}`}),
		);
	});

/** Whether a client of Node.js takes the chain from a server that sends it. */
export async function nodeVerdict({leaf, sent, roots}: Chain): Promise<{readonly isTrusted: boolean; readonly words: string}> {
	const server = tls.createServer({
		cert: [leaf, ...sent].map(({pem}) => pem).join(''),
		key: leaf.pair.privateKey.export({format: 'pem', type: 'pkcs8'}),
		ciphers: 'ALL@SECLEVEL=0',
		maxVersion: 'TLSv1.2',
		ecdhCurve: 'auto',
	});
	server.on('tlsClientError', () => {});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const socket = tls.connect({
		port: (server.address() as AddressInfo).port,
		host: '127.0.0.1',
		ca: roots.map(({pem}) => pem),
		ciphers: 'ALL@SECLEVEL=1',
		rejectUnauthorized: false,
		checkServerIdentity: () => undefined,
	});
	try {
		await once(socket, 'secureConnect');
		return {isTrusted: socket.authorized, words: String(socket.authorizationError ?? '')};
	} catch (error) {
		// At its level a client refuses some certificates in the handshake already.
		return {isTrusted: false, words: (error as Error).message};
	} finally {
		socket.destroy();
		server.close();
	}
}
