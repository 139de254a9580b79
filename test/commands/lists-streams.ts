import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, openSync, readFileSync} from 'node:fs';
import {PassThrough, Writable} from 'node:stream';
import {setTimeout as pause, setImmediate} from 'node:timers/promises';
import test from 'ava';
import {main} from '../../source/commands/main.js';
import {addresses, briefly, gists, lines, makeFolder, nobody, readResults} from '../helpers/lists.js';
import {onLinux, onPosix} from '../helpers/platforms.js';
import {startPopulation} from '../helpers/population.js';
import {cliPath, runCli} from '../helpers/run-cli.js';
import {plainSurroundings, runInProcess} from '../helpers/run-in-process.js';
import {startSilentServer} from '../helpers/tls-server.js';

function collect(stream: NodeJS.ReadableStream): {text: string} {
	const collected = {text: ''};
	stream.setEncoding('utf8').on('data', chunk => {
		collected.text += chunk;
	});
	return collected;
}

// It keeps this thread busy, and what answers the others is in it too.
test.serial('a reader that reads nothing slows it down: it stops taking input, and goes on when it is read', async t => {
	const interrupt = new AbortController();
	let taken = 0;
	/** A thousand others each time. */
	async function* endless(): AsyncGenerator<Buffer> {
		for (; !interrupt.signal.aborted; taken += 1) {
			await setImmediate();
			yield Buffer.from(lines(addresses(1000).map(address => `${address.replace('127.1', `127.${taken + 1}`)}:1`)));
		}
	}

	let seen = '';
	let goOn: (() => void) | undefined;
	let isRead = false;
	const stdout = new Writable({
		write(chunk, _encoding, done) {
			seen += String(chunk);
			if (isRead) {
				done();
			} else {
				goOn = done;
			}
		},
	});
	const ended = main(['--hosts', '-', '--json', '--quiet', ...briefly], {
		...plainSurroundings,
		stdout,
		stderr: new PassThrough(),
		stdin: endless(),
		signal: interrupt.signal,
	});
	const turns = async (isEnough: () => boolean): Promise<void> => {
		for (let turn = 0; turn < 1000 || !isEnough(); turn += 1) {
			await setImmediate();
		}
	};

	await turns(() => goOn !== undefined);
	// All that was begun ends within a few turns of the loop, so what it takes settles, or goes on without end.
	let before: number;
	do {
		before = taken;
		await turns(() => true);
	} while (taken !== before && taken < 100);

	t.true(taken <= 5, `${taken} times 1000 targets were taken`);
	t.true(seen.startsWith('{"target":"127.'));
	isRead = true;
	goOn!();
	await turns(() => taken > before + 1);
	interrupt.abort();
	t.is(await ended, 130);
});

onPosix('a reader that goes away ends it quietly, and soon', async t => {
	const {port} = await startPopulation(t, lastByte => (lastByte % 2 === 0 ? 'silent' : 'modern'));
	const child = spawn(process.execPath, [cliPath, '--hosts', '-', '--json', '--timeout', '60s', '--deadline', '100s'], {
		stdio: ['pipe', 'pipe', 'pipe'],
	});
	const errors = collect(child.stderr);
	child.stdin.on('error', () => {});
	// Left open: there is more to come.
	child.stdin.write(lines(Array.from({length: 5000}, () => [`127.0.0.1:${port}`, `127.0.0.2:${port}`, nobody]).flat()));
	child.stdin.write(lines(addresses(300).map(address => `${address}:1`)));
	child.stdout.once('data', () => child.stdout.destroy());
	const [code, signal] = await once(child, 'exit');
	t.deepEqual([code, signal, errors.text], [0, null, '']);
});

onLinux('a full disk is a clear error, with 74', async t => {
	const at = makeFolder(t);
	const list = at('list', lines(addresses(50).map(address => `${address}:1`)));
	const {code, stderr} = await runCli(['--hosts', list, '--json', '--output', '/dev/full', ...briefly]);
	t.deepEqual([code, stderr], [74, 'tlsprobe: cannot write /dev/full: the disk is full\n']);
	const printed = spawnSync(process.execPath, [cliPath, '--hosts', list, '--json', ...briefly], {
		encoding: 'utf8',
		stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
	});
	t.is(printed.status, 74);
	t.regex(printed.stderr, /^tlsprobe: cannot write the result: the disk is full\n$/);
	const {code: noFolder, stderr: words} = await runCli(['--hosts', list, '--json', '--output', at('no/such/folder')]);
	t.is(noFolder, 74);
	t.regex(words, /the directory does not exist/);
});

