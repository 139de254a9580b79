import type {WithPosition} from '../../bytes/with-position.js';

/**
A field of a message in the JSON form of Protocol Buffers, which takes names in snake_case and in camelCase. Null is the same as a field that is not there.

@param name - In snake_case.
*/
export function fieldOf(value: WithPosition | undefined, name: string): WithPosition | undefined {
	if (value?.kind !== 'mapping') {
		return undefined;
	}

	const camel = name.replaceAll(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
	const found = value.fields.find(field => field.name === name || field.name === camel)?.value;
	return found?.kind === 'other' && found.value === null ? undefined : found;
}

/** A field of a field. */
export const fieldAt = (value: WithPosition | undefined, ...names: readonly string[]): WithPosition | undefined =>
	names.reduce(fieldOf, value);

/** The items of a repeated field. */
export function itemsOf(value: WithPosition | undefined, name: string): readonly WithPosition[] {
	const found = fieldOf(value, name);
	return found?.kind === 'list' ? found.items : [];
}

/** A text or a number, as it is written. */
export const textOf = (value: WithPosition | undefined): string | undefined =>
	value?.kind === 'text' ? value.text : value?.kind === 'other' && value.value !== null ? String(value.value) : undefined;

export const textsOf = (value: WithPosition | undefined, name: string): readonly string[] =>
	itemsOf(value, name).flatMap(item => textOf(item) ?? []);

export const isTrue = (value: WithPosition | undefined): boolean => textOf(value) === 'true';

/** What an extension is configured with: its own message. */
export const configOf = (extension: WithPosition | undefined): WithPosition | undefined =>
	fieldOf(extension, 'typed_config') ?? fieldOf(extension, 'config');

/** The message that an extension is configured with, without its package; undefined where that is not said, as in old files. */
export const typeOf = (message: WithPosition | undefined): string | undefined => textOf(fieldOf(message, '@type'))?.split(/[./]/).at(-1);
