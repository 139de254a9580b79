import {readFileSync} from 'node:fs';
import {isMap, isScalar, type Pair, parseDocument} from 'yaml';
import type {JsonSchema} from '../../source/probes/report-part.js';
import type {AnyReportPart} from '../../source/probes/report-parts.js';

/** Where a published schema has what parts add: the properties behind `after`, up to `before` or the end. All others are written by hand. */
type Place = {
	readonly path: readonly string[];
	readonly after: string;
	readonly before?: string;
	readonly schemaOf: (part: AnyReportPart) => JsonSchema | undefined;
};

export type PublishedSchema = {readonly file: string; readonly places: readonly Place[]};

const demandOf = ({demand}: AnyReportPart): JsonSchema | undefined => demand?.schema;

export const publishedSchemas = {
	result: {
		file: 'source/formats/result.schema.json',
		places: [{path: ['properties'], after: 'versions', before: 'verdict', schemaOf: ({schema}) => opened(schema) as JsonSchema}],
	},
	check: {
		file: 'source/checks/file/check.schema.json',
		places: ['words', 'policy'].map(name => ({path: ['$defs', name, 'properties'], after: 'minimum', schemaOf: demandOf})),
	},
} as const satisfies Readonly<Record<string, PublishedSchema>>;

/** The text of a published schema, with what these parts add in place of what it has of parts. Biome formats it. */
export function assembled({file, places}: PublishedSchema, parts: readonly AnyReportPart[]): string {
	return places.reduce((text, place) => withParts(text, place, parts), readFileSync(file, 'utf8'));
}

function withParts(text: string, {path, after, before, schemaOf}: Place, parts: readonly AnyReportPart[]): string {
	const properties = parseDocument(text).getIn(path, true);
	const pairs = isMap(properties) ? (properties.items as Pair[]) : [];
	const placeOf = (name: string): number => pairs.findIndex(({key}) => isScalar(key) && key.value === name);
	const end = before === undefined ? pairs.length : placeOf(before);
	const endOf = (place: number): number => (pairs[place]!.value as {range: readonly number[]}).range[1]!;
	const added = parts.flatMap(part => {
		const schema = schemaOf(part);
		return schema === undefined ? [] : [`,\n"${part.field}": ${JSON.stringify(schema, undefined, '\t')}`];
	});
	return text.slice(0, endOf(placeOf(after))) + added.join('') + text.slice(endOf(end - 1));
}

/** A schema without its word that there are no more fields: later versions may add some. */
function opened(schema: unknown): unknown {
	if (Array.isArray(schema)) {
		return schema.map(opened);
	}

	if (typeof schema !== 'object' || schema === null) {
		return schema;
	}

	const entries = Object.entries(schema).filter(([name, value]) => !(name === 'additionalProperties' && value === false));
	return Object.fromEntries(entries.map(([name, value]) => [name, opened(value)]));
}
