import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import process from 'node:process';
import type {ExecutionContext} from 'ava';
import {makeFolder} from './lists.js';
import {runInProcess} from './run-in-process.js';

export type ShellName = 'bash' | 'zsh';

/** How each shell is started with a file of commands of ours and nothing of the user's, and what that file says besides. */
const shells: Readonly<Record<ShellName, {readonly command: (file: string) => string; readonly setUp: string}>> = {
	bash: {
		command: file => `bash --noprofile --rcfile '${file}' -i`,
		setUp: `PS1='READY '\ntlsprobe() { printf '<%s>' "$@"; echo; }\n`,
	},
	zsh: {
		command: file => `ZDOTDIR='${file.replace(/\/[^/]*$/, '')}' zsh -i`,
		setUp: `autoload -Uz compinit && compinit -D\nPS1='READY '\nunsetopt zle_bracketed_paste\ntlsprobe() { printf '<%s>' "$@"; echo; }\n`,
	},
};

/**
Type the beginnings of command lines into an interactive shell on a terminal, and press Tab and Enter after each. In place of tlsprobe there is a
function that prints its arguments, so what it prints is what the shell made of the line.

@param files - Empty files, by their names, in the folder where the shell is.
@returns The arguments of each line.
*/
export async function pressTab(
	t: ExecutionContext,
	shell: ShellName,
	lines: readonly string[],
	files: readonly string[] = [],
): Promise<readonly (readonly string[])[]> {
	const file = makeFolderWith(t, files);
	const {command, setUp} = shells[shell];
	const script = (await runInProcess(['completion', shell])).stdout;
	const start = file('.zshrc', '');
	const cwd = start.replace(/\/[^/]*$/, '');
	writeFileSync(start, `${setUp}${script}`);
	const child = spawn('script', ['--quiet', '--return', '--command', command(start), '/dev/null'], {
		cwd,
		env: {PATH: process.env.PATH ?? '', HOME: cwd, TERM: 'dumb', LANG: 'C.UTF-8', SHELL: '/bin/sh'},
	});
	t.teardown(() => child.kill());
	let output = '';
	let hear = (): void => {};
	child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
		output += chunk;
		hear();
	});

	const ended = new Promise<never>((_resolve, reject) => {
		child.once('error', reject).once('close', () => reject(new Error(`the shell has ended: ${output}`)));
	});
	ended.catch(() => {});

	/** What the shell writes up to this, from where the last one ended. */
	const until = (pattern: RegExp): Promise<string> =>
		Promise.race([
			ended,
			new Promise<string>(resolve => {
				const check = (): void => {
					const match = pattern.exec(output);
					if (match !== null) {
						hear = () => {};
						output = output.slice(match.index + match[0].length);
						resolve(match[0]);
					}
				};

				hear = check;
				check();
			}),
		]);
	const results: string[][] = [];
	await until(/READY /);
	for (const line of lines) {
		child.stdin.write(`${line}\t\r`);
		const printed = await until(/^<.*>(?=\r?$)/m);
		results.push([...printed.matchAll(/<([^<>]*)>/g)].map(([, argument]) => argument!));
		await until(/READY /);
	}

	const closed = once(child, 'close');
	child.stdin.end('exit\r');
	await closed;
	return results;
}

/** A folder with empty files. */
function makeFolderWith(t: ExecutionContext, files: readonly string[]): ReturnType<typeof makeFolder> {
	const file = makeFolder(t);
	for (const name of files) {
		file(name, '');
	}

	return file;
}

/**
The same in fish, which is asked what it would complete: it reads keys while it completes, so that what is typed at once may come in between.

@returns The words of each line, the last one completed if there is one way to do it.
*/
export async function completeInFish(
	t: ExecutionContext,
	lines: readonly string[],
	files: readonly string[] = [],
): Promise<readonly (readonly string[])[]> {
	const folder = makeFolderWith(t, files);
	const script = folder('.completions.fish', (await runInProcess(['completion', 'fish'])).stdout);
	const commands = [`source '${script}'`, ...lines.flatMap(line => [`complete -C '${line}'`, 'echo "# end"'])];
	const {status, stdout, stderr} = spawnSync('fish', ['--no-config', '--command', commands.join('\n')], {
		cwd: folder('.'),
		encoding: 'utf8',
		env: {PATH: process.env.PATH ?? '', HOME: folder('.'), LANG: 'C.UTF-8'},
	});
	t.deepEqual([status, stderr], [0, '']);
	return stdout
		.split('# end\n')
		.slice(0, -1)
		.map((offered, index) => {
			const typed = lines[index]!.split(' ').slice(1);
			const candidates = offered
				.split('\n')
				.filter(line => line !== '')
				.map(line => line.split('\t')[0]!);
			return candidates.length === 1 ? [...typed.slice(0, -1), candidates[0]!] : typed;
		});
}
