import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {fixture} from '../fixtures.js';
import type {ServerPlan} from '../start-server.js';

export type NssServer = {
	readonly argv: readonly string[];
	/** `rsa` by default. */
	readonly certificate?: string;
};

export const nssPrograms: readonly string[] = ['selfserv', 'certutil', 'pk12util', 'openssl'];

const run = promisify(execFile);

/** The server of NSS, with one port. */
export const nssPlan = ({argv, certificate = 'rsa'}: NssServer): ServerPlan => ({
	ports: 1,
	command: async ([port], folder) => {
		await makeDatabase(folder, certificate);
		return {program: 'selfserv', argv: ['-p', `${port}`, '-d', `sql:${folder}`, certificate === 'rsa' ? '-n' : '-e', 'peer', ...argv]};
	},
});

/** A database with one certificate, known as `peer`, and its key. */
async function makeDatabase(folder: string, certificate: string): Promise<void> {
	const file = `${folder}/peer.p12`;
	const pem = fixture(certificate);
	await run('certutil', ['-N', '-d', `sql:${folder}`, '--empty-password']);
	await run('openssl', ['pkcs12', '-export', '-in', pem, '-inkey', pem, '-name', 'peer', '-passout', 'pass:secret', '-out', file]);
	await run('pk12util', ['-i', file, '-d', `sql:${folder}`, '-W', 'secret', '-K', '']);
}
