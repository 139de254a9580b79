/**
Checks a single executable on the machine that it is for: `node packaging/check.js executables/tlsprobe-linux-x64`, or with `wine` before the path.

It runs in an empty folder, without anything of the package and of Node.js in reach.
*/
import {spawn} from 'node:child_process';
import {closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import tls from 'node:tls';

const words = process.argv.slice(2);
const executable = [...words.slice(0, -1), path.resolve(words.at(-1))];
const {version} = JSON.parse(readFileSync('package.json', 'utf8'));
const pem = readFileSync('fixtures/certificates/localhost.pem');
const folder = mkdtempSync(path.join(tmpdir(), 'tlsprobe-executable-'));
const server = tls.createServer({key: pem, cert: pem, minVersion: 'TLSv1.2'}, socket => socket.on('error', () => {}));
server.on('tlsClientError', () => {});
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
const target = `127.0.0.1:${server.address().port}`;

const cases = [
	{title: 'its version', argv: ['--version'], code: 0, said: new RegExp(`^${version.replaceAll('.', '\\.')}\r?\n$`)},
	{title: 'a verdict', argv: [target], code: 0, said: /PASS {2}TLSv1\.0 and TLSv1\.1 rejected/},
	{title: 'all probes', argv: [target, '--full', '--json'], code: 0, said: /"certificates":\[.*"verdict":"pass"/},
	{
		title: 'threads and a list',
		files: {'hosts.txt': `${target}\n`},
		argv: ['--hosts', 'hosts.txt', '--workers', '2', '--json', '--quiet'],
		code: 0,
		said: /"verdict":"pass"/,
	},
	{
		title: 'a list for which threads would be started',
		files: {'many.txt': Array.from({length: 300}, (_, index) => `127.0.1.${index % 250}:${index < 250 ? 1 : 2}\n`).join('')},
		argv: ['--hosts', 'many.txt', '--workers', '2', '--timeout', '1s', '--json', '--quiet'],
		code: 3,
		said: /^(?:.*"verdict":"inconclusive".*\n){300}$/,
	},
	{
		title: 'threads and a list with all probes',
		files: {'hosts.txt': `${target}\nlocalhost:${server.address().port}\n`},
		argv: ['--hosts', 'hosts.txt', '--full', '-4', '--workers', '2', '--json', '--quiet'],
		code: 0,
		said: /(?:"certificates":\[.*"verdict":"pass"[\s\S]*){2}/,
	},
	{title: 'every format', argv: [target, '--format', 'html'], code: 0, said: /<\/html>/},
	{title: 'its lab', argv: ['lab', '--peer', 'legacy', '--peer', 'tls13-only'], code: 0, said: /2 of 2 got the expected result/},
	{title: 'a check file', files: {'tlsprobe.yaml': `endpoints: ["${target}"]\n`}, argv: ['check'], code: 0, said: /pass/},
	{
		title: 'a configuration in TOML',
		files: {
			'traefik.toml': `[entryPoints.a]\naddress = "${target}"\n[entryPoints.a.http.tls]\n[providers.file]\nfilename = "tls.toml"\n`,
			'tls.toml': '[tls.options.default]\nminVersion = "VersionTLS12"\n',
		},
		argv: ['check', '--config', 'traefik.toml'],
		code: 0,
		said: /127\.0\.0\.1/,
	},
	{title: 'clients', argv: ['clients', target, '--client', 'java-17'], code: 0, said: /connects/},
	{title: 'Windows', argv: ['windows', '--os', '2012-r2', '--client', 'winhttp'], code: 0, said: /PASS/},
	{title: 'a catalog', argv: ['catalog', 'azure-portal'], code: 0, said: /portal\.azure\.com/},
	{title: 'a name that does not exist', argv: ['no-such-name.invalid:1', '--timeout', '2s', '--json'], code: 3, said: /"address":null/},
	{title: 'a queue without Redis', argv: ['queue', '--queue', 'redis://127.0.0.1:1'], code: 2, said: /ECONNREFUSED|refused|no connection/i},
	{title: 'its schemas', argv: ['schema'], code: 0, said: /^result .*\n(?:.*\n)*windows /},
	{
		title: 'a schema',
		argv: ['schema', 'windows'],
		code: 0,
		said: /"title": "The object that tlsprobe windows --json prints"[\s\S]*\n\}\r?\n$/,
	},
	{
		title: 'licences of all that is inside',
		argv: ['--licenses'],
		code: 0,
		said: /MIT License[\s\S]*bullmq[\s\S]*node-forge[\s\S]*Node\.js is licensed/,
	},
	{title: 'wrong usage', argv: ['--no-such-option'], code: 2, said: /^tlsprobe: /},
];

const evidence = ['--versions', '1.2', '--json', '--evidence'];
const randomOf = ({said}) => /"sent":"160301[\da-f]{4}01[\da-f]{6}0303([\da-f]{64})/.exec(said)?.[1];

let wrong = 0;
try {
	const [one, other] = [randomOf(await runHere([target, ...evidence])), randomOf(await runHere([target, ...evidence]))];
	report('each run draws its own random bytes', one !== undefined && other !== undefined && one !== other, `${one} and ${other}`);
	for (const {title, files = {}, argv, code, said} of cases) {
		for (const [name, text] of Object.entries(files)) {
			writeFileSync(path.join(folder, name), text);
		}

		const run = await runHere(argv);
		report(title, run.code === code && said.test(run.said), `ended with ${run.code}, not ${code}\n${run.said.slice(0, 3000)}`);
	}
} finally {
	server.close();
	rmSync(folder, {recursive: true, maxRetries: 3});
}

process.stdout.write(`${cases.length + 1 - wrong} passed, ${wrong} failed\n`);
process.exitCode = wrong > 0 ? 1 : 0;

function report(title, isRight, otherwise) {
	wrong += isRight ? 0 : 1;
	process.stdout.write(isRight ? `  ok  ${title}\n` : `  NOT ${title}: ${otherwise}\n`);
}

/** Programs under Wine cannot write to pipes. */
async function runHere(argv) {
	const file = path.join(folder, 'said');
	const output = openSync(file, 'w');
	const [program, ...before] = executable;
	const {PATH, HOME, WINEPREFIX} = process.env;
	const env = words.length > 1 ? {PATH, HOME, ...(WINEPREFIX === undefined ? {} : {WINEPREFIX}), WINEDEBUG: '-all'} : {};
	const system = process.platform === 'win32' ? {SystemRoot: process.env.SystemRoot, TEMP: process.env.TEMP} : {};
	const code = await new Promise((resolve, reject) => {
		const child = spawn(program, [...before, ...argv], {
			cwd: folder,
			env: {...system, ...env, LANG: 'C.UTF-8'},
			stdio: ['ignore', output, output],
		});
		child.on('error', reject);
		child.on('close', resolve);
	});
	closeSync(output);
	return {code, said: readFileSync(file, 'utf8')};
}
