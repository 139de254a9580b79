import type {DescribedCommand, DescribedOption} from './describe-commands.js';

/** An option with a value, and the commands and spellings by which it is given. */
export type OptionPlace = {
	readonly option: DescribedOption;
	readonly places: readonly {readonly command: string; readonly spelling: string}[];
};

/** The options with values of all commands; those that may have the same values are one. */
export function groupOptions(commands: readonly DescribedCommand[]): OptionPlace[] {
	const byValue = new Map<string, {option: DescribedOption; places: {command: string; spelling: string}[]}>();
	for (const {name, options} of commands) {
		for (const option of options.filter(({value}) => value !== undefined)) {
			const {words, paths, isList, isOptional} = option.value!;
			const key = JSON.stringify([words, paths, isList, isOptional]);
			const group = byValue.get(key) ?? {option, places: []};
			group.places.push(...option.spellings.map(spelling => ({command: name, spelling})));
			byValue.set(key, group);
		}
	}

	return [...byValue.values()];
}

/** Each way to write an option whose value is the next word. */
export const spellingsWithValue = ({options}: DescribedCommand): readonly string[] =>
	options.filter(({value}) => value !== undefined && !value.isOptional).flatMap(({spellings}) => spellings);
