import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {decodeText} from '../../bytes/decode-text.js';
import {visible} from '../../bytes/hex.js';
import {nearest} from '../../bytes/nearest.js';
import {quotedPath} from '../../bytes/quoted-path.js';
import {whyUnreadable} from '../../bytes/why-unreadable.js';
import {type Catalog, type CatalogEntry, type Cloud, clouds} from '../../catalogs/catalog.js';
import {fillIn, type Values, variablesIn} from '../../catalogs/fill-in.js';
import {catalogs} from '../../catalogs/index.js';
import {CatalogError, readCatalog} from '../../catalogs/read-catalog.js';
import {statedByCatalogs} from '../../catalogs/stated-by-catalogs.js';
import {isoDay} from '../../engine/clock.js';
import type {Held} from '../../engine/judge-report.js';
import {type Context, UsageError} from '../command.js';
import {type CatalogFlags, variableFlags} from './catalog-flags.js';
import {readWords} from './read-words.js';

/** What is probed, and what is known to be expected of it. */
export type NamedTargets = {readonly targets: readonly string[]; readonly byTarget?: Held['byTarget']};

/**
The targets of the catalogs that are asked for, behind those that are named. What cannot be probed is said on stderr.

@throws {UsageError} For a catalog that does not exist, a value that is no part of a name, or options that fill in nothing.
*/
export async function withCatalogs(input: readonly string[], values: CatalogFlags, context: Context): Promise<NamedTargets> {
	const cloud = readCloud(values.cloud);
	const variables = readVariables(values);
	const chosen = await Promise.all(values.catalog.flatMap(text => text.split(',')).map(findCatalog));
	checkVariables(chosen, variables);
	const targets = new Set(input);
	const entries = new Map<string, readonly CatalogEntry[]>();
	for (const catalog of chosen) {
		const filled = fillIn(catalog, cloud, variables);
		for (const {pattern, variables: missing} of filled.open) {
			context.warn(`${visible(catalog.name)}: ${visible(pattern)} is left out; fill it in with ${missing.map(optionFor).join(' and ')}\n`);
		}

		for (const {host, why} of filled.leftOut) {
			context.warn(`${visible(catalog.name)}: ${visible(host)} is left out: ${visible(why)}\n`);
		}

		for (const service of filled.elsewhere) {
			context.warn(`${visible(catalog.name)}: ${visible(service)} has no documented host in cloud ${cloud}\n`);
		}

		for (const [target, own] of filled.targets) {
			targets.add(target);
			entries.set(target, [...(entries.get(target) ?? []), ...own]);
		}
	}

	if (targets.size === 0) {
		const options = [...new Set(chosen.flatMap(catalog => variablesIn(catalog)))].map(optionFor);
		throw new UsageError(
			`there is nothing to probe in cloud ${cloud}${options.length === 0 ? '' : `; fill in the patterns with ${options.join(', ')}`}`,
		);
	}

	return {targets: [...targets], byTarget: statedByCatalogs(entries, isoDay(Date.now()))};
}

export const readCloud = (text: string | undefined): Cloud => (text === undefined ? 'public' : readWords('--cloud', [text], clouds)[0]!);

/** A catalog of ours by its name, or a user's own by its file. */
export async function findCatalog(text: string): Promise<Catalog> {
	const name = text.trim();
	const known = catalogs.find(catalog => catalog.name === name.toLowerCase());
	if (known !== undefined) {
		return known;
	}

	if (/\.ya?ml$/i.test(name)) {
		throw new UsageError(`--catalog ${JSON.stringify(name)}: write it as JSON; see docs/catalogs.md`);
	}

	if (!/[/\\]|\.json$/i.test(name)) {
		const meant = nearest(
			name,
			catalogs.map(catalog => catalog.name),
		);
		const hint = meant === undefined ? `there are ${catalogs.map(catalog => catalog.name).join(', ')}` : `did you mean ${meant}?`;
		throw new UsageError(`--catalog ${quotedPath(name)} is not a known catalog (your own file is given as ./mine.json); ${hint}`);
	}

	const read = await readFile(name).catch((error: unknown) => {
		throw new UsageError(`--catalog ${quotedPath(name)} cannot be read: ${whyUnreadable(error)}`);
	});
	try {
		return readCatalog(decodeText(read), path.parse(name).name);
	} catch (error) {
		throw error instanceof CatalogError ? new UsageError(`--catalog ${quotedPath(name)}: ${visible(error.message)}`) : error;
	}
}

/** How to give a variable its value. */
export const optionFor = (variable: string): string =>
	variableFlags.some(name => name === variable) ? `--${variable} NAME` : `--set ${variable}=NAME`;

function readVariables(values: CatalogFlags): Values {
	const variables = new Map<string, string[]>();
	const add = (name: string, text: string, flag: string): void => {
		for (const value of text.split(',').map(item => item.trim().toLowerCase())) {
			// Several labels at once are fine; anything else would make another host of it.
			if (!/^[a-z\d](?:[a-z\d.-]*[a-z\d])?$/.test(value)) {
				throw new UsageError(`${flag} takes a part of a host name, not ${JSON.stringify(value)}`);
			}

			variables.set(name, [...(variables.get(name) ?? []), value]);
		}
	};

	for (const name of variableFlags) {
		for (const text of values[name]) {
			// "Japan East" is how the portal shows it.
			add(name, name === 'region' ? text.replaceAll(' ', '') : text, `--${name}`);
		}
	}

	for (const text of values.set) {
		const [name = '', value] = text.split('=', 2);
		if (value === undefined || !/^[a-z][a-z\d-]*$/.test(name)) {
			throw new UsageError(`--set takes NAME=VALUE, such as backup-host=pod01-rec2.ja, not ${JSON.stringify(text)}`);
		}

		add(name, value, `--set ${name}`);
	}

	return variables;
}

/** A value that no endpoint uses is a mistake: its author would think that it was checked. */
function checkVariables(chosen: readonly Catalog[], variables: Values): void {
	const wanted = new Set(chosen.flatMap(variablesIn));
	const idle = [...variables.keys()].find(name => !wanted.has(name));
	if (idle !== undefined) {
		const options = [...wanted].map(optionFor).join(', ');
		throw new UsageError(
			`${optionFor(idle)} is not used by ${chosen.map(({name}) => name).join(', ')}${wanted.size === 0 ? '' : `, which has ${options}`}`,
		);
	}
}
