import {parseVersion, type VersionName, versionNames} from '../../iana/versions.js';
import {type Expectation, ruleNamed, rulesOfWords} from '../../policy/expectation.js';
import {policies} from '../../policy/policies/index.js';
import type {Policy, RuleUse} from '../../policy/policy.js';
import {rules} from '../../policy/rules/index.js';
import {spellOutMinimum, type Words, wordNames} from '../../policy/words.js';
import {type AnyReportPart, reportParts} from '../../probes/report-parts.js';
import {clauseOfDemand, type Demanded, demandReaders} from './read-demands.js';
import {described, mappingFields, type ReadValue, readFields, readList, readText, unknownWord, written} from './read-fields.js';
import type {OpenFile, WithPosition} from './with-position.js';

const readVersion: ReadValue<VersionName> = (value, {complain}) => {
	const text = value.kind === 'text' ? value.text : value.kind === 'other' && value.value !== null ? value.written : '';
	const version = parseVersion(text);
	if (version === undefined) {
		complain(
			value.offset,
			text === ''
				? `a version is a word, not ${described(value)}`
				: () => unknownWord('there is no version', written(value, text), versionNames),
		);
	}

	return version;
};

const wordReaders = {
	rejects: readList(readVersion),
	accepts: readList(readVersion),
	acceptsAny: readList(readVersion),
	minimum: readVersion,
} as const satisfies Record<(typeof wordNames)[number], ReadValue<unknown>>;

/** The name of a policy, words about versions, demands on parts of a report, or a list of these. */
export const readExpectation =
	(own: readonly Policy[], parts: readonly AnyReportPart[] = reportParts): ReadValue<Expectation> =>
	(value, file) => {
		const readers = {...wordReaders, ...demandReaders(parts)};
		const items = value.kind === 'list' ? value.items : [value];
		if (items.length === 0) {
			file.complain(value.offset, 'the expectation is empty');
		}

		return items.flatMap((item): Expectation => {
			if (item.kind === 'text') {
				const name = readPolicyName(own)(item, file);
				return name === undefined ? [] : [{kind: 'policy', name}];
			}

			if (item.kind !== 'mapping') {
				file.complain(item.offset, `an expectation is the name of a policy, or ${Object.keys(readers).join(', ')}, not ${described(item)}`);
				return [];
			}

			const {words, demands} = split(readFields(item, readers, 'an expectation', file));
			checkWords(words, item, Object.keys(readers), file);
			return [
				...(Object.keys(words).length > 0 || demands.length === 0 ? [{kind: 'words', words} as const] : []),
				...demands.map(demanded => ({kind: 'demand', clause: clauseOfDemand(demanded)}) as const),
			];
		});
	};

/** What a mapping states of versions, and what of parts of a report. */
function split(fields: Readonly<Record<string, unknown>>): {readonly words: Words; readonly demands: readonly Demanded[]} {
	const isWord = ([name]: readonly [string, unknown]): boolean => wordNames.some(word => word === name);
	const entries = Object.entries(fields);
	return {
		words: Object.fromEntries(entries.filter(isWord)),
		demands: entries.flatMap(entry => (isWord(entry) || entry[1] === undefined ? [] : [entry[1] as Demanded])),
	};
}

function checkWords(words: Words, {offset, kind, ...rest}: WithPosition, names: readonly string[], {complain}: OpenFile): void {
	if (kind === 'mapping' && 'fields' in rest && rest.fields.length === 0) {
		complain(offset, `the expectation is empty; it takes ${names.join(', ')}`);
	}

	const {accepts = [], acceptsAny, minimum} = words;
	const least = minimum === undefined ? undefined : spellOutMinimum(minimum);
	const rejects = [...(words.rejects ?? []), ...(least?.rejects ?? [])];
	const both = accepts.find(name => rejects.includes(name));
	const some = [acceptsAny, least?.acceptsAny].find(any => any?.length !== 0 && any?.every(name => rejects.includes(name)));
	if (both !== undefined || some !== undefined) {
		complain(offset, `${both ?? some!.join(' or ')} is expected to be both rejected and accepted`);
	}
}

