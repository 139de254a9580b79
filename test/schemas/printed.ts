import {readFileSync} from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';
import test, {type ExecutionContext} from 'ava';
import {type SchemaName, schemaNames} from '../../source/schemas/index.js';
import {negotiating} from '../helpers/honest-server.js';
import {makeFolder} from '../helpers/lists.js';
import {startNameServer} from '../helpers/name-server.js';
import {startPeer} from '../helpers/one-peer.js';
import {type InProcessOptions, runInProcess} from '../helpers/run-in-process.js';
import {coverSchema} from '../helpers/schema-coverage.js';
import {hold} from '../helpers/script.js';
import {serve} from '../helpers/scripted-server.js';
import {faultsBy, readSchema} from '../helpers/validate.js';

type Run = (argv: readonly string[], options?: InProcessOptions) => Promise<string>;

/** Runs of a command that print every field of its schema. `runInProcess` holds each line to the schema, closed. */
const printing: Readonly<Partial<Record<SchemaName, (t: ExecutionContext, run: Run) => Promise<void>>>> = {
	async clients(t, run) {
		const file = makeFolder(t);
		await run(['clients', await startPeer(t, 'compliant')]);
		const report = file('windows.json', await run(['windows', '--os', '2012']));
		await run(['clients', await startPeer(t, 'compliant'), '--from', report]);
		const short = await serve(t, asked => (asked.hello.bytes.length > 1400 ? [hold] : negotiating({})(asked)));
		await run(['clients', `127.0.0.1:${short.port}`, '--client', 'chrome-133', '--timeout', '1s']);
		const withoutCertificate = await serve(t, negotiating({}));
		await run(['clients', `127.0.0.1:${withoutCertificate.port}`, '--client', 'go', '--timeout', '1s']);
		const {address} = await startNameServer(t, {});
		await run(['clients', 'missing.example', '--dns', address]);
	},
	async 'clients-list'(_t, run) {
		await run(['clients', '--list']);
	},
	async listen(t, run) {
		const folder = makeFolder(t)('hellos');
		const argv = ['listen', '--port', '0', '--save', folder];
		await run([...argv, '--count', '4'], {
			async meanwhile({said}) {
				const port = Number((await said(/port (\d+)\n/))[1]);
				await shakeHands(port, {rejectUnauthorized: false, ALPNProtocols: ['http/1.1']});
				await shakeHands(port, {});
				await say(port, 'GET / HTTP/1.1\r\nHost: a.example\r\n\r\n');
				await say(port, '\x16\x03\x01');
			},
		});
	},
	async windows(_t, run) {
		for (const [role, other] of [
			['client', 'Server'],
			['server', 'Client'],
		] as const) {
			await run(['windows', '--os', '2008 R2', '--role', role, '--before-after']);
			await run(['windows', '--os', '2012', '--role', role, '--before-after']);
			await run(['windows', '--os', '2012 R2', '--role', role, 'fixtures/windows/ciphers-off.reg', '--before-after']);
			await run(['windows', '--os', '2016', '--role', role, '-'], {input: offFor(other)});
		}
	},
	async diff(t, run) {
		const file = makeFolder(t);
		const compare = async (before: string, after: string): Promise<void> => {
			await run(['diff', file('before.jsonl', before), file('after.jsonl', after)]);
		};

		const suites = resultOf('pass-cipher-suites');
		await compare(suites, suites.replaceAll('TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"', 'TLS_RSA_WITH_RC4_128_SHA"'));
		const report = JSON.parse(resultOf('pass')) as {readonly versions: object};
		const certificate = {sha256: '00', subject: 'CN=a', issuer: 'CN=b'};
		const open = {status: 'inconclusive', reason: 'starttls-refused', words: '454 not now', durationMs: 1, shape: 'short', attempts: 1};
		await compare(
			line({...report, certificate}),
			line({...report, certificate: {...certificate, sha256: '01'}, versions: {...report.versions, 'TLSv1.2': open}}),
		);
	},
	async catalog(t, run) {
		await run(['catalog']);
		const entries = [
			{service: 'a', hosts: ['{name}.example'], expect: ['rfc8996', {rejects: ['TLSv1.0'], accepts: ['TLSv1.2']}, {minimum: 'TLSv1.2'}]},
		];
		await run(['catalog', makeFolder(t)('own.json', JSON.stringify({name: 'own', entries}))]);
		await run(['catalog', 'fixtures/catalogs/microsoft-365-endpoints.json']);
	},
	async 'catalog-due'(_t, run) {
		await run(['catalog', '--due']);
	},
	async 'lab-serve'(_t, run) {
		await run(['lab', '--serve'], {
			async meanwhile({printed, interrupt}) {
				await printed(/\n/);
				interrupt();
			},
		});
	},
};

test('each schema is printed here or, with a server of Redis, in test/queue/overview.ts', t => {
	// Every test that prints results holds them to the schema; the others are of files that are read (test/schemas/read.ts).
	const others = ['result', 'queue', 'check', 'catalog-file', 'windows-collection'];
	t.deepEqual([...others, ...Object.keys(printing)].toSorted(), schemaNames.toSorted());
});

for (const [name, print] of Object.entries(printing)) {
	test(`${name}: commands print each field of the schema, and no other`, async t => {
		const coverage = coverSchema(name);
		let first: string | undefined;
		await print(t, async (argv, options) => {
			const {stdout} = await runInProcess([...argv, '--json'], options);
			coverage.add(stdout);
			first ??= stdout.split('\n')[0]!;
			return stdout;
		});
		t.deepEqual(coverage.missing(), []);
		const faultsOf = faultsBy(readSchema(name), false);
		t.deepEqual(faultsOf(first!), []);
		const [[field], ...others] = Object.entries(JSON.parse(first!) as object) as [[string, unknown], ...[string, unknown][]];
		t.regex(faultsOf(line(Object.fromEntries(others)).trim()).join('\n'), new RegExp(`must have required property '${field}'`));
		t.regex(faultsOf(line({...JSON.parse(first!), colour: 'green'}).trim()).join('\n'), /additional properties.*colour/);
	});
}

const line = (value: unknown): string => `${JSON.stringify(value)}\n`;

/** A line as `--json` prints it, of a report that the formats are tested with. */
function resultOf(name: string): string {
	const {recordings} = JSON.parse(readFileSync(`fixtures/reports/${name}.json`, 'utf8')) as {recordings: readonly {report: object}[]};
	return line(recordings[0]!.report);
}

const offFor = (side: 'Client' | 'Server'): string =>
	`REGEDIT4\n[HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\${side}]\n"Enabled"=dword:0\n`;

async function shakeHands(port: number, options: tls.ConnectionOptions): Promise<void> {
	const socket = tls.connect({port, host: '127.0.0.1', servername: 'a.example', ...options});
	socket.on('secureConnect', () => socket.end());
	await closed(socket);
}

async function say(port: number, bytes: string): Promise<void> {
	const socket = net.connect({port, host: '127.0.0.1'});
	socket.end(Buffer.from(bytes, 'latin1'));
	socket.resume();
	await closed(socket);
}

const closed = (socket: net.Socket): Promise<void> =>
	new Promise(resolve => {
		socket.on('error', () => {});
		socket.on('close', () => resolve());
	});
