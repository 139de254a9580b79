import {parseWord} from '../bytes/parse-word.js';
import {type Context, defineCommand, type ExitCode, type ListedCommands, UsageError} from './command.js';
import {writeBash} from './describing/bash.js';
import {type DescribedCommand, describeCommands} from './describing/describe-commands.js';
import {writeFish} from './describing/fish.js';
import {writePowerShell} from './describing/powershell.js';
import {writeZsh} from './describing/zsh.js';

const scripts: Readonly<Record<string, (commands: readonly DescribedCommand[]) => string>> = {
	bash: writeBash,
	zsh: writeZsh,
	fish: writeFish,
	powershell: writePowerShell,
};

/** What a shell needs to complete command lines without running the program. */
export default defineCommand({
	name: 'completion',
	summary: 'print a script that lets a shell complete commands, options and values',
	operands: 'shells',
	flags: {},
	help: `Usage
  $ tlsprobe completion bash|zsh|fish|powershell

Prints a script that completes the commands of tlsprobe, their options, and the
values of options. The shell does not run tlsprobe to complete a word, so print
the script again after an update. docs/completion.md describes how to install
it for all new shells.

Exit code
  0 printed  2 wrong usage

Examples
  $ source <(tlsprobe completion bash)
  $ tlsprobe completion fish > ~/.config/fish/completions/tlsprobe.fish
`,
	async run([shell, other], _flags, {write, toolVersion}: Context, listed: ListedCommands): Promise<ExitCode> {
		if (shell === undefined) {
			throw new UsageError(`name a shell: tlsprobe completion ${Object.keys(scripts).join('|')}`);
		}

		if (other !== undefined) {
			throw new UsageError(`completion prints one script at a time; leave out ${JSON.stringify(other)}`);
		}

		const parsed = parseWord(shell, Object.keys(scripts));
		if (parsed.kind === 'invalid') {
			throw new UsageError(`completion ${parsed.problem}`);
		}

		const comment = `# Completions of tlsprobe ${toolVersion}, by: tlsprobe completion ${parsed.word}\n`;
		await write(scripts[parsed.word]!(await describeCommands(listed)).replace(/^(?:#compdef .*\n)?/, first => first + comment));
		return 0;
	},
});
