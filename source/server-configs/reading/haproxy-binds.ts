import {groupBy} from '../../bytes/group-by.js';
import {type BindOption, hasOption, readBindOptions} from './haproxy-bind-options.js';
import type {HaproxyLine} from './haproxy-syntax.js';

/** A line that listens. */
export type Bind = {
	readonly line: HaproxyLine;
	readonly keyword: 'bind' | 'peer';
	/** Addresses and ports, and the same for a person. */
	readonly addresses: string;
	readonly shown: string;
	readonly options: readonly BindOption[];
};

const bindSections: ReadonlySet<string> = new Set(['frontend', 'listen', 'log-forward']);

/** What listens, in all sections, TLS or not. What cannot be told goes to the notes. */
export function findBinds(lines: readonly HaproxyLine[], notes: string[]): Bind[] {
	const local = lines.findLast(({section, words}) => section === 'global' && words[0] === 'localpeer')?.words[1];
	return [...groupBy(lines, ({sectionNumber}) => sectionNumber).values()].flatMap((section): Bind[] => {
		const kind = section[0]!.section;
		const isOff = section.findLast(({words: [word]}) => word === 'disabled' || word === 'enabled')?.words[0] === 'disabled';
		if (isOff) {
			return [];
		}

		if (kind === 'peers') {
			return bindsOfPeers(section, local, notes);
		}

		return bindSections.has(kind) ? section.filter(({words}) => words[0] === 'bind').map(line => bindOf(line)) : [];
	});
}

const bindOf = (line: HaproxyLine): Bind => ({
	line,
	keyword: 'bind',
	addresses: line.words[1] ?? '',
	shown: line.written[1] ?? '',
	options: readBindOptions(line.words.slice(2), line.written.slice(2)),
});

/** One line of a section listens: its `bind`, or the `peer` that has the name of this machine. `default-bind` adds to either. */
function bindsOfPeers(section: readonly HaproxyLine[], local: string | undefined, notes: string[]): Bind[] {
	const shared = section
		.filter(({words}) => words[0] === 'default-bind')
		.flatMap(({words, written}) => readBindOptions(words.slice(1), written.slice(1)));
	const bind = section.find(({words}) => words[0] === 'bind');
	if (bind !== undefined) {
		const own = bindOf(bind);
		return [{...own, options: [...shared, ...own.options]}];
	}

	return section
		.filter(({words}) => words[0] === 'peer' || words[0] === 'server')
		.flatMap((line): Bind[] => {
			const [, name, addresses = ''] = line.words;
			const shown = line.written[2] ?? '';
			if (local === undefined && hasOption(shared, 'ssl')) {
				notes.push(
					`${line.place}: peer ${line.written[1]} is left out: it listens only where it is the local peer, and localpeer is not set`,
				);
			}

			return name === local && addresses !== '' ? [{line, keyword: 'peer', addresses, shown, options: shared}] : [];
		});
}
