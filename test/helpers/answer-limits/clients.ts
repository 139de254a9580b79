import {execFile, execFileSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import http from 'node:http';
import type {AddressInfo} from 'node:net';
import path from 'node:path';
import pLimit from 'p-limit';
import {firefoxSettings} from '../firefox-settings.js';
import {findProgram} from '../peers/find-program.js';
import {buildGoProgram} from '../peers/go-program.js';

/** How a real client fared with each port: an empty text where it connected, else its complaint. */
export type Fared = ReadonlyMap<number, string>;

export type RealClient = {
	/** The profile of it. */
	readonly profile: string;
	/** All of them have to be installed. */
	readonly programs: readonly string[];
	/** How it tells its version, and the version that the profile is of. */
	readonly version: readonly string[];
	readonly recorded: RegExp;
	/**
	Lets it connect to every port of localhost, one process for all where that can be.

	@param authority - The certificate that it is to trust, in PEM.
	@param folder - To write into.
	*/
	readonly connect: (ports: readonly number[], authority: string, folder: string) => Promise<Fared>;
};

type Ended = {readonly code: number; readonly text: string};

const run = (program: string, argv: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> =>
	new Promise(resolve => {
		const env = {...process.env, NODE_OPTIONS: '', ...environment};
		const child = execFile(findProgram(program)!, argv, {timeout: 240_000, env, maxBuffer: 2 ** 24}, (error, stdout, stderr) =>
			resolve({code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, text: `${stdout}${stderr}`}),
		);
		child.stdin?.end();
	});

/** A process for each port, a few at once. */
async function connectEach(ports: readonly number[], program: string, argv: (port: number) => readonly string[]): Promise<Fared> {
	const limit = pLimit(3);
	const ended = await Promise.all(ports.map(port => limit(() => run(program, argv(port)))));
	return new Map(
		ports.map((port, index) => [port, ended[index]!.code === 0 ? '' : `exit ${ended[index]!.code}: ${ended[index]!.text.slice(-600)}`]),
	);
}

/** A process for all ports, which prints a line for each: the port, and what went wrong if anything did. */
async function connectAll(program: string, argv: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Fared> {
	const {text} = await run(program, argv, environment);
	const lines = text.split('\n').flatMap(line => {
		const match = /^(?:https:\/\/localhost:)?(?<port>\d+)\/? ?(?<problem>.*)$/.exec(line);
		return match === null ? [] : [[Number(match.groups!.port), match.groups!.problem!] as const];
	});
	if (lines.length === 0) {
		throw new Error(`${program}: ${text}`);
	}

	return new Map(lines);
}

const python = `import socket, ssl, sys
context = ssl.create_default_context(cafile=sys.argv[1])
for port in sys.argv[2:]:
    try:
        with socket.create_connection(('127.0.0.1', int(port))) as plain, context.wrap_socket(plain, server_hostname='localhost'):
            print(port)
    except Exception as error:
        print(port, str(error).replace('\\n', ' ') or 'failed')`;

const node = `const tls = require('node:tls');
const [authority, ...ports] = process.argv.slice(1);
const ca = require('node:fs').readFileSync(authority);
for (const port of ports) {
	const socket = tls.connect({port: Number(port), host: '127.0.0.1', servername: 'localhost', ca});
	socket.on('secureConnect', () => { console.log(port); socket.destroy(); });
	socket.on('error', error => { console.log(port, error.code ?? error.message); });
}`;

const java = `import java.io.*; import java.net.*; import java.security.*; import java.security.cert.*; import javax.net.ssl.*;
class Client {
	public static void main(String[] arguments) throws Exception {
		KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
		store.load(null, null);
		store.setCertificateEntry("authority", CertificateFactory.getInstance("X.509").generateCertificate(new FileInputStream(arguments[0])));
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(store);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, trust.getTrustManagers(), null);
		for (int index = 1; index < arguments.length; index++) {
			String problem = "";
			try (Socket plain = new Socket("127.0.0.1", Integer.parseInt(arguments[index]));
					SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", 443, true)) {
				socket.startHandshake();
			} catch (Exception error) {
				problem = " " + String.valueOf(error).replace("\\n", " ");
			}
			System.out.println(arguments[index] + problem);
		}
	}
}`;

const go = `package main

import ("crypto/tls"; "crypto/x509"; "fmt"; "os")

func main() {
	pem, _ := os.ReadFile(os.Args[1])
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(pem)
	for _, port := range os.Args[2:] {
		connection, err := tls.Dial("tcp", "127.0.0.1:"+port, &tls.Config{RootCAs: pool, ServerName: "localhost"})
		if err != nil {
			fmt.Println(port, err)
			continue
		}
		connection.Close()
		fmt.Println(port)
	}
}`;

/** A page that loads something from every port, and posts how that went. */
const page = (ports: readonly number[]): string => `<!doctype html><link rel="icon" href="data:,"><script>
const one = async port => {
	try {
		await fetch('https://localhost:' + port + '/', {mode: 'no-cors', cache: 'no-store'});
		return port + ' ';
	} catch (error) {
		return port + ' ' + error;
	}
};
Promise.all(${JSON.stringify(ports)}.map(one)).then(lines => fetch('/done', {method: 'POST', body: lines.join('\\n')}));
</script>`;

/** Lets a browser load the page, and ends it when it has posted. */
async function browse(ports: readonly number[], program: string, argv: (url: string) => readonly string[], home: string): Promise<Fared> {
	let onDone: (text: string) => void = () => {};
	const done = new Promise<string>(resolve => {
		onDone = resolve;
	});
	const server = http.createServer((request, response) => {
		let body = '';
		request.setEncoding('utf8').on('data', (text: string) => {
			body += text;
		});
		request.on('end', () => {
			response.setHeader('content-type', 'text/html');
			response.end(request.method === 'POST' ? '' : page(ports));
			if (request.method === 'POST') {
				onDone(body);
			}
		});
	});
	await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
	const enough = new AbortController();
	const ended = new Promise<string>(resolve => {
		const options = {timeout: 90_000, signal: enough.signal, env: {...process.env, HOME: home}, killSignal: 'SIGKILL'} as const;
		execFile(findProgram(program)!, argv(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`), options, (_, stdout, stderr) =>
			resolve(`${stdout}${stderr}`),
		);
	});
	try {
		const failed = ended.then(text => Promise.reject(new Error(`${program} never posted: ${text.slice(-2000)}`)));
		const text = await Promise.race([done, failed]);
		return new Map(text.split('\n').map(line => [Number.parseInt(line, 10), line.replace(/^\d+ /, '')]));
	} finally {
		enough.abort();
		await ended;
		server.closeAllConnections();
		server.close();
	}
}

/** A database of certificates as Chromium and Firefox have it, with one authority that is trusted. */
function makeDatabase(folder: string, authority: string): void {
	const certutil = findProgram('certutil')!;
	execFileSync('/bin/sh', [
		'-e',
		'-c',
		'mkdir -p "$2"; "$1" -N -d "sql:$2" --empty-password; "$1" -A -d "sql:$2" -n authority -t C,, -i "$3"',
		'sh',
		certutil,
		folder,
		authority,
	]);
}

const quietChromium = [
	...['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update'],
	...['--disable-sync', '--disable-quic', '--disable-domain-reliability', '--host-resolver-rules=MAP localhost 127.0.0.1'],
];

export const realClients: readonly RealClient[] = [
	{
		profile: 'openssl-3.0',
		programs: ['openssl'],
		version: ['version'],
		recorded: /^OpenSSL 3\.0\./,
		connect: (ports, authority) =>
			connectEach(ports, 'openssl', port => [
				...['s_client', '-connect', `127.0.0.1:${port}`, '-servername', 'localhost', '-verify_return_error', '-CAfile', authority],
			]),
	},
	{
		profile: 'curl',
		programs: ['curl'],
		version: ['--version'],
		recorded: /^curl 7\.88\..*OpenSSL\/3\.0\./s,
		connect: (ports, authority) =>
			connectAll('curl', [
				...['-sS', '--noproxy', '*', '--cacert', authority, '--write-out', '%{url} %{errormsg}\\n', '-4'],
				...ports.flatMap(port => ['-o', '/dev/null', `https://localhost:${port}/`]),
			]),
	},
	{
		profile: 'python',
		programs: ['python3'],
		version: ['-c', 'import ssl, sys; print(sys.version.split()[0], ssl.OPENSSL_VERSION)'],
		recorded: /^3\.11\.\d+ OpenSSL 3\.0\./,
		connect: (ports, authority) => connectAll('python3', ['-c', python, authority, ...ports.map(String)]),
	},
	{
		profile: 'node-20',
		programs: ['node'],
		version: ['--version'],
		recorded: /^v20\./,
		connect: (ports, authority) => connectAll('node', ['-e', node, authority, ...ports.map(String)]),
	},
	{
		profile: 'java-17',
		programs: ['java'],
		version: ['--version'],
		recorded: /^openjdk 17\..*Debian/s,
		connect(ports, authority, folder) {
			writeFileSync(path.join(folder, 'Client.java'), java);
			return connectAll('java', ['-XX:TieredStopAtLevel=1', path.join(folder, 'Client.java'), authority, ...ports.map(String)]);
		},
	},
	{
		profile: 'go',
		programs: ['go'],
		version: ['version'],
		recorded: /go1\.26\./,
		async connect(ports, authority, folder) {
			const source = path.join(folder, 'client.go');
			writeFileSync(source, go);
			return connectAll(await buildGoProgram(source, folder), [authority, ...ports.map(String)]);
		},
	},
	{
		profile: 'gnutls',
		programs: ['gnutls-cli'],
		version: ['--version'],
		recorded: /^gnutls-cli 3\.7\./,
		connect: (ports, authority) => connectEach(ports, 'gnutls-cli', port => ['--x509cafile', authority, '-p', String(port), 'localhost']),
	},
	{
		profile: 'chromium-156',
		programs: ['chromium', 'certutil'],
		version: ['--version'],
		recorded: /Chromium 156\./,
		connect(ports, authority, folder) {
			makeDatabase(path.join(folder, '.pki/nssdb'), authority);
			const argv = (url: string): readonly string[] => [
				...[...quietChromium, `--explicitly-allowed-ports=${ports.join()}`, `--user-data-dir=${path.join(folder, 'profile')}`],
				...['--remote-debugging-port=0', url],
			];
			return browse(ports, 'chromium', argv, folder);
		},
	},
	{
		profile: 'firefox-153',
		programs: ['firefox-esr', 'certutil'],
		version: ['--version'],
		recorded: /Firefox 153\./,
		connect(ports, authority, folder) {
			makeDatabase(folder, authority);
			const more = `user_pref("network.security.ports.banned.override", "${ports.join()}");\n`;
			writeFileSync(path.join(folder, 'user.js'), firefoxSettings + more);
			return browse(ports, 'firefox-esr', url => ['--headless', '--no-remote', '--profile', folder, url], folder);
		},
	},
];
