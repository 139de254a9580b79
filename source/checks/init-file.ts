import {visible} from '../bytes/hex.js';
import {toJson} from '../bytes/safe-text.js';
import {batch} from '../engine/batch.js';
import type {ProbeHooks, ProbeOptions} from '../engine/probe-options.js';
import {probeTarget, type TargetResult} from '../engine/probe-target.js';
import type {Report} from '../engine/report.js';
import type {RouteOptions} from '../engine/route-options.js';
import type {Target} from '../engine/target.js';
import {reasonInWords, targetReasonInWords} from '../formats/words.js';
import {isOld, type VersionName, versionNames} from '../iana/versions.js';
import {fieldOf, reportParts} from '../probes/report-parts.js';

/** What lies between. */
export type InitRoute = {
	readonly options: RouteOptions;
	/** Fields that the file has for it. */
	readonly defaults: readonly string[];
	/** The variable that has to hold the proxy's password. */
	readonly variable: string | undefined;
};

export type InitOptions = {
	readonly route: InitRoute;
	/** Whether `packagedSchema` is there. */
	readonly hasPackage: boolean;
};

/**
The text of a first file of expectations: what the hosts do now is what they are held to. Old versions that are accepted are not: they are
noted, for the user to decide.

@returns Undefined where the run was ended before all hosts were asked.
*/
export async function initText(
	targets: readonly Target[],
	probe: ProbeOptions,
	hooks: ProbeHooks,
	{route, hasPackage}: InitOptions,
): Promise<string | undefined> {
	const entries: string[] = [];
	const different = new Map(targets.map(target => [target.target, target]));
	for await (const result of batch(different.values(), target => probeTarget(target, {...probe, ...route.options}, hooks), {
		concurrency: 16,
		isOrdered: true,
		signal: hooks.signal,
	})) {
		entries.push(entryOf(result));
	}

	if (hooks.signal?.aborted) {
		return undefined;
	}

	const defaults = route.defaults.length === 0 ? '' : `defaults:\n${route.defaults.map(line => `  ${line}\n`).join('')}`;
	return `${headOf(hasPackage)}${defaults}endpoints:\n${entries.join('')}`;
}

/** Beside the file, where the package is installed. */
export const packagedSchema = 'node_modules/tlsprobe/dist/schema/check.json';
const ownSchema = 'tlsprobe.schema.json';

/** Editors complete and check a file by its schema. */
const headOf = (hasPackage: boolean): string =>
	[
		'# Expectations for tlsprobe check. They describe the current state; change them to what you expect.',
		...(hasPackage ? [] : [`# Editors complete this file by its schema: tlsprobe schema check --output ${ownSchema}`]),
		`# yaml-language-server: $schema=${hasPackage ? packagedSchema : ownSchema}`,
		'',
	].join('\n');

function entryOf({target, recordings}: TargetResult): string {
	const having = (name: VersionName) => recordings.map(({report}) => report.versions[name]?.status);
	const names = versionNames.filter(name => having(name).some(status => status !== undefined));
	const rejected = names.filter(name => having(name).every(status => status === 'rejected'));
	const accepted = names.filter(name => having(name).every(status => status === 'accepted'));
	const current = accepted.filter(name => !isOld(name));
	const refused = rejected.filter(isOld);
	const words = [
		...(refused.length > 0 ? [`rejects: [${refused.join(', ')}]`] : []),
		...(current.length > 0 ? [`accepts: [${current.join(', ')}]`] : []),
	];
	const notes = [
		...accepted.filter(isOld).map(name => `${name} is accepted now; move it to rejects once it is disabled`),
		...rejected.filter(name => !isOld(name)).map(name => `${name} is rejected now; move it to accepts once it is enabled`),
		...unclearOf(
			names.filter(name => !rejected.includes(name) && !accepted.includes(name)),
			recordings.map(({report}) => report),
		),
	];
	return [
		`  - target: ${toJson(target.target)}\n`,
		...notes.map(note => `    # ${note}\n`),
		expectationOf(words, demandsIn(recordings.map(({report}) => report))),
	].join('');
}

/** The value of `expect`: a line for each field if there are demands, otherwise one line. */
function expectationOf(words: readonly string[], demands: readonly string[]): string {
	if (demands.length > 0) {
		return `    expect:\n${[...words, ...demands].map(line => `      ${line}\n`).join('')}`;
	}

	return words.length > 0 ? `    expect: {${words.join(', ')}}\n` : '    expect: default\n';
}

/** What parts of the reports are now, where all addresses have the same. JSON is YAML. */
const demandsIn = (reports: readonly Report[]): string[] =>
	reportParts.flatMap(part => {
		const found = reports.map(report => fieldOf(report, part));
		const demands = found.map(value => (value === undefined ? undefined : part.demand?.fromPart?.(value)));
		const texts = new Set(demands.map(demand => (demand === undefined ? undefined : literal(demand))));
		const [text] = texts;
		return texts.size === 1 && text !== undefined ? [`${part.field}: ${text}`] : [];
	});

/** Names may come from a server. `${` in them is escaped, so that it does not begin a variable. */
const literal = (demand: unknown): string => toJson(demand).replaceAll('${', () => '$${');

/** Versions of which nothing is written, and why; where it is the same for all, in one line. */
function unclearOf(names: readonly VersionName[], reports: readonly Report[]): string[] {
	const [first] = reports as [Report];
	const whys = names.map(name => {
		const all = reports.map(({versions}) => versions[name]);
		const isSame = new Set(all.map(version => version?.status)).size === 1;
		return isSame && all[0] !== undefined ? `could not be decided: ${oneLine(reasonInWords(all[0]))}` : 'its addresses differ';
	});
	const isWhole = reports.every(({versions}) => Object.values(versions).every(({status}) => status === 'inconclusive'));
	if (names.length === 0) {
		return Object.keys(first.versions).length === 0 ? [`it could not be probed: ${oneLine(targetReasonInWords(first))}`] : [];
	}

	return isWhole && new Set(whys).size === 1 ? [`nothing ${whys[0]}`] : names.map((name, index) => `${name} ${whys[index]}`);
}

/** It stands in a comment, and may be what a server said. */
const oneLine = (text: string): string => visible(text.replaceAll(/[^\x20-\x7E]+/g, ' '));
