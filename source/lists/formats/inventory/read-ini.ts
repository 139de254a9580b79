import type {Entry, EntrySource} from '../../entry.js';
import {makeInvalid} from '../../targets/make-entries.js';
import type {ReadOptions} from '../format.js';
import {collectHosts, templateProblem} from './collect-hosts.js';

const sectionPattern = /^\[(?<group>[^\]:"'{},]+)(?::(?<kind>children|vars|hosts))?\]\s*(?:[#;].*)?$/;

/** Whether a line is the head of a section: no target is written so. */
export const isSection = (line: string): boolean => sectionPattern.test(line);

/** Reads an inventory in INI line by line: hosts are below `[group]` and in front of the first one. The sections of children and variables name none. */
export function readIni(options: ReadOptions): {line(text: string, source: EntrySource): readonly Entry[]; end(): readonly Entry[]} {
	const inventory = collectHosts(options);
	let areHosts = true;
	return {
		line(text, source) {
			const content = text.trim();
			if (content === '' || content.startsWith('#') || content.startsWith(';')) {
				return [];
			}

			const section = sectionPattern.exec(content)?.groups;
			if (section !== undefined) {
				areHosts = section.kind === undefined || section.kind === 'hosts';
				return [];
			}

			if (!areHosts) {
				return [];
			}

			const [pattern, ...words] = splitWords(content);
			const stray = words.find(word => !/^[^=]+=/.test(word));
			if (stray !== undefined) {
				return content.includes('{{')
					? [makeInvalid(content, templateProblem, source)]
					: [makeInvalid(content, `not a variable: ${JSON.stringify(stray)}; write one host per line, and NAME=VALUE after it`, source)];
			}

			const variables = Object.fromEntries(words.map(word => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]));
			return inventory.add(
				pattern!,
				{ansible_host: variables.ansible_host ?? variables.ansible_ssh_host, ansible_port: variables.ansible_port},
				source,
			);
		},
		end: inventory.entries,
	};
}

/** Words with white space between them, and without their quotes, up to a comment. */
function splitWords(text: string): string[] {
	const words: string[] = [];
	for (const [word] of text.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"']|["'])+/g)) {
		if (word.startsWith('#')) {
			break;
		}

		words.push(
			word.replaceAll(/"([^"]*)"|'([^']*)'/g, (_, double: string | undefined, single: string | undefined) => double ?? single ?? ''),
		);
	}

	return words;
}
