import type {JsonSchema} from '../../probes/report-part.js';

/** A field that may be missing. As a class, it is no `JsonSchema`, so a field cannot be described as the wrong one of both. */
class OptionalField {
	readonly schema: JsonSchema;

	constructor(schema: JsonSchema) {
		this.schema = schema;
	}
}

/** A field that is left out in some objects. */
export const optional = (schema: JsonSchema): OptionalField => new OptionalField(schema);

/** Every field of a type. It does not compile if a field is missing, or is optional in one of both only. */
type Fields<Type> = {readonly [Name in keyof Type]-?: undefined extends Type[Name] ? OptionalField : JsonSchema};

/**
The schema of an object, open for fields of later versions.

@param description - Left out where the field's name says it.
*/
export function objectOf<Type extends object>(fields: Fields<Type>, description?: string): JsonSchema {
	const entries = Object.entries<JsonSchema | OptionalField>(fields);
	return {
		...(description === undefined ? {} : {description}),
		type: 'object',
		properties: Object.fromEntries(entries.map(([name, field]) => [name, field instanceof OptionalField ? field.schema : field])),
		required: entries.filter(([, field]) => !(field instanceof OptionalField)).map(([name]) => name),
	};
}

/** The schema of an object in a file that is read, where a field that is not known is refused. */
export const closedObjectOf = <Type extends object>(fields: Fields<Type>, description?: string): JsonSchema => ({
	...objectOf<Type>(fields, description),
	additionalProperties: false,
});

/**
The schema of a published file.

@param definitions - What it refers to, as `#/$defs/NAME`.
*/
export const published = (title: string, schema: JsonSchema, definitions?: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
	$schema: 'https://json-schema.org/draft/2020-12/schema',
	title,
	...schema,
	...(definitions === undefined ? {} : {$defs: definitions}),
});

export const text = (description: string): JsonSchema => ({description, type: 'string'});

export const count = (description: string): JsonSchema => ({description, type: 'integer', minimum: 0});

export const yesOrNo = (description: string): JsonSchema => ({description, type: 'boolean'});

/** A field that is `true`, or left out. */
export const onlyTrue = (description: string) => optional({description, const: true});

export const listOf = (items: JsonSchema, description: string): JsonSchema => ({description, type: 'array', items});

export const texts = (description: string): JsonSchema => listOf({type: 'string'}, description);

/** One of these words, each with what it means. It does not compile if a word of the type is missing. */
export const oneWord = <Word extends string>(description: string, meanings: Readonly<Record<Word, string>>): JsonSchema => ({
	description: `${description}; ${Object.entries(meanings)
		.map(([word, meaning]) => `${word}: ${meaning}`)
		.join('; ')}`,
	enum: Object.keys(meanings),
});

/** A value for each of some names. */
export const valuesBy = (names: JsonSchema, value: JsonSchema, description: string): JsonSchema => ({
	description,
	type: 'object',
	propertyNames: names,
	additionalProperties: value,
});

export const orNull = (schema: JsonSchema, description: string): JsonSchema => ({description, anyOf: [schema, {type: 'null'}]});