/** Run the command in a terminal of its own. What is written to its input is typed there. */
function inTerminal(argv: readonly string[]): ChildProcess & {stdin: NodeJS.WritableStream; stdout: NodeJS.ReadableStream} {
	const command = [process.execPath, cliPath, ...argv].map(item => `'${item}'`).join(' ');
	return spawn('script', ['-qec', `stty cols 100 rows 24; exec ${command}`, '/dev/null'], {
		stdio: ['pipe', 'pipe', 'inherit'],
		env: {PATH: process.env.PATH, LANG: 'C.UTF-8', TERM: 'xterm', COLUMNS: '100'},
	}) as never;
}

const controlC = '\u0003';

onLinux('Ctrl-C once lets what is in flight finish, and sums up', async t => {
	const {port, askedAtMs} = await startPopulation(t, () => 'modern', {answerAfterMs: 300});
	const at = makeFolder(t);
	const list = at('list', `127.7.0.0/16:${port}\n`);
	const child = inTerminal([
		...['--hosts', list, '--json', '--output', at('out'), '--concurrency', '20', '--workers', '1'],
		// What is in flight is answered in time on a busy machine too.
		...['--timeout', '60s', '--deadline', '100s'],
	]);
	const shown = collect(child.stdout);
	while (askedAtMs.length < 20) {
		await pause(10);
	}

	child.stdin.write(controlC);
	const [code] = await once(child, 'close');
	t.is(code, 130);
	t.regex(shown.text, /Interrupted: running probes have ended, the remaining targets were not probed\./);
	const results = readResults(readFileSync(at('out'), 'utf8'));
	t.true(results.length >= 5 && results.length < 10_000);
	t.deepEqual([...new Set(results.map(({verdict}) => verdict))], ['pass']);
	t.regex(
		shown.text,
		new RegExp(`${results.length.toLocaleString('en-US')} targets in .*: .*${results.length.toLocaleString('en-US')} pass`, 'm'),
	);
});

onLinux('Ctrl-C twice stops at once, and leaves whole lines', async t => {
	const {port, askedAtMs} = await startPopulation(t, lastByte => (lastByte % 2 === 0 ? 'silent' : 'modern'));
	const at = makeFolder(t);
	const list = at('list', `127.7.0.0/16:${port}\n`);
	const child = inTerminal(['--hosts', list, '--json', '--output', at('out'), '--timeout', '100s', '--deadline', '200s']);
	const shown = collect(child.stdout);
	while (askedAtMs.length < 100 || !existsSync(at('out')) || readFileSync(at('out')).length === 0) {
		await pause(10);
	}

	child.stdin.write(controlC);
	// The terminal shows what the command says to the first one.
	while (!shown.text.includes('again to stop immediately')) {
		await pause(10);
	}

	child.stdin.write(controlC);
	const [code] = await once(child, 'close');
	t.is(code, 130);
	t.true(readResults(readFileSync(at('out'), 'utf8')).every(({verdict}) => verdict === 'pass'));
});

onPosix('an interrupt is heard while it waits for input', async t => {
	const child = spawn(process.execPath, [cliPath, '--hosts', '-', '--json', ...briefly], {stdio: ['pipe', 'pipe', 'pipe']});
	const errors = collect(child.stderr);
	const results = collect(child.stdout);
	child.stdin.write(`${nobody}\n`);
	await once(child.stdout, 'data');
	child.kill('SIGINT');
	const [code] = await once(child, 'close');
	t.is(code, 130);
	t.is(readResults(results.text).length, 1);
	t.regex(errors.text, /^1 target in .*\nInterrupted: /);
});

test('--max-time ends it while it waits for input', async t => {
	const child = spawn(process.execPath, [cliPath, '--hosts', '-', '--json', '--max-time', '1s', ...briefly], {
		stdio: ['pipe', 'pipe', 'pipe'],
	});
	const results = collect(child.stdout);
	child.stdin.write(`${nobody}\n`);
	const [code] = await once(child, 'close');
	t.is(code, 3);
	t.is(readResults(results.text).length, 1);
});

