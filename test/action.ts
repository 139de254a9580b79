import {spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {chmod, mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {parse} from 'yaml';
import {rowsOf} from './helpers/depth.js';
import {honest, modern, tls10, tls12} from './helpers/honest-server.js';
import {needsTool} from './helpers/needs-tool.js';
import {fixture} from './helpers/peers/fixtures.js';
import {findFreePorts} from './helpers/peers/ports.js';
import {onPosix} from './helpers/platforms.js';
import {cliPath} from './helpers/run-cli.js';
import {serve} from './helpers/scripted-server.js';

type Action = {readonly runs: {readonly steps: readonly {readonly run: string; readonly env: Readonly<Record<string, string>>}[]}};

const {version} = JSON.parse(readFileSync('package.json', 'utf8')) as {version: string};

async function folderWith(t: ExecutionContext, files: Readonly<Record<string, string>>): Promise<string> {
	const folder = await mkdtemp(path.join(tmpdir(), 'tlsprobe-action-'));
	t.teardown(() => rm(folder, {recursive: true}));
	for (const [name, text] of Object.entries({output: '', summary: '', ...files})) {
		await writeFile(path.join(folder, name), text);
	}

	return folder;
}

function run(program: string, argv: readonly string[], cwd: string, environment: Readonly<Record<string, string>>) {
	return new Promise<{code: number | null; stdout: string}>((resolve, reject) => {
		const child = spawn(program, argv, {cwd, env: {PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', ...environment}});
		let stdout = '';
		child.stdout.setEncoding('utf8').on('data', chunk => {
			stdout += chunk;
		});
		child.on('error', reject);
		child.on('close', code => resolve({code, stdout}));
	});
}

/** Runs the one step of the action as a runner does, with the command as it is built. */
async function runAction(folder: string, inputs: Readonly<Record<string, string>> = {}, runner: Readonly<Record<string, string>> = {}) {
	const {runs} = parse(await readFile('action.yml', 'utf8')) as Action;
	const [step] = runs.steps;
	const given: Record<string, string> = {
		file: 'tlsprobe.yaml',
		config: '',
		expect: '',
		results: 'results.jsonl',
		undecided: 'fail',
		version: cliPath,
		...inputs,
	};
	const environment = Object.fromEntries(
		Object.entries(step!.env).map(([name, text]) => [
			name,
			text.replace(/^\$\{\{ inputs\.([\w-]+) \}\}$/, (_match, input: string) => given[input]!),
		]),
	);
	const result = await run('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', step!.run], folder, {
		...environment,
		GITHUB_OUTPUT: path.join(folder, 'output'),
		GITHUB_STEP_SUMMARY: path.join(folder, 'summary'),
		...runner,
	});
	return {
		...result,
		output: await readFile(path.join(folder, 'output'), 'utf8'),
		summary: await readFile(path.join(folder, 'summary'), 'utf8'),
	};
}

onPosix('the action fails a build with an annotation and a row of the summary, and keeps the results', async t => {
	const good = await serve(t, honest({versions: modern}));
	const bad = await serve(t, honest({versions: [tls10, tls12]}));
	const folder = await folderWith(t, {
		'tlsprobe.yaml': `endpoints: [{target: '127.0.0.1:${good.port}', name: good}, {target: '127.0.0.1:${bad.port}', name: 'bad|one', expect: rfc8996}]`,
	});
	const {code, stdout, output, summary} = await runAction(folder);
	t.is(code, 1);
	t.regex(stdout, /^::error title=bad\|one .*rfc8996-no-tls-1-0::TLSv1\.0 is accepted, but should be rejected \(TLSv1\.0 accepted: TLS_/m);
	t.is(output, 'exit-code=1\n');
	t.regex(summary, /rfc8996-no-tls-1-0|TLSv1\.0 is accepted, but should be rejected/);
	t.regex(summary, /good/);
	t.is((await readFile(path.join(folder, 'results.jsonl'), 'utf8')).trimEnd().split('\n').length, 2);
});

onPosix('what could not be decided fails a build unless it is told to pass, and wrong usage always does', async t => {
	const [port] = await findFreePorts(1);
	const folder = await folderWith(t, {'tlsprobe.yaml': `endpoints: ['127.0.0.1:${port}']`});
	t.is((await runAction(folder)).code, 3);
	t.is((await runAction(folder, {undecided: 'pass'})).code, 0);
	t.is((await runAction(folder, {undecided: 'pass', file: 'none.yaml'})).code, 2);
});

for (const {title, inputs, asked} of [
	{title: 'by default that of its own version', inputs: {version: ''}, asked: version},
	{title: 'or that of another', inputs: {version: '0.0.9'}, asked: '0.0.9'},
]) {
	onPosix(`the action runs the package of npm, ${title}, and builds nothing`, async t => {
		const folder = await folderWith(t, {npx: '#!/bin/sh\nprintf "%s\\n" "$@"\n'});
		await chmod(path.join(folder, 'npx'), 0o755);
		const {code, stdout} = await runAction(folder, inputs, {
			PATH: `${folder}:${path.dirname(process.execPath)}:${process.env.PATH}`,
			GITHUB_ACTION_PATH: process.cwd(),
		});
		t.is(code, 0);
		t.deepEqual(stdout.split('\n').slice(0, 5), ['--yes', `--package=tlsprobe@${asked}`, '--', 'tlsprobe', 'check']);
	});
}

for (const file of rowsOf(['--help', '--version', '-h', '--output=pwned', '--init', '--json'], 2)) {
	onPosix(`a file that is called ${file} is a file, and no option`, async t => {
		const {port} = await serve(t, honest({versions: [tls10, tls12]}));
		const folder = await folderWith(t, {[file]: `endpoints: ['127.0.0.1:${port}']`});
		// Help would end with 0, and where another file is looked for there is none, which ends with 2.
		t.is((await runAction(folder, {file})).code, 1);
		t.deepEqual((await readdir(folder)).toSorted(), ['output', 'results.jsonl', 'summary', file].toSorted());
	});
}

const values: readonly Readonly<Record<string, string>>[] = [
	{config: '--help'},
	{config: 'nginx.conf', expect: '--help'},
	{results: '--help'},
];

for (const given of values) {
	onPosix(`${JSON.stringify(given)}: values are no options`, async t => {
		const {port} = await serve(t, honest({versions: [tls10, tls12]}));
		const folder = await folderWith(t, {'tlsprobe.yaml': `endpoints: ['127.0.0.1:${port}']`, 'nginx.conf': 'events {}\n'});
		const {code} = await runAction(folder, given);
		t.is(code, given.results === undefined ? 2 : 1);
	});
}

if (needsTool('the example of a deployment', ['nginx'])) {
	test('the example of a deployment lets a good nginx through and stops a bad one', async t => {
		const [port] = await findFreePorts(1);
		const configuration = (folder: string, versions: string, ciphers: string): string => `pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events {}
http {
	access_log off;
	client_body_temp_path ${folder}/t1; proxy_temp_path ${folder}/t2; fastcgi_temp_path ${folder}/t3; uwsgi_temp_path ${folder}/t4; scgi_temp_path ${folder}/t5;
	server { listen 127.0.0.1:${port} ssl; ssl_protocols ${versions}; ssl_ciphers ${ciphers}; ssl_certificate ${fixture('rsa')}; ssl_certificate_key ${fixture('rsa')}; }
}
`;
		const folder = await folderWith(t, {tlsprobe: `#!/bin/sh\nexec "${process.execPath}" "${cliPath}" "$@"\n`});
		await writeFile(path.join(folder, 'good.conf'), configuration(folder, 'TLSv1.2 TLSv1.3', 'ECDHE+AESGCM:ECDHE+CHACHA20'));
		await writeFile(path.join(folder, 'bad.conf'), configuration(folder, 'TLSv1 TLSv1.2 TLSv1.3', 'DEFAULT:@SECLEVEL=0'));
		const script = path.resolve('docs/examples/nginx-pre-deploy.sh');
		const environment = {PATH: `${folder}:${process.env.PATH}:/usr/sbin`, OPENSSL_CONF: '/dev/null'};
		await run('chmod', ['+x', 'tlsprobe'], folder, {});
		const good = await run('sh', [script, 'good.conf'], folder, environment);
		t.is(good.code, 0, good.stdout);
		const bad = await run('sh', [script, 'bad.conf'], folder, environment);
		t.is(bad.code, 1, bad.stdout);
		t.regex(bad.stdout, /rfc9325-no-old-versions: TLSv1\.0 is accepted, but should be rejected/);
		t.false(await isListening(port!));
	});
}

async function isListening(port: number): Promise<boolean> {
	const {code} = await run(
		process.execPath,
		['-e', `require('net').connect(${port}, '127.0.0.1').on('connect', () => process.exit(0)).on('error', () => process.exit(1))`],
		'.',
		{},
	);
	return code === 0;
}
