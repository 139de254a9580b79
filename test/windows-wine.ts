import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import tls from 'node:tls';
import test, {type ExecutionContext} from 'ava';
import {readResults} from './helpers/lists.js';
import {needsTool} from './helpers/needs-tool.js';
import {startPopulation} from './helpers/population.js';
import {checks} from './helpers/windows-wine/cases/checks.js';
import {consoles} from './helpers/windows-wine/cases/consoles.js';
import {lists} from './helpers/windows-wine/cases/lists.js';
import {outputs} from './helpers/windows-wine/cases/outputs.js';
import {paths} from './helpers/windows-wine/cases/paths.js';
import {registry} from './helpers/windows-wine/cases/registry.js';
import {targets} from './helpers/windows-wine/cases/targets.js';
import {findWindowsNode, type RunOptions, startMachine, windowsTools} from './helpers/windows-wine/machine.js';
import {runCase, type Scene, startServers} from './helpers/windows-wine/run-case.js';

/** All use one machine: to make one takes longer than to run twenty commands. */
const tables = {targets, lists, outputs, paths, checks, registry, consoles};

if (needsTool('the command on Windows', windowsTools)) {
	let scene: Scene;
	test.before(async t => {
		t.timeout(120_000);
		scene = {machine: await startMachine(findWindowsNode()), lab: await startServers()};
	});
	test.after.always(async () => {
		await scene?.machine.close();
		await scene?.lab.close();
	});
	for (const [table, cases] of Object.entries(tables)) {
		for (const one of cases) {
			test(`${table}: ${one.title}`, async t => {
				await runCase(t, scene, one);
			});
		}
	}

	test('a list that was killed is resumed: nothing is lost, and nothing is there twice', async t => {
		const {port} = await startPopulation(t, () => 'modern', {answerAfterMs: 30});
		const folder = scene.machine.folder('resumed');
		const file = path.join(folder.path, 'results.jsonl');
		writeFileSync(path.join(folder.path, 'hosts.txt'), `127.3.0.0/25:${port}\r\n`);
		const argv = [
			'--hosts',
			'hosts.txt',
			'--concurrency',
			'4',
			'--versions',
			'1.2',
			'--quiet',
			'--resume',
			'-o',
			`${folder.windowsPath}\\results.jsonl`,
		];
		const kill = new AbortController();
		const killed = scene.machine.command(folder, argv, {signal: kill.signal});
		await until(() => linesOf(file) >= 10);
		kill.abort();
		t.is((await killed).signal, 'SIGKILL');
		const before = linesOf(file);
		t.true(before < 128);
		const {code, stderr} = await scene.machine.command(folder, argv);
		t.is(code, 0, stderr);
		const targets = readResults(readFileSync(file, 'utf8')).map(({target}) => target);
		t.is(new Set(targets).size, 128);
		t.is(targets.length, 128);
	});

	test('a client that connects is recorded, and what was kept is explained', async t => {
		const folder = scene.machine.folder('listen');
		const {started, ended} = inBackground(t, folder, ['listen', '--port', '0', '--count', '1', '--json', '--save', 'kept hellos']);
		const port = Number((await started(/port (\d+)\r?\n/))[1]);
		const socket = tls.connect({port, host: '127.0.0.1', servername: 'client.example', rejectUnauthorized: false});
		socket.on('error', () => {});
		t.teardown(() => socket.destroy());
		const {code, stdout} = await ended;
		t.is(code, 0);
		t.like(JSON.parse(stdout), {kind: 'hello', serverName: 'client.example', handshake: {kind: 'finished', version: 'TLSv1.3'}});
		const [kept] = readdirSync(path.join(folder.path, 'kept hellos'));
		const explained = await scene.machine.command(folder, ['explain', `kept hellos\\${kept}`]);
		t.is(explained.code, 0, explained.stderr);
		t.regex(explained.stdout, /client\.example/);
	});

	test('the lab probes its own servers', async t => {
		const {code, stdout, stderr} = await scene.machine.command(scene.machine.folder('lab'), [
			'lab',
			'--peer',
			'legacy',
			'--peer',
			'schannel',
		]);
		t.deepEqual([code, stderr], [0, '']);
		t.regex(stdout, /2 of 2 got the expected result/);
	});

	/** Run the command while the test goes on. `started` waits for its standard error. */
	function inBackground(t: ExecutionContext, folder: ReturnType<Scene['machine']['folder']>, argv: readonly string[]) {
		const kill = new AbortController();
		t.teardown(() => kill.abort());
		let errorFile = '';
		const options: RunOptions = {
			signal: kill.signal,
			onStart(file) {
				errorFile = file;
			},
		};
		const ended = scene.machine.command(folder, argv, options);
		let isOver = false;
		void ended.finally(() => {
			isOver = true;
		});
		const started = async (pattern: RegExp): Promise<RegExpExecArray> => {
			let match: RegExpExecArray | null = null;
			await until(() => {
				match = errorFile === '' || isOver ? null : pattern.exec(readFileSync(errorFile, 'utf8'));
				return match !== null || isOver;
			});
			return match ?? t.fail(`it ended: ${(await ended).stderr}`);
		};
		return {started, ended};
	}
}

/** Files of another system's programs tell no one that they grow. */
async function until(holds: () => boolean): Promise<void> {
	while (!holds()) {
		await pause(5);
	}
}

function linesOf(file: string): number {
	try {
		return readFileSync(file, 'utf8').split('\n').length - 1;
	} catch {
		return 0;
	}
}
