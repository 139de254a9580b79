import type {JsonSchema} from './report-part.js';

/**
Whether a value is built as a schema says: types, fields, items and words. That is as far as code relies on it. Ranges, patterns and
conditions are not checked, and there may be more fields, which later versions add.
*/
export function hasShape(value: unknown, schema: unknown): boolean {
	const {type, enum: words, const: only, anyOf, properties = {}, required = [], additionalProperties, items} = schema as Shape;
	if (anyOf !== undefined) {
		return anyOf.some(option => hasShape(value, option));
	}

	if (('const' in (schema as Shape) && value !== only) || words?.includes(value) === false) {
		return false;
	}

	if (type !== undefined && ![type].flat().some(name => isOfType(value, name))) {
		return false;
	}

	if (Array.isArray(value)) {
		return items === undefined || value.every(item => hasShape(item, items));
	}

	if (typeof value !== 'object' || value === null) {
		return true;
	}

	return (
		required.every(name => Object.hasOwn(value, name)) &&
		Object.entries(value).every(([name, inner]) => {
			const described = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
			return typeof described !== 'object' || described === null || hasShape(inner, described);
		})
	);
}

type Shape = {
	readonly type?: string | readonly string[];
	readonly enum?: readonly unknown[];
	readonly const?: unknown;
	readonly anyOf?: readonly JsonSchema[];
	readonly properties?: Readonly<Record<string, unknown>>;
	readonly required?: readonly string[];
	readonly additionalProperties?: unknown;
	readonly items?: unknown;
};

function isOfType(value: unknown, type: string): boolean {
	switch (type) {
		case 'null':
			return value === null;
		case 'array':
			return Array.isArray(value);
		case 'object':
			return typeof value === 'object' && value !== null && !Array.isArray(value);
		case 'integer':
			return Number.isInteger(value);
		default:
			return typeof value === type;
	}
}
