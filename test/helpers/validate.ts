import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';

type Schema = {readonly [key: string]: unknown};

/** The schema as it is shipped. */
export const resultSchema = JSON.parse(readFileSync('dist/schema/result.json', 'utf8')) as Schema;

/**
The schema, but for the promise that fields may be added: one that is not described does not pass, so that it will be.

Conditions look at fields that are described elsewhere, so they stay open.
*/
export function closed(schema: unknown): unknown {
	if (Array.isArray(schema)) {
		return schema.map(closed);
	}

	if (typeof schema !== 'object' || schema === null) {
		return schema;
	}

	const entries = Object.entries(schema).map(([key, value]) => [key, key === 'allOf' ? value : closed(value)] as const);
	const isObject = 'properties' in schema && 'type' in schema && schema.type === 'object';
	return {...Object.fromEntries(entries), ...(isObject ? {additionalProperties: false} : {})};
}

/** Half a second goes into it where a file's tests need it, so it is made when the first line is held to it. */
function makeValidator(schema: Schema) {
	const {Ajv2020} = createRequire(import.meta.url)('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');
	// That the schema itself is one is proven once, in test/formats/result-schema.ts.
	const isKnownToBeOne = {meta: false, validateSchema: false, code: {optimize: false}} as const;
	const options = {allErrors: true, strict: true, strictTypes: false, strictRequired: false, ...isKnownToBeOne};
	return new Ajv2020(options).compile(closed(schema) as Schema);
}

/** What holds lines of `--json` to a schema: it is given a line, and returns what is wrong with it, or nothing. */
export function faultsBy(schema: Schema): (line: string) => string[] {
	let validator: ReturnType<typeof makeValidator> | undefined;
	return line => {
		validator ??= makeValidator(schema);
		const validate = validator;
		let report: unknown;
		try {
			report = JSON.parse(line);
		} catch (error) {
			return [`${(error as Error).message}: ${line}`];
		}

		return validate(report)
			? disorderOf(report, schema, schema.$defs as Schema, '')
			: (validate.errors ?? []).map(
					({instancePath, message, params}) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}: ${line}`,
				);
	};
}

/** @returns What is wrong with a line of `--json`; nothing where it is as the schema has it. */
export const faultsOf = faultsBy(resultSchema);

/** @throws {Error} If a line of `text` is not as the schema has it. */
export function checkJsonLines(text: string): void {
	const faults = [
		...(text === '' || text.endsWith('\n') ? [] : ['the last line has no end']),
		...text.split('\n').slice(0, -1).flatMap(faultsOf),
	];
	if (faults.length > 0) {
		throw new Error(`not as the schema has it:\n${faults.join('\n')}`);
	}
}

/** Fields that do not stand in the order of the schema. */
function disorderOf(value: unknown, schema: Schema, definitions: Schema, path: string): string[] {
	const {$ref, items} = schema;
	const properties = schema.properties as Schema | undefined;
	if (typeof $ref === 'string') {
		return disorderOf(value, definitions[$ref.replace('#/$defs/', '')] as Schema, definitions, path);
	}

	if (Array.isArray(value)) {
		return value.flatMap((item, index) => disorderOf(item, (items ?? {}) as Schema, definitions, `${path}/${index}`));
	}

	if (typeof value !== 'object' || value === null || properties === undefined) {
		return [];
	}

	const order = Object.keys(properties).filter(name => Object.hasOwn(value, name));
	const found = Object.keys(value);
	return [
		...(order.join() === found.join() ? [] : [`${path || '/'} has its fields in the order ${found.join()}, not ${order.join()}`]),
		...Object.entries(value).flatMap(([name, inner]) => disorderOf(inner, properties[name] as Schema, definitions, `${path}/${name}`)),
	];
}
