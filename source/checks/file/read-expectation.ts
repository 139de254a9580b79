import {parseVersion, type VersionName, versionNames} from '../../iana/versions.js';
import {type Expectation, ruleNamed, rulesOfWords} from '../../policy/expectation.js';
import {policies} from '../../policy/policies/index.js';
import type {Policy, RuleUse} from '../../policy/policy.js';
import {rules} from '../../policy/rules/index.js';
import {spellOutMinimum, type Words, wordNames} from '../../policy/words.js';
import {described, mappingFields, type ReadValue, readFields, readList, readText, unknownWord, written} from './read-fields.js';
import type {OpenFile, WithPosition} from './with-position.js';

const readVersion: ReadValue<VersionName> = (value, {complain}) => {
	const text = value.kind === 'text' ? value.text : value.kind === 'other' && value.value !== null ? value.written : '';
	const version = parseVersion(text);
	if (version === undefined) {
		complain(
			value.offset,
			text === '' ? `a version is a word, not ${described(value)}` : () => unknownWord('no version is', written(value, text), versionNames),
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

/** The name of a policy, words about versions, or a list of both. */
export const readExpectation =
	(own: readonly Policy[]): ReadValue<Expectation> =>
	(value, file) => {
		const items = value.kind === 'list' ? value.items : [value];
		if (items.length === 0) {
			file.complain(value.offset, 'an expectation that expects nothing');
		}

		return items.flatMap((item): Expectation => {
			if (item.kind === 'text') {
				const name = readPolicyName(own)(item, file);
				return name === undefined ? [] : [{kind: 'policy', name}];
			}

			if (item.kind !== 'mapping') {
				file.complain(item.offset, `an expectation is the name of a policy, or ${wordNames.join(', ')}, not ${described(item)}`);
				return [];
			}

			const words = readFields(item, wordReaders, 'an expectation', file) as Words;
			checkWords(words, item, file);
			return [{kind: 'words', words}];
		});
	};

function checkWords(words: Words, {offset, kind, ...rest}: WithPosition, {complain}: OpenFile): void {
	if (kind === 'mapping' && 'fields' in rest && rest.fields.length === 0) {
		complain(offset, `an expectation that expects nothing; it takes ${wordNames.join(', ')}`);
	}

	const {accepts = [], acceptsAny, minimum} = words;
	const least = minimum === undefined ? undefined : spellOutMinimum(minimum);
	const rejects = [...(words.rejects ?? []), ...(least?.rejects ?? [])];
	const both = accepts.find(name => rejects.includes(name));
	const some = [acceptsAny, least?.acceptsAny].find(any => any?.length !== 0 && any?.every(name => rejects.includes(name)));
	if (both !== undefined || some !== undefined) {
		complain(offset, `${both ?? some!.join(' or ')} is to be both rejected and accepted`);
	}
}

const readPolicyName =
	(own: readonly Pick<Policy, 'name'>[]): ReadValue<string> =>
	(value, file) => {
		const name = readText('the name of a policy')(value, file);
		if (name !== undefined && !namesOf(own).has(name)) {
			const names = [...own, ...policies].map(policy => policy.name);
			file.complain(value.offset, () => unknownWord('there is no policy', written(value, name), names));
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
export const readPolicies: ReadValue<readonly Policy[]> = (value, file) => {
	const fields = mappingFields(value, 'policies', file);
	const own = fields.map(({name}) => ({name}));
	const policiesRead = fields.map(({name, value: body}): Policy => {
		const spec = {
			title: readText('a title is some text'),
			source: readText('a source is some text, such as the section of a manual'),
			url: readText('a url is some text'),
			extends: readList(readPolicyName(own)),
			rules: readList(readRule),
			...wordReaders,
		};
		const {title, source, url, extends: bases, rules: uses = [], ...words} = readFields(body, spec, 'a policy', file);
		checkWords(words as Words, body, file);
		return {
			name,
			title: title ?? name,
			source: {name: source ?? `the policy ${name}`, url},
			extends: bases,
			rules: [...uses, ...rulesOfWords(words as Words)],
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
