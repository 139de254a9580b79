import {type ApacheLine, takeWord} from './apache-lines.js';
import {ConfigurationError} from './configuration-error.js';

type Macro = {readonly parameters: readonly string[]; readonly lines: readonly ApacheLine[]};

/** What all uses of macros may come to, in characters. Two thousand hosts of a thousand each are fewer. */
const mostExpanded = 2 * 1024 * 1024;

/** Macros of mod_macro. Names are told apart without their case. https://httpd.apache.org/docs/2.4/mod/mod_macro.html */
export function makeMacros() {
	const macros = new Map<string, Macro>();
	let expanded = 0;
	return {
		/** @returns Where the lines go on behind it. */
		define([name, ...parameters]: readonly string[], lines: readonly ApacheLine[], start: number, place: string): number {
			if (name === undefined) {
				throw new ConfigurationError(`${place}: <Macro> needs a name`);
			}

			const end = endOf(lines, start, place);
			macros.set(name.toLowerCase(), {parameters, lines: lines.slice(start, end)});
			return end + 1;
		},
		skip: (lines: readonly ApacheLine[], start: number, place: string): number => endOf(lines, start, place) + 1,
		remove: (name: string): void => void macros.delete(name.toLowerCase()),
		/** The lines of a macro with its arguments put in; undefined where there is no such macro. */
		expand([name = '', ...values]: readonly string[], place: string): readonly ApacheLine[] | undefined {
			const macro = macros.get(name.toLowerCase());
			if (macro === undefined) {
				return undefined;
			}

			if (macro.parameters.length !== values.length) {
				throw new ConfigurationError(`${place}: the macro ${name} takes ${macro.parameters.length} arguments, not ${values.length}`);
			}

			const put = putter(macro.parameters, values);
			return macro.lines.map(line => {
				const text = put(line.text);
				expanded += text.length + 1;
				if (expanded > mostExpanded) {
					throw new ConfigurationError(`${place}: its macros come to more than ${mostExpanded / 1024 / 1024} MiB`);
				}

				return {...line, text};
			});
		},
	};
}

function endOf(lines: readonly ApacheLine[], start: number, place: string): number {
	let depth = 0;
	for (let at = start; at < lines.length; at++) {
		const word = takeWord(lines[at]!.text).word.toLowerCase();
		if (word === '</macro>' && depth === 0) {
			return at;
		}

		depth += word === '<macro' ? 1 : word === '</macro>' ? -1 : 0;
	}

	throw new ConfigurationError(`${place}: </macro> is missing`);
}

/** At one place, the longest parameter counts. */
function putter(parameters: readonly string[], values: readonly string[]): (text: string) => string {
	if (parameters.length === 0) {
		return text => text;
	}

	const byName = new Map(parameters.map((name, index) => [name, values[index]!]));
	const names = parameters.toSorted((one, other) => other.length - one.length).map(name => name.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
	const pattern = new RegExp(names.join('|'), 'g');
	return text => text.replaceAll(pattern, name => byName.get(name)!);
}
