import type {DescribedCommand, DescribedOption, DescribedValue} from './describe-commands.js';
import {spellingsWithValue} from './group-options.js';

/** A function for `compinit`, which may also be sourced after it. */
export function writeZsh(commands: readonly DescribedCommand[]): string {
	const main = commands.find(({name}) => name === 'probe')!;
	return `#compdef tlsprobe
_tlsprobe() {
	local command=probe word taken=
	for word in "\${(@)words[2,CURRENT-1]}"; do
		if [[ -n $taken ]]; then
			taken=
			continue
		fi
		case $word in
		--) break ;;
		${spellingsWithValue(main).join('|')}) taken=yes ;;
		-*) ;;
		${commands.map(({name}) => name).join('|')})
			command=$word
			break ;;
		*) break ;;
		esac
	done

	case $command in
${commands.map(commandCase).join('')}	esac
}

_tlsprobe_first() {
	local -a commands=(
${commands.map(({name, summary}) => `		${quoted(`${name}:${summary}`)}\n`).join('')}	)
	_describe -t commands command commands && return
	[[ -n $PREFIX ]] && _hosts
}

# The names that are given, or a file.
_tlsprobe_names_or_files() {
	_sequence compadd - "$@" || _files
}

if [[ $funcstack[1] == _tlsprobe ]]; then
	_tlsprobe "$@"
else
	compdef _tlsprobe tlsprobe
fi
`;
}

function commandCase({name, options, operands}: DescribedCommand): string {
	const specs = options.flatMap(option => option.spellings.map(spelling => optionSpec(option, spelling)));
	const first = name === 'probe' ? '1:command or host:_tlsprobe_first' : `1:command:(${name})`;
	const rest = `*:${escaped(operands.placeholder.toLowerCase())}:${action(operands)}`;
	return `	${name})
		_arguments -s -S \\
${[...specs, first, rest].map(spec => `			${quoted(spec)}`).join(' \\\n')} ;;
`;
}

function optionSpec({spellings, text, value, isMultiple}: DescribedOption, spelling: string): string {
	const others = isMultiple ? '*' : spellings.length > 1 ? `(${spellings.join(' ')})` : '';
	// What may be attached to a letter, or to a name by an equals sign, may also be the next word.
	const attached = value === undefined ? '' : spelling.startsWith('--') ? '=' : '+';
	const argument = value === undefined ? '' : `:${value.isOptional ? ':' : ''}${escaped(value.placeholder)}:${action(value)}`;
	return `${others}${spelling}${attached}[${escaped(text)}]${argument}`;
}

function action({words, paths, isList}: DescribedValue): string {
	if (words.length > 0) {
		return paths === 'file'
			? `_tlsprobe_names_or_files ${words.join(' ')}`
			: isList
				? `_sequence compadd - ${words.join(' ')}`
				: `(${words.join(' ')})`;
	}

	// A blank is an action that offers nothing, and shows what is expected.
	return {file: '_files', folder: '_files -/', host: '_hosts', none: ' '}[paths ?? 'none'];
}

const escaped = (text: string): string => text.replaceAll(/[\\:[\]]/g, '\\$&');

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
