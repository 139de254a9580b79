import type {Field, WithPosition} from '../../bytes/with-position.js';

/** A value and what is in it, as YAML and TOML are read. */
export type Value = WithPosition | undefined;

/** The fields of a mapping; none of anything else. Those that hold nothing are not there. */
export const fieldsOf = (value: Value): readonly Field[] =>
	value?.kind === 'mapping' ? value.fields.filter(({value: inner}) => inner.kind !== 'other' || inner.value !== null) : [];

/** A field of a field, and so on. Traefik does not tell upper from lower case, so nothing here does. */
export function fieldAt(value: Value, ...names: readonly string[]): Value {
	let found = value;
	for (const name of names) {
		const lower = name.toLowerCase();
		found = fieldsOf(found).find(field => field.name === name || field.name.toLowerCase() === lower)?.value;
	}

	return found;
}

/** The items of a list, or the one value that stands in its place. */
export const itemsOf = (value: Value): readonly WithPosition[] =>
	value === undefined || isNothing(value) ? [] : value.kind === 'list' ? value.items : [value];

/** A text or a number, as it is written. */
export const textOf = (value: Value): string | undefined =>
	value?.kind === 'text' ? value.text : value?.kind === 'other' && value.value !== null ? value.written : undefined;

/** Texts of a list; a text with commas is a list too. */
export const textsOf = (value: Value): readonly string[] =>
	itemsOf(value)
		.flatMap(item => textOf(item)?.split(',') ?? [])
		.map(text => text.trim())
		.filter(text => text !== '');

export const isTrue = (value: Value): boolean => textOf(value)?.toLowerCase() === 'true';

const isNothing = (value: WithPosition): boolean => value.kind === 'other' && value.value === null;
