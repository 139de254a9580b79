import {nearest} from '../../bytes/nearest.js';
import {redact} from '../redact.js';
import type {Field, OpenFile, WithPosition} from './with-position.js';

/** Reads a value; notes what is wrong with it and says undefined then. */
export type ReadValue<Value> = (value: WithPosition, file: OpenFile) => Value | undefined;

/** What a mapping may hold, by the names of its fields. */
export type Shape = Readonly<Record<string, ReadValue<unknown>>>;

export type Fields<Spec extends Shape> = {
	-readonly [Name in keyof Spec]?: Spec[Name] extends ReadValue<infer Value> ? Value : never;
};

/** Read a mapping of known fields. Unknown ones are named, with the right word where one is near. */
export function readFields<const Spec extends Shape>(value: WithPosition, spec: Spec, what: string, file: OpenFile): Fields<Spec> {
	const read: Record<string, unknown> = {};
	for (const {name, offset, value: inner} of mappingFields(value, what, file)) {
		const reader = Object.hasOwn(spec, name) ? spec[name] : undefined;
		if (reader === undefined) {
			file.complain(offset, () => unknownWord(`${what} has no field`, name, Object.keys(spec)));
		} else {
			read[name] = reader(inner, file);
		}
	}

	return read as Fields<Spec>;
}

export function mappingFields(value: WithPosition, what: string, file: OpenFile): readonly Field[] {
	if (value.kind === 'mapping') {
		return value.fields;
	}

	file.complain(value.offset, `${what} is a mapping of fields, not ${described(value)}`);
	return [];
}

const mostWords = 50;

/** A word that is none of those there are. */
export function unknownWord(problem: string, word: string, words: readonly string[]): string {
	const meant = nearest(word, words);
	return `${problem} ${quoted(word)}; ${meant === undefined ? `there are ${words.slice(0, mostWords).join(', ')}${words.length > mostWords ? ', ...' : ''}` : `did you mean ${meant}?`}`;
}

export const quoted = (text: string): string => JSON.stringify(redact(text).slice(0, 100));

/** What a text says, without what its variables hold. */
export const written = (value: WithPosition, text: string): string => (value.kind === 'text' ? value.written : text);

/** What stands there, in words, without repeating what may be a secret. */
export function described(value: WithPosition): string {
	switch (value.kind) {
		case 'mapping':
			return 'a mapping';
		case 'list':
			return 'a list';
		case 'text':
			return quoted(value.written);
		case 'other':
			return value.value === null ? 'nothing' : value.written;
		default:
			return value satisfies never;
	}
}

/** Some text that is not empty. A number is taken as it is written. */
export const readText =
	(what: string): ReadValue<string> =>
	(value, {complain}) => {
		const text = value.kind === 'text' ? value.text : value.kind === 'other' && typeof value.value === 'number' ? value.written : '';
		if (text.trim() === '') {
			complain(value.offset, `${what}, not ${described(value)}`);
			return undefined;
		}

		return text;
	};

/** A list, or one of its items without a list round it. */
export const readList =
	<Value>(item: ReadValue<Value>): ReadValue<readonly Value[]> =>
	(value, file) => {
		const items = value.kind === 'list' ? value.items : [value];
		if (items.length === 0) {
			file.complain(value.offset, 'the list is empty');
			return undefined;
		}

		return items.map(inner => item(inner, file)).filter(inner => inner !== undefined);
	};

/** Some text that is parsed further. Undefined is what means nothing: what a variable holds is not repeated then. */
export const readAs =
	<Value>(what: string, parse: (text: string) => Value | undefined): ReadValue<Value> =>
	(value, file) => {
		const text = readText(what)(value, file);
		const parsed = text === undefined ? undefined : parse(text);
		if (text !== undefined && parsed === undefined) {
			file.complain(value.offset, `${what}, not ${described(value)}`);
		}

		return parsed;
	};
