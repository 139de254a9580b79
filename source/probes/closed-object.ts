import type {JsonSchema} from './report-part.js';

/** The schema of an object that has no other properties than these. */
export const closedObject = (properties: Readonly<Record<string, JsonSchema>>, required: readonly string[]): JsonSchema => ({
	type: 'object',
	properties,
	required,
	additionalProperties: false,
});
