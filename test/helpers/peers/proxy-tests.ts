import {execFile} from 'node:child_process';
import {mkdir, readFile, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {promisify} from 'node:util';
import test, {type ExecutionContext} from 'ava';
import {needsTool} from '../needs-tool.js';
import {runInFolder} from '../run-in-folder.js';
import {findProgram} from './find-program.js';
import {testBeside} from './real-server.js';
import {type ServerCommand, startServer} from './start-server.js';

/** What a proxy's configuration may say of its versions. */
export type Variant =
	/** TLS 1.2 and 1.3. */
	| 'good'
	/** TLS 1.0 as well, with what OpenSSL needs to speak it. */
	| 'bad'
	/** TLS 1.0 as well, without what OpenSSL needs to speak it. */
	| 'listed';

export type Proxy = {
	readonly name: string;
	readonly program: string;
	/** The configuration's name in the folder. */
	readonly file: string;
	readonly configuration: (variant: Variant, port: number, folder: string) => string;
	readonly argv: (folder: string, file: string) => readonly string[];
	/** Makes a running one read its configuration again. */
	readonly reload: (folder: string, file: string) => Promise<void>;
	/** What `check` names as the place of the versions in the good one. */
	readonly statedAt: RegExp;
};

const patience = ['--timeout', '10s', '--deadline', '60s'];

/** How often a server is looked at that is to change. */
const mostLooks = 40;

const expectations = (port: number): string =>
	`endpoints: [{target: 'edge.test:${port}', name: the edge, address: 127.0.0.1, expect: {rejects: [TLSv1.0, TLSv1.1], accepts: [TLSv1.2, TLSv1.3]}}]`;

/** Send the process that a file names a signal, as an administrator's script does. */
export const signalByFile =
	(name: string, signal: NodeJS.Signals) =>
	async (folder: string): Promise<void> => {
		process.kill(Number(await readFile(path.join(folder, name), 'utf8')), signal);
	};

/** Run a program to its end, as an administrator does. */
export async function runToEnd(program: string, argv: readonly string[]): Promise<void> {
	await promisify(execFile)(findProgram(program)!, argv);
}

const check = (folder: string, ...more: string[]) => runInFolder(['check', ...more, ...patience], {cwd: folder});

/**
Declare a test of `check --config` beside a real proxy that runs the very file.

Where it is not installed nothing can be shown: see `needsTool`.
*/
export function testConfiguration(
	{name, program, file, argv, needs = []}: Pick<Proxy, 'name' | 'program' | 'file' | 'argv'> & {readonly needs?: readonly string[]},
	title: string,
	{ports, files}: {readonly ports: number; readonly files: (ports: readonly number[], folder: string) => Readonly<Record<string, string>>},
	use: (
		t: ExecutionContext,
		run: (...more: string[]) => ReturnType<typeof runInFolder>,
		server: {readonly ports: readonly number[]; readonly folder: string},
	) => Promise<void>,
): void {
	let folder = '';
	testBeside(
		{
			name,
			programs: [program, ...needs],
			plan: {
				ports,
				command: (given, temporary) => {
					folder = temporary;
					return {program, argv: argv(temporary, file), files: files(given, temporary)};
				},
			},
		},
		title,
		(t, given) => use(t, (...more) => check(folder, '--config', file, ...more), {ports: given, folder}),
	);
}

/**
Declare tests of `check` with a real proxy, before and after its configuration changes: by a file of expectations, and by the proxy's own.

Where it is not installed nothing can be shown: see `needsTool`.
*/
export function testProxy(proxy: Proxy): void {
	const {name, program, file, configuration, argv, reload, statedAt} = proxy;
	if (!needsTool(`${name}: its configuration and the server`, [program])) {
		return;
	}

	/** Runs what one variant says, while the file says what another one does. */
	async function withProxy(
		running: Variant,
		stated: Variant,
		use: (folder: string, port: number, stop: () => Promise<void>) => Promise<void>,
	): Promise<void> {
		let folder = '';
		const server = await startServer({
			ports: 1,
			command: ([port], temporary): ServerCommand => {
				folder = temporary;
				return {
					program,
					argv: argv(temporary, 'running.conf'),
					files: {'running.conf': configuration(running, port!, temporary), [file]: configuration(stated, port!, temporary)},
				};
			},
		});
		const port = server.ports[0]!;
		try {
			await writeFile(path.join(folder, 'tlsprobe.yaml'), expectations(port));
			await use(folder, port, server.stop);
		} finally {
			await server.stop();
		}
	}

	test(`${name}: as it should be, and as its configuration says: both checks pass`, t =>
		withProxy('good', 'good', async (folder, port) => {
			const byFile = await check(folder);
			t.is(byFile.code, 0, byFile.stdout);
			const byConfiguration = await check(folder, '--config', file);
			t.is(byConfiguration.code, 0, byConfiguration.stdout);
			t.true(byConfiguration.stdout.includes(`127.0.0.1:${port}`));
			const json = await check(folder, '--config', file, '--json');
			t.regex(JSON.parse(json.stdout.split('\n')[0]!).judgements[0].source.name, statedAt);
		}));

	test(`${name}: changed from good to bad, check turns red and names endpoint, rule and evidence`, t =>
		withProxy('bad', 'bad', async (folder, port) => {
			const byFile = await check(folder);
			t.is(byFile.code, 1, byFile.stdout);
			t.regex(
				byFile.stdout,
				new RegExp(`^fail {10}the edge {2}edge\\.test:${port} {2}127\\.0\\.0\\.1\n {4}rejects: TLSv1\\.0 .*\n {6}TLSv1\\.0 accepted: TLS_`),
			);
			const agreeing = await check(folder, '--config', file);
			t.is(agreeing.code, 0, agreeing.stdout);
			const byPolicy = await check(folder, '--config', file, '--expect', 'rfc8996');
			t.is(byPolicy.code, 1, byPolicy.stdout);
			t.regex(byPolicy.stdout, /rfc8996-no-tls-1-0: TLSv1\.0 is accepted, but should be rejected\n {6}TLSv1\.0 accepted: TLS_/);
		}));

	test(`${name}: a version that its configuration does not list is accepted: that is shown, with the line`, t =>
		withProxy('bad', 'good', async folder => {
			const {code, stdout} = await check(folder, '--config', file);
			t.is(code, 1, stdout);
			t.regex(
				stdout.replaceAll(/\s+/g, ' '),
				/configured-rejects: TLSv1\.0 (?:and TLSv1\.1 are|is) not listed, but accepted: another server answers here.* TLSv1\.0 accepted: TLS_/,
			);
			t.regex(stdout, statedAt);
		}));

	test(`${name}: a version that its configuration lists is refused by the security level: that is shown`, t =>
		withProxy('listed', 'listed', async folder => {
			const {code, stdout} = await check(folder, '--config', file);
			t.is(code, 1, stdout);
			t.regex(
				stdout.replaceAll(/\s+/g, ' '),
				/configured-accepts: TLSv1\.0 (?:and TLSv1\.1 are|is) listed, but rejected: the security level .* TLSv1\.0 rejected: /,
			);
		}));

	test(`${name}: reloaded from good to bad while it runs: green, then not what runs, then red, and undecided once it is stopped`, async t => {
		let folder = '';
		const server = await startServer({
			ports: 1,
			command: ([port], temporary): ServerCommand => {
				folder = temporary;
				return {program, argv: argv(temporary, file), files: {[file]: configuration('good', port!, temporary)}};
			},
		});
		try {
			const [port] = server.ports as [number];
			await writeFile(path.join(folder, 'tlsprobe.yaml'), expectations(port));
			t.is((await check(folder)).code, 0);
			t.is((await check(folder, '--config', file)).code, 0);

			await writeFile(path.join(folder, file), configuration('bad', port, folder));
			const before = await check(folder, '--config', file);
			t.is(before.code, 1, before.stdout);
			t.regex(
				before.stdout.replaceAll(/\s+/g, ' '),
				/configured-accepts: TLSv1\.0 .* listed, but rejected: .* the running server uses another configuration/,
			);

			await reload(folder, file);
			// Workers of before may take a connection for some moments more.
			let after = await check(folder);
			for (let looks = 1; after.code !== 1 && looks < mostLooks; looks++) {
				after = await check(folder);
			}

			t.is(after.code, 1, after.stdout);
			t.regex(
				after.stdout,
				new RegExp(`^fail {10}the edge {2}edge\\.test:${port} {2}127\\.0\\.0\\.1\n {4}rejects: TLSv1\\.0 .*\n {6}TLSv1\\.0 accepted: TLS_`),
			);
			t.regex(after.stdout, /by the expectation itself/);
		} finally {
			if (!t.passed) {
				t.log(server.log());
			}

			await server.stop();
		}

		await mkdir(folder, {recursive: true});
		t.teardown(() => rm(folder, {recursive: true, force: true}));
		await writeFile(path.join(folder, 'tlsprobe.yaml'), expectations(server.ports[0]!));
		t.is((await check(folder)).code, 3);
	});

	test(`${name}: stopped, nothing is decided`, t =>
		withProxy('good', 'good', async (folder, port, stop) => {
			await stop();
			// The server takes its folder along.
			await mkdir(folder, {recursive: true});
			t.teardown(() => rm(folder, {recursive: true, force: true}));
			await writeFile(path.join(folder, file), configuration('good', port, folder));
			await writeFile(path.join(folder, 'tlsprobe.yaml'), `endpoints: [{target: '127.0.0.1:${port}', expect: {rejects: TLSv1.0}}]`);
			const byFile = await check(folder);
			t.is(byFile.code, 3, byFile.stdout);
			const byConfiguration = await check(folder, '--config', file);
			t.is(byConfiguration.code, 3, byConfiguration.stdout);
			t.regex(byConfiguration.stdout, /connection refused, so (?:its rule|none of its \d+ rules) could/);
		}));
}
