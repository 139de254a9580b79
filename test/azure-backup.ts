import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {cp, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {createInterface} from 'node:readline';
import {connect} from 'node:tls';
import test from 'ava';
import {peers} from '../source/lab/peers/index.js';
import {startStandIn} from '../source/lab/stand-in.js';
import {startLab} from '../source/lab/start-lab.js';
import {type CliResult, cliPath} from './helpers/run-cli.js';
import {runInFolder} from './helpers/run-in-folder.js';

type Command = {
	readonly words: readonly string[];
	/** The file that its output goes to. */
	readonly into: string | undefined;
	/** What the guide shows of its output; a line of three dots stands for any. */
	readonly shown: readonly string[];
};

/** The guide's commands, in their order, and the file that it says to write. */
async function readGuide(): Promise<{readonly commands: readonly Command[]; readonly checkFile: string}> {
	const text = await readFile('docs/azure-backup.md', 'utf8');
	const blocks = [...text.matchAll(/^```console\n(?<body>[\s\S]*?)^```$/gm)].map(({groups}) => groups!.body!);
	const commands = blocks.flatMap(body =>
		body
			.split(/^\$ /m)
			.filter(Boolean)
			.map(part => {
				const [line, ...shown] = part.trimEnd().split('\n');
				const [command, into] = line!.split(' > ');
				return {words: command!.split(' ').slice(1), into, shown: shown.filter(item => item !== '')};
			}),
	);
	return {commands, checkFile: /^```yaml\n(?<body>[\s\S]*?)^```$/m.exec(text)!.groups!.body!};
}

/** Ports, times and dates are of one run alone. */
const timeless = (text: string): string =>
	text
		.replaceAll(/127\.0\.0\.1(?::| port )\d+/g, '127.0.0.1:PORT')
		.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'NOW')
		.replaceAll(/\d{8}T\d{6}Z/g, 'NOW')
		.replaceAll(/ +\d+(?:\.\d+)?$/gm, ' MS')
		.replaceAll(/ +ms$/gm, ' ms')
		.replaceAll(/in [\d.]+ m?s, [\d.]+\/s/g, 'in MS');

/** @returns The first line of the guide that is not in the output where it should be. */
function firstMissing(shown: readonly string[], output: string): string | undefined {
	const lines = timeless(output)
		.split('\n')
		.filter(line => line !== '');
	let place = 0;
	let mayJump = false;
	for (const text of shown) {
		if (text === '...') {
			mayJump = true;
			continue;
		}

		const found = lines.indexOf(timeless(text), place);
		if (found === -1 || (found !== place && !mayJump)) {
			return text;
		}

		place = found + 1;
		mayJump = false;
	}

	return undefined;
}

/** The listener of the guide, and a client that comes to it. */
async function listen(words: readonly string[], cwd: string): Promise<CliResult> {
	const child = spawn(process.execPath, [cliPath, ...words], {cwd, env: {PATH: process.env.PATH ?? '', LANG: 'C.UTF-8'}});
	let stdout = '';
	child.stdout.setEncoding('utf8').on('data', chunk => {
		stdout += chunk;
	});
	const ended = once(child, 'close') as Promise<[number | null]>;
	let stderr = '';
	for await (const line of createInterface({input: child.stderr})) {
		stderr += `${line}\n`;
		const port = /port (\d+)$/.exec(line)?.[1];
		if (port !== undefined) {
			connect({host: '127.0.0.1', port: Number(port), servername: 'login.microsoftonline.com', rejectUnauthorized: false}).on(
				'error',
				() => {},
			);
		}
	}

	const [code] = await ended;
	return {code, stdout, stderr};
}

test('the guide can be followed from start to end against the lab, and prints what it shows', async t => {
	const lab = await startLab(peers);
	const proxy = await startStandIn(lab);
	const folder = await mkdtemp(path.join(tmpdir(), 'tlsprobe-guide-'));
	t.teardown(async () => {
		await proxy.close();
		await lab.close();
		await rm(folder, {recursive: true, force: true});
	});
	await cp('docs/examples/azure-backup', folder, {recursive: true});
	const {commands, checkFile} = await readGuide();
	await writeFile(path.join(folder, 'tlsprobe.yaml'), checkFile);
	const codes: string[] = [];
	for (const {words, into, shown} of commands) {
		const line = words.join(' ');
		const {code, stdout, stderr} =
			words[0] === 'listen'
				? await listen(words, folder)
				: await runInFolder(words, {cwd: folder, environment: {HTTPS_PROXY: proxy.url, NO_PROXY: ''}});
		codes.push(`${words.slice(0, 2).join(' ')} ${code}`);
		if (into !== undefined) {
			await writeFile(path.join(folder, into), stdout);
		}

		t.is(firstMissing(shown, `${into === undefined ? stdout : ''}${stderr}`), undefined, `tlsprobe ${line}\n${stdout}${stderr}`);
	}

	t.deepEqual(codes, [
		'catalog azure-backup 0',
		'--catalog azure-backup 0',
		'--catalog azure-backup 0',
		'--catalog azure-storage 0',
		'windows --collector 0',
		// As the server is, some of its programs do not reach TLS 1.2,
		'windows server.json 1',
		'windows server.json 1',
		'clients --from 1',
		'windows server.json 1',
		'windows server.json 1',
		// and with the remedy all of them do.
		'windows server.json 0',
		'clients --from 0',
		'windows server-after.json 0',
		'listen --port 0',
		'--catalog azure-backup 0',
		'diff before.jsonl 0',
		'check 0',
	]);
});
