import type {Entry, EntrySource} from '../../entry.js';
import {makeInvalid} from '../../targets/make-entries.js';
import type {ReadOptions} from '../format.js';
import {collectHosts, type HostVariables} from './collect-hosts.js';

/** What the keys below a key are. */
type Role = 'groups' | 'group' | 'hosts' | 'host' | 'other';

type Frame = {readonly indent: number; readonly role: Role};

type Host = {readonly name: string; readonly source: EntrySource; readonly variables: Record<string, string>};

/** What matters of a host's variables. */
const telling: ReadonlySet<string> = new Set(['ansible_host', 'ansible_ssh_host', 'ansible_port']);

/** How deep an inventory goes. Ansible's own examples stay below ten. */
const deepest = 64;

/**
Reads an inventory in YAML line by line: hosts are the keys below `hosts`, of groups at any depth.

Read by our own code, by indentation alone: what matters of it is two names, the files of large sites are long, and parsers hold the whole
document. What it cannot tell is named: hosts in braces, aliases, and keys of several lines.
*/
export function readYaml(options: ReadOptions): {line(text: string, source: EntrySource): readonly Entry[]; end(): readonly Entry[]} {
	const inventory = collectHosts(options);
	const frames: Frame[] = [{indent: -1, role: 'groups'}];
	let host: (Host & {readonly indent: number}) | undefined;
	/** The indentation of a key whose text or braces go on in deeper lines, which say nothing. */
	let passedOver: number | undefined;

	const finishHost = (): readonly Entry[] => {
		const done = host;
		host = undefined;
		return done === undefined ? [] : inventory.add(done.name, variablesOf(done.variables), done.source);
	};

	const takeKey = (key: string, value: string, indent: number, source: EntrySource): readonly Entry[] => {
		const {role} = frames.at(-1)!;
		const isOpen = /^[|>]/.test(value) || (/^[{[]/.test(value) && !/[}\]]$/.test(value));
		if (isOpen) {
			passedOver = indent;
		}

		switch (role) {
			case 'groups':
				frames.push({indent, role: 'group'});
				return value === '' || isEmpty(value)
					? []
					: [makeInvalid(key, 'a group in braces is not supported; write its content below it', source)];
			case 'group':
				frames.push({indent, role: key === 'hosts' ? 'hosts' : key === 'children' ? 'groups' : 'other'});
				return key === 'hosts' || key === 'children' ? takeMembers(key, value, source) : [];
			case 'hosts':
				frames.push({indent, role: 'host'});
				if (isOpen || value.startsWith('*')) {
					// Its address may be among them.
					return [makeInvalid(key, 'a host with variables in braces over several lines, or in an alias, is not supported', source)];
				}

				host = {name: key, indent, source, variables: readBraces(value)};
				return [];
			case 'host':
				frames.push({indent, role: 'other'});
				if (host !== undefined && telling.has(key)) {
					host.variables[key] = scalarOf(value);
				}

				return [];
			case 'other':
				frames.push({indent, role: 'other'});
				return [];
			default:
				return role satisfies never;
		}
	};

	const takeMembers = (key: string, value: string, source: EntrySource): readonly Entry[] => {
		if (isEmpty(value)) {
			return [];
		}

		return key === 'hosts' && !/^[{[&*|>]/.test(value)
			? inventory.add(scalarOf(value), {}, source)
			: [makeInvalid(value, `${key} in braces, or by an alias, are not supported; write each on its own line`, source)];
	};

	return {
		line(text, source) {
			const content = text.trimStart();
			const indent = text.length - content.length;
			if (/^(?:#|$)/.test(content) || (passedOver !== undefined && indent > passedOver)) {
				return [];
			}

			passedOver = undefined;
			if (indent === 0 && /^(?:---|\.\.\.|%)/.test(content)) {
				return [];
			}

			const isFinished = host !== undefined && indent <= host.indent;
			const entries = isFinished ? [...finishHost()] : [];
			while (frames.at(-1)!.indent >= indent) {
				frames.pop();
			}

			const pair = readPair(content);
			const {role} = frames.at(-1)!;
			if (pair === undefined || text.slice(0, indent).includes('\t') || frames.length > deepest) {
				// Lists are values, and so are lines that go on with one.
				const isValue = role === 'other' || role === 'host';
				return isValue ? entries : [...entries, makeInvalid(content, problemWith(role), source)];
			}

			return [...entries, ...takeKey(pair.key, pair.value, indent, source)];
		},
		end: () => [...finishHost(), ...inventory.entries()],
	};
}

const problemWith = (role: Role): string =>
	role === 'hosts'
		? 'hosts are keys; write NAME: on its own line, without a dash'
		: 'not a line of an inventory in YAML: it has groups, with hosts and children below them';

const variablesOf = ({ansible_host, ansible_ssh_host, ansible_port}: Readonly<Record<string, string>>): HostVariables => ({
	ansible_host: ansible_host ?? ansible_ssh_host,
	ansible_port,
});

/** `KEY:` or `KEY: VALUE`, the key in quotes or not. @returns Undefined for what is no pair. */
function readPair(content: string): {readonly key: string; readonly value: string} | undefined {
	if (/^-(?:\s|$)/.test(content)) {
		return undefined;
	}

	const quote = /^["']/.exec(content)?.[0];
	const closing = quote === undefined ? -1 : content.indexOf(quote, 1);
	const rest = quote === undefined ? content : content.slice(closing + 1);
	const colon = /^\s*:(?:\s|$)/.exec(rest) !== null ? rest.indexOf(':') : quote === undefined ? endOfPlainKey(content) : -1;
	if (colon === -1 || (quote !== undefined && closing === -1)) {
		return undefined;
	}

	const key = quote === undefined ? content.slice(0, colon).trim() : content.slice(1, closing);
	return {key, value: withoutComment(rest.slice(colon + 1).trim()).replace(/^&\S+\s*/, '')};
}

/** A colon within a key, as an IPv6 address has, has no white space behind it. */
function endOfPlainKey(content: string): number {
	const place = content.search(/:(?:\s|$)/);
	const comment = content.search(/\s#/);
	return comment !== -1 && comment < place ? -1 : place;
}

/** A `#` within quotes begins no comment. */
function withoutComment(value: string): string {
	if (value.startsWith('#')) {
		return '';
	}

	const quote = /^["']/.exec(value)?.[0];
	const from = quote === undefined ? 0 : Math.max(0, value.indexOf(quote, 1));
	const place = value.slice(from).search(/\s#/);
	return place === -1 ? value : value.slice(0, from + place).trimEnd();
}

const isEmpty = (value: string): boolean => /^(?:$|~$|null$|\{\s*\}$|\[\s*\]$)/i.test(value);

const scalarOf = (value: string): string =>
	/^(?:"([^"]*)"|'([^']*)')$/
		.exec(value)
		?.slice(1)
		.find(item => item !== undefined) ?? value;

/** `{ansible_host: 192.0.2.1, ansible_port: 22}`. What is nested in it is not looked at. */
function readBraces(value: string): Record<string, string> {
	const inner = /^\{(.*)\}$/.exec(value)?.[1] ?? '';
	return Object.fromEntries(
		inner.split(',').flatMap(item => {
			const pair = readPair(item.trim());
			return pair === undefined ? [] : [[pair.key, scalarOf(pair.value)] as const];
		}),
	);
}
