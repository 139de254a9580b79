import type {DescribedCommand, DescribedOption, DescribedValue} from './describe-commands.js';
import {groupOptions, type OptionPlace, spellingsWithValue} from './group-options.js';

/**
For Bash 3.2, which macOS has, and later. Bash completes files by itself where the function finds nothing, so that names with spaces are quoted
and folders get a slash; Bash 3.2 does so for free text too, which it cannot be told not to.
*/
export function writeBash(commands: readonly DescribedCommand[]): string {
	const main = commands.find(({name}) => name === 'probe')!;
	const places = groupOptions(commands);
	return `_tlsprobe() {
	local IFS=$' \\t\\n'
	local command= current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} name= ended= index= operands=0
	COMPREPLY=()
	# Bash takes --name=value for three words, and NAME=true as well.
	if [[ $current == = ]]; then
		current=
		index=$((COMP_CWORD - 1))
	elif [[ $previous == = ]]; then
		index=$((COMP_CWORD - 2))
	fi
	if [[ -n $index ]]; then
		previous=\${COMP_WORDS[index]}
		if [[ $previous != -* ]]; then
			name=$previous=
			previous=\${COMP_WORDS[index-1]}
		fi
	fi

	for ((index = 1; index < COMP_CWORD; index++)); do
		case \${COMP_WORDS[index]} in
		--)
			previous=
			ended=yes
			break ;;
		=) ((index++)) ;;
		${spellingsWithValue(main).join('|')})
			[[ \${COMP_WORDS[index+1]} == = ]] || ((index++)) ;;
		-*) ;;
		*)
			command=\${command:-\${COMP_WORDS[index]}}
			((operands++)) ;;
		esac
	done

	case $command in
	${commands.map(({name}) => name).join('|')}) ;;
	*) command=probe ;;
	esac

	case "$command $previous" in
${places.map(valueCase).join('')}	esac

	if [[ -z $ended && $current == -* ]]; then
		case $command in
${commands.map(optionCase).join('')}		esac
		return
	fi

	if ((operands == 0)); then
		COMPREPLY+=($(compgen -W '${commands.map(({name}) => name).join(' ')}' -- "$current"))
	fi

	case $command in
${commands.map(operandCase).join('')}	esac
}

# One of the words that are given.
_tlsprobe_words() {
	compopt +o default +o bashdefault 2>/dev/null
	COMPREPLY+=($(compgen -W "$1" -- "$name$current"))
	COMPREPLY=("\${COMPREPLY[@]#"$name"}")
}

# The next of several words with commas between them.
_tlsprobe_list() {
	local before= word words=
	[[ $current != *,* ]] || before=\${current%,*},
	for word in $1; do
		[[ ,$before == *,$word,* ]] || words+=" $word"
	done
	compopt +o default +o bashdefault 2>/dev/null
	COMPREPLY+=($(compgen -P "$before" -W "$words" -- "\${current##*,}"))
}

# Nothing, files neither.
_tlsprobe_text() {
	compopt +o default +o bashdefault 2>/dev/null
}

_tlsprobe_folder() {
	compopt +o default +o bashdefault -o dirnames 2>/dev/null
}

_tlsprobe_host() {
	compopt +o default +o bashdefault 2>/dev/null
	[[ -z $current ]] || COMPREPLY+=($(compgen -A hostname -- "$current"))
}

complete -o bashdefault -o default -F _tlsprobe tlsprobe
`;
}

function valueCase({option: {value}, places}: OptionPlace): string {
	if (value === undefined) {
		return '';
	}

	const patterns = places.map(({command, spelling}) => `'${command} ${spelling}'`).join('|');
	// What may be left out is completed beside what may stand there instead.
	return `	${patterns})\n		${completed(value)}${value.isOptional ? '' : '\n		return'} ;;\n`;
}

function completed({words, paths, isList}: DescribedValue): string {
	if (words.length > 0) {
		const offered = `_tlsprobe_${isList ? 'list' : 'words'} '${words.join(' ')}'`;
		return paths === 'file' ? `${offered}\n		((\${#COMPREPLY[@]} > 0)) || compopt -o default 2>/dev/null` : offered;
	}

	return paths === 'file' ? ':' : `_tlsprobe_${paths ?? 'text'}`;
}

const optionCase = ({name, options}: DescribedCommand): string =>
	`		${name}) _tlsprobe_words '${options.flatMap(({spellings}: DescribedOption) => spellings).join(' ')}' ;;\n`;

const operandCase = ({name, operands}: DescribedCommand): string =>
	`	${name}) ${completed(operands).replaceAll('\n\t\t', '\n\t\t\t')} ;;\n`;
