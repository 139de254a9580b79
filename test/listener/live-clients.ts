import {execFile} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import pLimit from 'p-limit';
import {localhostCertificate} from '../../source/bytes/localhost-certificate.js';
import type {Family} from '../../source/clients/client-profile.js';
import {clientProfiles} from '../../source/clients/index.js';
import {differencesFrom, findResemblance} from '../../source/clients/resemblance.js';
import {type RecordedClient, startListener} from '../../source/listener/start-listener.js';
import {firefoxSettings} from '../helpers/firefox-settings.js';
import {needsTool} from '../helpers/needs-tool.js';
import {findProgram} from '../helpers/peers/find-program.js';

type LiveClient = {
	readonly program: string;
	readonly argv: (port: number, folder: string) => readonly string[];
	readonly files?: Readonly<Record<string, string>>;
	/** How it tells its version. */
	readonly version: readonly string[];
	/** The version that the profile was recorded of. */
	readonly recorded: RegExp;
	readonly profile: string;
	/** What another version of it has to be taken for. */
	readonly families: readonly Family[];
	/** It says the same in an order of its own each time. */
	readonly shuffles?: boolean;
};

const javaSource = `import javax.net.ssl.*; import java.net.*;
class Client {
	public static void main(String[] arguments) throws Exception {
		Socket plain = new Socket("127.0.0.1", Integer.parseInt(arguments[0]));
		SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
		((SSLSocket) factory.createSocket(plain, "client.example", 443, true)).startHandshake();
	}
}`;
const pythonSource = `import socket, ssl, sys
plain = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
ssl.create_default_context().wrap_socket(plain, server_hostname='client.example')`;
const nodeSource = `require('node:tls').connect({port: Number(process.argv[1]), host: '127.0.0.1', servername: 'client.example'}).on('error', () => {})`;

const clients: readonly LiveClient[] = [
	{
		program: 'openssl',
		argv: port => ['s_client', '-connect', `127.0.0.1:${port}`, '-servername', 'client.example'],
		version: ['version'],
		recorded: /^OpenSSL 3\.0\./,
		profile: 'openssl-3.0',
		families: ['openssl', 'tool'],
	},
	{
		program: 'curl',
		argv: port => ['-sk', '--connect-to', `client.example:443:127.0.0.1:${port}`, 'https://client.example/'],
		version: ['--version'],
		recorded: /^curl 7\.88\..*OpenSSL\/3\.0\./s,
		profile: 'curl',
		families: ['openssl', 'tool', 'windows'],
	},
	{
		program: 'gnutls-cli',
		argv: port => ['--insecure', '--sni-hostname', 'client.example', '-p', String(port), '127.0.0.1'],
		version: ['--version'],
		recorded: /^gnutls-cli 3\.7\./,
		profile: 'gnutls',
		families: ['tool'],
	},
	{
		program: 'java',
		argv: (port, folder) => [path.join(folder, 'Client.java'), String(port)],
		files: {'Client.java': javaSource},
		version: ['--version'],
		recorded: /^openjdk 17\..*Debian/s,
		profile: 'java-17',
		families: ['java'],
	},
	{
		program: 'python3',
		argv: port => ['-c', pythonSource, String(port)],
		version: ['-c', 'import ssl, sys; print(sys.version.split()[0], ssl.OPENSSL_VERSION)'],
		recorded: /^3\.11\.\d+ OpenSSL 3\.0\./,
		profile: 'python',
		families: ['tool', 'openssl'],
	},
	{
		program: process.execPath,
		argv: port => ['-e', nodeSource, String(port)],
		version: ['--version'],
		recorded: /^v20\./,
		profile: 'node-20',
		families: ['tool', 'openssl'],
	},
	{
		program: 'chromium',
		argv: (port, folder) => [
			...['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${path.join(folder, 'profile')}`],
			...[`--host-resolver-rules=MAP client.example 127.0.0.1:${port}`, '--dump-dom', 'https://client.example/'],
		],
		version: ['--version'],
		recorded: /Chromium 156\./,
		profile: 'chromium-156',
		families: ['browser'],
		shuffles: true,
	},
	{
		program: 'firefox-esr',
		argv: (port, folder) => ['--headless', '--no-remote', '--profile', folder, `https://client.example:${port}/`],
		files: {'user.js': firefoxSettings},
		version: ['--version'],
		recorded: /Firefox 153\./,
		profile: 'firefox-153',
		families: ['browser'],
	},
];

/** Each is a process, and Java compiles first. */
const limit = pLimit(2);

for (const client of clients) {
	const name = path.basename(client.program);
	if (needsTool(`${name} as installed`, [client.program])) {
		test(`${name} as installed says what its profile says`, t =>
			limit(async () => {
				t.timeout(300_000, 'a browser takes its time to start for the first time');
				const recorded = await record(client);
				if (recorded.kind !== 'hello') {
					t.fail(`no hello, but ${JSON.stringify(recorded)}`);
					return;
				}

				const {hello} = recorded;
				t.is(hello.serverName, 'client.example');
				const profile = clientProfiles.find(item => item.name === client.profile)!;
				const version = await outputOf(client.program, client.version);
				if (client.recorded.test(version)) {
					const differences = differencesFrom(hello, profile).filter(text => !client.shuffles || text !== 'extensions in another order');
					t.deepEqual(differences, [], version);
					t.true(findResemblance(hello, clientProfiles)?.clients.includes(profile));
				} else {
					t.log(`${version.split('\n')[0]} is another version than the one of the profile ${client.profile}`);
					t.true(findResemblance(hello, clientProfiles)?.clients.some(({family}) => client.families.includes(family)));
				}
			}));
	}
}

async function record({program, argv, files = {}}: LiveClient): Promise<RecordedClient> {
	const folder = await mkdtemp(path.join(tmpdir(), 'tlsprobe-client-'));
	for (const [name, text] of Object.entries(files)) {
		await writeFile(path.join(folder, name), text);
	}

	let onClient: (client: RecordedClient) => void = () => {};
	const arrived = new Promise<RecordedClient>(resolve => {
		onClient = resolve;
	});
	const options = {address: '127.0.0.1', port: 0, answer: 'record' as const, makeCertificate: localhostCertificate};
	const listener = await startListener({
		...options,
		timeoutMs: 60_000,
		mostClients: 16,
		onClient(client) {
			onClient(client);
			return undefined;
		},
	});
	const enough = new AbortController();
	const ended = outputOf(findProgram(program)!, argv(listener.port, folder), {signal: enough.signal, home: folder});
	try {
		const failed = ended.then(text => new Promise<never>((_, reject) => setTimeout(reject, 30_000, new Error(`it never came: ${text}`))));
		return await Promise.race([arrived, failed]);
	} finally {
		await listener.close();
		enough.abort();
		await ended;
		await rm(folder, {recursive: true, force: true, maxRetries: 10});
	}
}

/** What a program prints; that the handshake fails is nothing to it here. A browser keeps things in the folder that is its home. */
const outputOf = (program: string, argv: readonly string[], {signal, home}: {signal?: AbortSignal; home?: string} = {}): Promise<string> =>
	new Promise(resolve => {
		const env = {...process.env, ...(home === undefined ? {} : {HOME: home})};
		const child = execFile(program, argv, {timeout: 240_000, signal, env}, (_error, stdout, stderr) => resolve(`${stdout}${stderr}`));
		child.stdin?.end();
	});