const readPolicyName =
	(own: readonly Pick<Policy, 'name'>[]): ReadValue<string> =>
	(value, file) => {
		const name = readText('the name of a policy')(value, file);
		if (name !== undefined && !namesOf(own).has(name)) {
			// Few complaints are printed: a list of all names for each would grow with the square of the file.
			file.complain(value.offset, () => unknownWord('there is no policy', written(value, name), [...namesOf(own)]));
			return undefined;
		}

		return name;
	};

const known = new WeakMap<readonly Pick<Policy, 'name'>[], ReadonlySet<string>>();

/** Gathered once for all that is named. */
function namesOf(own: readonly Pick<Policy, 'name'>[]): ReadonlySet<string> {
	const names = known.get(own) ?? new Set([...own, ...policies].map(policy => policy.name));
	known.set(own, names);
	return names;
}

/** A rule by its id. */
const readRule: ReadValue<RuleUse> = (value, file) => {
	const id = readText('the id of a rule')(value, file);
	if (id !== undefined && ruleNamed(id) === undefined) {
		const ids = rules.map(rule => rule.id);
		file.complain(value.offset, () => unknownWord('there is no rule', written(value, id), ids));
		return undefined;
	}

	return id === undefined ? undefined : {rule: id};
};

/** Policies that users write themselves. They may extend each other in any order. */
export const readPolicies = (value: WithPosition, file: OpenFile, parts: readonly AnyReportPart[] = reportParts): readonly Policy[] => {
	const readers = {...wordReaders, ...demandReaders(parts)};
	const fields = mappingFields(value, 'policies', file);
	const own = fields.map(({name}) => ({name}));
	const policiesRead = fields.map(({name, value: body}): Policy => {
		const spec = {
			title: readText('a title is some text'),
			source: readText('a source is some text, such as the section of a manual'),
			url: readText('a url is some text'),
			extends: readList(readPolicyName(own)),
			rules: readList(readRule),
			...readers,
		};
		const {title, source, url, extends: bases, rules: uses = [], ...others} = readFields(body, spec, 'a policy', file);
		const {words, demands} = split(others);
		const from = {name: source ?? `the policy ${name}`, url};
		checkWords(words, body, Object.keys(readers), file);
		return {
			name,
			title: title ?? name,
			source: from,
			extends: bases,
			rules: [...uses, ...rulesOfWords(words)],
			demands: demands.length === 0 ? undefined : demands.map(demanded => clauseOfDemand(demanded, from)),
		};
	});
	checkCircles(policiesRead, fields, file);
	return policiesRead;
};

/** Names every policy that extends itself, by others or not. */
function checkCircles(own: readonly Policy[], fields: readonly {readonly name: string; readonly offset: number}[], file: OpenFile): void {
	const bases = new Map(own.map(policy => [policy.name, new Set(policy.extends)]));
	const inCircle = membersOfCircles(bases);
	for (const {name, offset} of fields) {
		if (inCircle.has(name)) {
			file.complain(offset, `the policy ${name} extends itself`);
		}
	}
}

/** Tarjan's strongly connected components, without recursion: all names in one with another, and those that name themselves. */
function membersOfCircles(bases: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
	const places = new Map<string, {readonly index: number; low: number; isOpen: boolean}>();
	const open: string[] = [];
	const found = new Set<string>();
	for (const first of bases.keys()) {
		const path: {readonly name: string; readonly next: Iterator<string>}[] = [];
		const enter = (name: string): void => {
			places.set(name, {index: places.size, low: places.size, isOpen: true});
			open.push(name);
			path.push({name, next: bases.get(name)!.values()});
		};

		if (!places.has(first)) {
			enter(first);
		}

		for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
			const place = places.get(last.name)!;
			const {value: base, done} = last.next.next();
			if (!done) {
				const other = places.get(base);
				if (base === last.name) {
					found.add(base);
				} else if (other?.isOpen) {
					place.low = Math.min(place.low, other.index);
				} else if (other === undefined && bases.has(base)) {
					enter(base);
				}

				continue;
			}

			path.pop();
			const above = path.at(-1);
			if (above !== undefined) {
				const outer = places.get(above.name)!;
				outer.low = Math.min(outer.low, place.low);
			}

			if (place.low === place.index) {
				const members = open.splice(open.lastIndexOf(last.name));
				for (const name of members) {
					places.get(name)!.isOpen = false;
					if (members.length > 1) {
						found.add(name);
					}
				}
			}
		}
	}

	return found;
}
