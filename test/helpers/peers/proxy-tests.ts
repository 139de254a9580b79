import {mkdir, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {runCli} from '../run-cli.js';
import {findProgram} from './find-program.js';
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
	/** What `check` names as the place of the versions in the good one. */
	readonly statedAt: RegExp;
};

const patience = ['--timeout', '10s', '--deadline', '60s'];

/**
Declare tests of `check` with a real proxy, before and after its configuration changes: by a file of expectations, and by the proxy's own.

Where it is not installed they are skipped; in CI they fail instead.
*/
export function testProxy(proxy: Proxy): void {
	const {name, program, file, configuration, argv, statedAt} = proxy;
	if (findProgram(program) === undefined) {
		const why = `${name} is not installed, so its configuration cannot be held against it`;
		(process.env.CI ? test : test.skip)(why, t => t.fail(why));
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
			await writeFile(
				path.join(folder, 'tlsprobe.yaml'),
				`endpoints: [{target: 'edge.test:${port}', name: the edge, address: 127.0.0.1, expect: {rejects: [TLSv1.0, TLSv1.1], accepts: [TLSv1.2, TLSv1.3]}}]`,
			);
			await use(folder, port, server.stop);
		} finally {
			await server.stop();
		}
	}

	const check = (folder: string, ...more: string[]) => runCli(['check', ...more, ...patience], {cwd: folder});

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
			t.regex(byPolicy.stdout, /rfc8996-no-tls-1-0: TLSv1\.0 is accepted, but should be refused\n {6}TLSv1\.0 accepted: TLS_/);
		}));

	test(`${name}: a version that its configuration does not list is accepted: that is shown, with the line`, t =>
		withProxy('bad', 'good', async folder => {
			const {code, stdout} = await check(folder, '--config', file);
			t.is(code, 1, stdout);
			t.regex(
				stdout.replaceAll(/\s+/g, ' '),
				/configured-rejects: TLSv1\.0 (?:and TLSv1\.1 are|is) not listed, but accepted: something else answers here.* TLSv1\.0 accepted: TLS_/,
			);
			t.regex(stdout, statedAt);
		}));

	test(`${name}: a version that its configuration lists is refused by the security level: that is shown`, t =>
		withProxy('listed', 'listed', async folder => {
			const {code, stdout} = await check(folder, '--config', file);
			t.is(code, 1, stdout);
			t.regex(
				stdout.replaceAll(/\s+/g, ' '),
				/configured-accepts: TLSv1\.0 (?:and TLSv1\.1 are|is) listed, but refused: the security level .* TLSv1\.0 rejected: /,
			);
		}));

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
			t.regex(byConfiguration.stdout, /the listener does not answer: connection refused/);
		}));
}
