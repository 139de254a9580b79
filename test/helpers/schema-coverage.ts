import {readSchema, type Schema, visitObjects} from './validate.js';

/** Counts which fields of a published schema were printed. */
export type SchemaCoverage = {
	/** @param text - Lines of JSON. */
	readonly add: (text: string) => void;
	/** The fields that were in no line, by their place in the schema. */
	readonly missing: () => string[];
};

export function coverSchema(name: string): SchemaCoverage {
	const schema = readSchema(name);
	const fields = new Map(fieldsOf(schema, ''));
	return {
		add(text) {
			for (const line of text.split('\n').slice(0, -1)) {
				visitObjects(JSON.parse(line), schema, (object, properties) => {
					for (const field of Object.keys(object)) {
						fields.delete(properties[field] as Schema);
					}
				});
			}
		},
		missing: () => [...fields.values()],
	};
}

/** Every field that is described, and its place. */
export function fieldsOf(schema: unknown, path: string): (readonly [field: Schema, place: string])[] {
	if (typeof schema !== 'object' || schema === null) {
		return [];
	}

	return Object.entries(schema).flatMap(([word, part]) =>
		word === 'properties'
			? Object.entries(part as Readonly<Record<string, Schema>>).flatMap(([name, field]) => [
					[field, `${path}/${name}`] as const,
					...fieldsOf(field, `${path}/${name}`),
				])
			: fieldsOf(part, word === 'items' || Array.isArray(schema) ? path : `${path}/${word}`.replace(/\/(?:oneOf|anyOf)$/, '')),
	);
}