onLinux('progress is drawn on a terminal and taken away again, and what is printed stands whole', async t => {
	const {port} = await startPopulation(t, () => 'modern', {answerAfterMs: 100});
	const at = makeFolder(t);
	const list = at('list', lines(['no target', ...addresses(40).map(address => `${address}:${port}`)]));
	const child = inTerminal(['--hosts', list, '--concurrency', '4', '--no-color', '--timeout', '60s']);
	const shown = collect(child.stdout);
	await once(child, 'close');
	t.regex(shown.text, /\d+ of 41 \(\d+%\), \d[\d.]*\/s, \d[\d.]* m?s left: \d+ pass, 0 fail, \d inconclusive/);
	const screen = drawnScreen(shown.text);
	const results = screen.filter(line => line.startsWith('pass '));
	t.deepEqual(
		results.toSorted(),
		addresses(40)
			.map(address => `pass           -   -   +   +   ${address}:${port}`)
			.toSorted(),
	);
	// A row of the table, which may take several lines.
	t.is(screen.filter(line => /^inconclusive .*no target/.test(line)).length, 1);
	t.is(screen.join('').split(`${list}:1`).length, 2);
	t.false(screen.some(line => line.includes('% of') || line.includes(' left: ')));
});

/** What a terminal shows in the end, line by line, of text with the few control sequences that drawing takes. */
function drawnScreen(text: string): string[] {
	const screen: string[] = [''];
	let row = 0;
	let column = 0;
	for (const [token] of text.matchAll(/\u001B\[\??(?<arguments>[\d;]*)(?<command>[A-Za-z])|\r|\n|[^\u001B\r\n]+/g)) {
		const control = /^\u001B\[\??(?<count>\d*)[\d;]*(?<command>[A-Za-z])$/.exec(token)?.groups;
		const count = Number(control?.count || 1);
		if (control?.command === 'A') {
			row = Math.max(0, row - count);
		} else if (control?.command === 'G') {
			column = count - 1;
		} else if (control?.command === 'K') {
			screen[row] = control.count === '2' ? '' : screen[row]!.slice(0, column);
		} else if (control?.command === 'J') {
			screen.length = row + 1;
			screen[row] = screen[row]!.slice(0, column);
		} else if (control !== undefined) {
		} else if (token === '\r') {
			column = 0;
		} else if (token === '\n') {
			row += 1;
			column = 0;
			screen[row] ??= '';
		} else {
			screen[row] = screen[row]!.slice(0, column).padEnd(column) + token + screen[row]!.slice(column + token.length);
			column += token.length;
		}
	}

	return screen;
}

test('without a terminal there is no progress, unless it is asked for: then a plain line every few seconds', async t => {
	const quiet = await runCli(['--hosts', '-', ...briefly], {input: nobody});
	t.regex(quiet.stderr, /^1 target in /);
	const child = spawn(process.execPath, [cliPath, '--hosts', '-', '--progress', '--json', ...briefly], {stdio: ['pipe', 'ignore', 'pipe']});
	const errors = collect(child.stderr);
	child.stdin.write(`${nobody}\n`);
	while (!errors.text.includes('\n')) {
		await once(child.stderr, 'data');
	}

	child.stdin.end();
	await once(child, 'close');
	t.regex(errors.text, /^1, \d[\d.]*\/s: 0 pass, 0 fail, 1 inconclusive\n/);
	t.false(errors.text.includes('\u001B'));
});

onLinux('a process that was stopped for longer than its timeout does not take answers for silence', async t => {
	const {port, askedAtMs} = await startPopulation(t, () => 'modern', {answerAfterMs: 150});
	const child = spawn(process.execPath, [cliPath, '--hosts', '-', '--json', '--timeout', '5s', '--workers', '1'], {
		stdio: ['pipe', 'pipe', 'ignore'],
	});
	t.teardown(() => child.kill('SIGKILL'));
	const ended = once(child, 'close');
	const results = collect(child.stdout);
	child.stdin.end(lines(addresses(30).map(address => `${address}:${port}`)));
	while (askedAtMs.length < 60 && child.exitCode === null) {
		await pause(1);
	}

	child.kill('SIGSTOP');
	// Another that waits as long for an answer has given up.
	const {target} = await startSilentServer(t);
	const other = await runInProcess([target, '--json', ...briefly, '--timeout', '5s']);
	t.regex(other.stdout, /"reason":"silent"/);
	child.kill('SIGCONT');
	await ended;
	t.is(gists(results.text).length, 30);
	t.deepEqual(
		gists(results.text).filter(line => !line.includes(' pass ')),
		[],
	);
});
