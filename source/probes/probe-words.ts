import {parseWord} from '../bytes/parse-word.js';
import {type ProbeName, probes} from './index.js';

/** Stands for every probe that `--full` runs. */
const fullWord = 'full';

/** What `clients` finds is the result of a command. */
const words: readonly string[] = [...probes.map(({name}) => name).filter(name => name !== 'clients'), fullWord];

/** Probes that a user asks for beside `versions`, or what is wrong with a word. */
export type ParsedProbes =
	| {readonly kind: 'probes'; readonly probes: readonly ProbeName[]}
	| {readonly kind: 'invalid'; readonly problem: string};

/**
The probes that words name, each once and in the order of the list.

@param texts - Names of probes, and `full`; several in one text are separated by commas.
*/
export function parseProbes(texts: readonly string[]): ParsedProbes {
	const asked = new Set<string>();
	for (const text of texts.flatMap(item => item.split(','))) {
		const parsed = parseWord(text, words);
		if (parsed.kind === 'invalid') {
			const isCommand = text.trim().toLowerCase() === 'clients';
			return {kind: 'invalid', problem: isCommand ? 'has no clients; they are a command: tlsprobe clients HOST' : parsed.problem};
		}

		asked.add(parsed.word);
	}

	const isFull = asked.has(fullWord);
	return {kind: 'probes', probes: probes.filter(({name, isInFull}) => asked.has(name) || (isFull && isInFull)).map(({name}) => name)};
}
