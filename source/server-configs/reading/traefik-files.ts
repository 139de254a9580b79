import path from 'node:path';
import {ConfigurationError} from './configuration-error.js';
import {type Document, readYamlDocuments} from './documents.js';
import type {Budget, ConfigurationFiles} from './files.js';
import {filesBelow} from './files-below.js';
import {fieldAt, textOf, type Value} from './located-fields.js';
import {readTomlDocument} from './toml-document.js';

/** The static file and the dynamic ones that it names. */
export type TraefikFiles = {
	readonly documents: readonly Document[];
	/** Whether all is there that the files name. */
	readonly isWhole: boolean;
};

type Reading = {readonly files: ConfigurationFiles; readonly budget: Budget; readonly notes: string[]};

/**
Read a static file, and what its file provider names, or a dynamic file alone.

Containers have these files in /etc/traefik: a path from there is looked for beside the static file too.
*/
export function readTraefikFiles(file: string, reading: Reading): TraefikFiles {
	const {files, notes} = reading;
	const [main] = readOne(file, file, reading);
	if (main === undefined) {
		return {documents: [], isWhole: false};
	}

	const documents = [main];
	let isWhole = true;
	const provider = fieldAt(main.root, 'providers', 'file');
	for (const field of ['filename', 'directory'] as const) {
		const value = fieldAt(provider, field);
		const named = textOf(value) ?? '';
		if (value === undefined || named === '') {
			continue;
		}

		const place = main.place(value);
		const found = placesOf(named, file).find(one => files.read(one) !== undefined || files.list(one) !== undefined);
		if (found === undefined) {
			isWhole = false;
			notes.push(`${place}: ${field} ${named} is left out: it does not exist`);
			continue;
		}

		for (const one of filesBelow(found, files, place).filter(name => name === found || /\.(?:ya?ml|toml)$/i.test(name))) {
			const more = path.resolve(one) === path.resolve(file) ? [] : readOne(one, place, reading);
			isWhole &&= more.length > 0 || path.resolve(one) === path.resolve(file);
			documents.push(...more);
		}
	}

	return {documents, isWhole};
}

function placesOf(named: string, file: string): string[] {
	const beside = path.dirname(file);
	return [path.resolve(beside, named), path.join(beside, named.replace(/^\/etc\/traefik\/?/, '')), path.join(beside, path.basename(named))];
}

/** None where it is a template that needs more than variables of the environment. */
function readOne(file: string, askedAt: string, {files, budget, notes}: Reading): Document[] {
	const text = files.read(file);
	if (text === undefined) {
		throw new ConfigurationError(`there is no file ${file}`);
	}

	budget.spend(text, askedAt);
	// A static file is no template, and may hold some for names.
	const filled = isStatic.test(text) ? text : withEnvironment(text, files.environment);
	const action = isStatic.test(text) ? -1 : filled.indexOf('{{');
	if (action !== -1) {
		const line = filled.slice(0, action).split('\n').length;
		notes.push(`${file}:${line}: the file is left out: templates are not evaluated, except {{ env "NAME" }}`);
		return [];
	}

	const isToml = /\.toml$/i.test(file) || (!/\.ya?ml$/i.test(file) && /^[ \t]*\[[^\n]*\][ \t]*(?:#[^\n]*)?$/m.test(filled));
	return isToml ? [readTomlDocument(filled, file)] : readYamlDocuments(filled, file).slice(0, 1);
}

const isStatic = /^(?:["']?(?:entryPoints|providers)["']?[ \t]*:|[ \t]*\[+(?:entryPoints|providers)\b)/im;

const withEnvironment = (text: string, environment: ConfigurationFiles['environment']): string =>
	text.replaceAll(/\{\{-?[ \t]{0,9}env[ \t]{1,9}["`](\w{1,200})["`][ \t]{0,9}-?\}\}/g, (_match, name: string) => environment[name] ?? '');

/** Fields of all documents, as `http` and `routers` are spread over files. */
export const everywhere = (
	documents: readonly Document[],
	...names: readonly string[]
): {readonly document: Document; readonly value: Value}[] =>
	documents.map(document => ({document, value: fieldAt(document.root, ...names)}));
