import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {fileURLToPath} from 'node:url';
import {threadId} from 'node:worker_threads';
import type {ValidateFunction} from 'ajv';

export type Schema = {readonly [key: string]: unknown};

/** A schema as it is shipped. */
export const readSchema = (name: string): Schema =>
	JSON.parse(readFileSync(new URL(`../../../dist/schema/${name}.json`, import.meta.url), 'utf8')) as Schema;

export const resultSchema = readSchema('result');

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

const require = createRequire(import.meta.url);

/** Beside the compiled tests, so that it goes with them. */
const folder = fileURLToPath(new URL('../../validators/', import.meta.url));

/** Half a second goes into making it, and dozens of test files need the same one: the first keeps its code for the others. */
function makeValidator(schema: Schema): ValidateFunction {
	const text = JSON.stringify(closed(schema));
	const {version} = require('ajv/package.json') as {version: string};
	const file = `${folder}${createHash('sha256').update(`${version} ${text}`).digest('hex')}.cjs`;
	if (!existsSync(file)) {
		mkdirSync(folder, {recursive: true});
		// Other threads see it whole or not at all.
		writeFileSync(`${file}.${process.pid}-${threadId}`, validatorCode(JSON.parse(text) as Schema));
		renameSync(`${file}.${process.pid}-${threadId}`, file);
	}

	return require(file) as ValidateFunction;
}

function validatorCode(schema: Schema): string {
	const {Ajv2020} = require('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');
	const {default: standaloneCode} = require('ajv/dist/standalone/index.js') as typeof import('ajv/dist/standalone/index.js');
	// That the schema itself is one is proven once, in test/formats/result-schema.ts.
	const isKnownToBeOne = {meta: false, validateSchema: false, code: {optimize: false, source: true}} as const;
	const ajv = new Ajv2020({allErrors: true, strict: true, strictTypes: false, strictRequired: false, ...isKnownToBeOne});
	return standaloneCode(ajv, ajv.compile(schema));
}

/**
What holds lines of `--json` to a schema: it is given a line, and returns what is wrong with it, or nothing.

@param isOrdered - Whether fields stand in the order of the schema.
*/
export function faultsBy(schema: Schema, isOrdered = true): (line: string) => string[] {
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
			? isOrdered
				? disorderOf(report, schema)
				: []
			: (validate.errors ?? []).map(
					({instancePath, message, params}) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}: ${line}`,
				);
	};
}

/** @returns What is wrong with a line of `--json`; nothing where it is as the schema has it. */
export const faultsOf = faultsBy(resultSchema);

/** @throws {Error} If a line of `text` is not as the schema of results has it. */
export const checkJsonLines = (text: string): void => checkLines(text, faultsOf);

const byName = new Map<string, (line: string) => string[]>([['result', faultsOf]]);

/** @throws {Error} If a line of `text` is not as the schema of this name has it. */
export function checkLinesBy(name: string, text: string): void {
	const faults = byName.get(name) ?? faultsBy(readSchema(name), false);
	byName.set(name, faults);
	checkLines(text, faults);
}

function checkLines(text: string, faultsIn: (line: string) => string[]): void {
	const faults = [
		...(text === '' || text.endsWith('\n') ? [] : ['the last line has no end']),
		...text.split('\n').slice(0, -1).flatMap(faultsIn),
	];
	if (faults.length > 0) {
		throw new Error(`not as the schema has it:\n${faults.join('\n')}`);
	}
}

/** Fields that do not stand in the order of the schema. */
function disorderOf(value: unknown, schema: Schema): string[] {
	const found: string[] = [];
	visitObjects(value, schema, (object, properties, path) => {
		const order = Object.keys(properties).filter(name => Object.hasOwn(object, name));
		const names = Object.keys(object).filter(name => Object.hasOwn(properties, name));
		if (order.join() !== names.join()) {
			found.push(`${path || '/'} has its fields in the order ${names.join()}, not ${order.join()}`);
		}
	});
	return found;
}

/** Calls `visit` for each object that a schema describes field by field, with its part of the schema. */
export function visitObjects(
	value: unknown,
	schema: Schema,
	visit: (object: object, properties: Readonly<Record<string, Schema>>, path: string) => void,
): void {
	const definitions = schema.$defs as Readonly<Record<string, Schema>> | undefined;
	walk(value, schema, '');

	function walk(inner: unknown, part: Schema, path: string): void {
		const {$ref, items, properties, additionalProperties} = part as {readonly [key: string]: Schema | undefined};
		if (typeof $ref === 'string') {
			walk(inner, definitions![($ref as string).replace('#/$defs/', '')]!, path);
			return;
		}

		for (const branch of [...((part.oneOf ?? []) as Schema[]), ...((part.anyOf ?? []) as Schema[])].filter(item => isMeant(inner, item))) {
			walk(inner, branch, path);
		}

		if (Array.isArray(inner)) {
			for (const [index, item] of inner.entries()) {
				walk(item, items ?? {}, `${path}/${index}`);
			}
		} else if (typeof inner === 'object' && inner !== null) {
			if (properties !== undefined) {
				visit(inner, properties as Readonly<Record<string, Schema>>, path);
			}

			for (const [name, field] of Object.entries(inner)) {
				const own = (properties?.[name] ?? (typeof additionalProperties === 'object' ? additionalProperties : {})) as Schema;
				walk(field, own, `${path}/${name}`);
			}
		}
	}
}

/** Whether one of several schemas is for a value: their objects differ in a field with one word. */
function isMeant(value: unknown, {properties}: Schema): boolean {
	if (properties === undefined || typeof value !== 'object' || value === null) {
		return properties === undefined;
	}

	const words = Object.entries(properties as Readonly<Record<string, Schema>>).filter(([, field]) => field.const !== undefined);
	return words.every(([name, field]) => !Object.hasOwn(value, name) || (value as Schema)[name] === field.const);
}
