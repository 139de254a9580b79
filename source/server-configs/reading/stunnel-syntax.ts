import path from 'node:path';
import {ConfigurationError} from './configuration-error.js';
import {type Budget, type ConfigurationFiles, makeBudget} from './files.js';

export type StunnelOption = {readonly name: string; readonly value: string; readonly place: string};
export type StunnelSection = {readonly name: string; readonly place: string; readonly options: readonly StunnelOption[]};

/** The options before the first service, and the services. */
export function readStunnelFile(
	file: string,
	files: ConfigurationFiles,
): {readonly globals: readonly StunnelOption[]; readonly services: readonly StunnelSection[]} {
	const [globals, ...services] = sectionsOf(optionsOf(file, {files, budget: makeBudget()}, {depth: 0, place: file}));
	return {globals: globals!.options, services};
}

const deepestInclude = 32;

type Reading = {readonly files: ConfigurationFiles; readonly budget: Budget};

/** Where a file is included, and in how many other files. */
type Asked = {readonly depth: number; readonly place: string};

/** Heads of sections are options without a name. */
function optionsOf(file: string, reading: Reading, {depth, place: askedAt}: Asked): StunnelOption[] {
	const {files, budget} = reading;
	const text = files.read(file);
	if (text === undefined) {
		throw new ConfigurationError(`there is no file ${file}`);
	}

	budget.spend(text, askedAt);
	return text.split(/\r?\n/).flatMap((line, index): StunnelOption[] => {
		const place = `${file}:${index + 1}`;
		const trimmed = line.replace(/^\uFEFF/, '').trim();
		if (trimmed === '' || /^[;#]/.test(trimmed)) {
			return [];
		}

		const head = /^\[(.*)\]$/.exec(trimmed)?.[1];
		const sign = trimmed.indexOf('=');
		const [name, value] = sign === -1 ? [undefined, ''] : [trimmed.slice(0, sign).trimEnd(), trimmed.slice(sign + 1).trimStart()];
		if (head === undefined && name === undefined) {
			throw new ConfigurationError(`${place}: no "=" found`);
		}

		if (name?.toLowerCase() === 'include') {
			const folder = path.resolve(path.dirname(file), value);
			const names = files.list(folder);
			if (names === undefined || depth >= deepestInclude) {
				throw new ConfigurationError(`${place}: ${names === undefined ? `there is no folder ${folder}` : `${folder} includes itself`}`);
			}

			return names.flatMap(inner => optionsOf(path.join(folder, inner), reading, {depth: depth + 1, place}));
		}

		return [head === undefined ? {name: name!.toLowerCase(), value, place} : {name: '', value: head, place}];
	});
}

function sectionsOf(options: readonly StunnelOption[]): StunnelSection[] {
	const sections: {name: string; place: string; options: StunnelOption[]}[] = [{name: '', place: '', options: []}];
	for (const option of options) {
		if (option.name === '') {
			sections.push({name: option.value, place: option.place, options: []});
		} else {
			sections.at(-1)!.options.push(option);
		}
	}

	return sections;
}

export const lastOf = ({options}: StunnelSection, name: string): StunnelOption | undefined =>
	options.findLast(option => option.name === name);
