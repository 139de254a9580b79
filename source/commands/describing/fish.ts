import type {DescribedCommand, DescribedOption, DescribedValue} from './describe-commands.js';
import {spellingsWithValue} from './group-options.js';

/** For fish 3.0 and later. */
export function writeFish(commands: readonly DescribedCommand[]): string {
	const main = commands.find(({name}) => name === 'probe')!;
	return `# The first word that is no option; -- where no options follow.
function __tlsprobe_first
	set -l words (commandline -opc)
	set -e words[1]
	set -l taken
	for word in $words
		if set -q taken[1]
			set -e taken
			continue
		end
		switch $word
			case --
				echo -- --
				return
			case ${spellingsWithValue(main).join(' ')}
				set taken yes
			case '-*'
			case '*'
				echo -- $word
				return
		end
	end
end

# Whether the command line is that of one of these commands.
function __tlsprobe_is
	set -l command (__tlsprobe_first)
	contains -- "$command" ${commands.map(({name}) => name).join(' ')}; or set command probe
	contains -- $command $argv
end

# Whether nothing but options was written.
function __tlsprobe_is_first
	test -z (__tlsprobe_first | string collect)
end

# Whether the last word was this one.
function __tlsprobe_follows
	set -l words (commandline -opc)
	contains -- $words[-1] $argv
end

# The next of several words with commas between them.
function __tlsprobe_list
	set -l token (commandline -ct | string replace -r -- '^--[^=]*=' '')
	set -l before (string match -r -- '^.*,' $token)
	set -q before[1]; or set before ''
	for word in $argv
		string match -q -- "*,$word,*" ",$before"; or echo $before$word
	end
end

complete -c tlsprobe -f
${commands.map(({name, summary}) => `complete -c tlsprobe -n __tlsprobe_is_first -a ${name} -d ${quoted(summary)}\n`).join('')}
${commands.map(operandLine).join('')}
${grouped(commands)
	.map(({names, option}) => optionLine(names, option))
	.join('')}`;
}

type Grouped = {readonly names: readonly string[]; readonly option: DescribedOption};

/** Each option once, with all commands that have the same. */
function grouped(commands: readonly DescribedCommand[]): Grouped[] {
	const groups = new Map<string, {names: string[]; option: DescribedOption}>();
	for (const {name, options} of commands) {
		for (const option of options) {
			const key = JSON.stringify(option);
			const group = groups.get(key) ?? {names: [], option};
			group.names.push(name);
			groups.set(key, group);
		}
	}

	return [...groups.values()];
}

const operandLine = ({name, operands}: DescribedCommand): string => {
	const offered = operands.paths === 'host' ? " -a '(__fish_print_hostnames)'" : argument(operands).replace(/^ -[xr]/, '');
	return offered === '' ? '' : `complete -c tlsprobe -n ${quoted(`__tlsprobe_is ${name}`)}${offered}\n`;
};

function optionLine(names: readonly string[], {spellings, text, value}: DescribedOption): string {
	const flags = spellings.map(spelling => (spelling.startsWith('--') ? `-l ${spelling.slice(2)}` : `-s ${spelling.slice(1)}`));
	const condition = `__tlsprobe_is ${names.join(' ')}`;
	const line = (rest: string): string => `complete -c tlsprobe -n ${rest} -d ${quoted(text)}\n`;
	if (value?.isOptional) {
		// To fish a value that may be left out is attached by an equals sign.
		const apart = quoted(`${condition}; and __tlsprobe_follows ${spellings.join(' ')}`);
		const offered = argument(value).replace(/^ -[xr]/, '');
		return line(`${quoted(condition)} ${flags.join(' ')}${offered}`) + (offered === '' ? '' : line(apart + offered));
	}

	return line(`${quoted(condition)} ${flags.join(' ')}${value === undefined ? '' : argument(value)}`);
}

function argument({words, paths, isList}: DescribedValue): string {
	if (words.length > 0) {
		const offered = isList ? `(__tlsprobe_list ${words.join(' ')})` : words.join(' ');
		return `${paths === 'file' ? ' -r -F' : ' -x'} -a ${quoted(offered)}`;
	}

	return {file: ' -r -F', folder: " -x -a '(__fish_complete_directories)'", host: ' -x', none: ' -x'}[paths ?? 'none'];
}

const quoted = (text: string): string => `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
