import net from 'node:net';
import {parseTarget} from '../target.js';
import {type Entry, noOverrides, type Overrides} from './entry.js';
import {defineFormat} from './format.js';
import {makeEntries, makeInvalid} from './targets/make-entries.js';
import {hasOpenQuote, separatorOf, splitCells} from './text/split-cells.js';
import {createLineSplitter, longestLine} from './text/split-lines.js';

/** Columns that mean something here, by their name without case, spaces, hyphens and underscores. Only `host` has to be there. */
const known = ['host', 'port', 'servername', 'address', 'starttls', 'proxy'] as const;

type Known = (typeof known)[number];
type Header = {
	readonly separator: string;
	readonly names: readonly string[];
	readonly places: Readonly<Partial<Record<Known, number>>>;
	/** The columns that are carried through, and their places. */
	readonly others: ReadonlyArray<readonly [string, number]>;
};

/**
Comma, semicolon or tab separated, with a header. Columns come in any order; those not known are carried through.

Read by our own code, because of what a quote too many does: here it costs the row it stands in, which is named. A parser that
takes the file as one string of cells loses everything up to the next quote.
*/
export default defineFormat({
	name: 'csv',
	recognises(line) {
		const separator = separatorOf(line);
		return /^sep=[,;\t]$/.test(line) || (separator !== undefined && columnsOf(line, separator).includes('host'));
	},
	open(file) {
		const splitter = createLineSplitter();
		let line = 0;
		let header: Header | undefined;
		let separator: string | undefined;
		/** The lines of a row that has an open quote. */
		let pending: string[] = [];
		let pendingLength = 0;
		let isOver = false;

		const takeHeader = (text: string, entries: Entry[]): void => {
			const announced = /^sep=(.)$/.exec(text)?.[1];
			if (announced !== undefined && separator === undefined) {
				separator = announced;
				return;
			}

			const read = readHeader(text, separator);
			if (typeof read === 'string') {
				entries.push(makeInvalid(text, read, {file, line}));
				isOver = true;
			} else {
				header = read;
			}
		};

		/** The first of the lines that wait is no row with the others: name it, and read the others by themselves. */
		const giveUpOnFirst = (problem: string, entries: Entry[]): void => {
			const [first, ...others] = pending;
			const firstLine = line - others.length;
			pending = [];
			pendingLength = 0;
			const isTooLong = first!.length > longestLine;
			entries.push(makeInvalid(first!, isTooLong ? `a row of more than ${longestLine} characters` : problem, {file, line: firstLine}));
			line = firstLine;
			for (const other of others) {
				take(other, entries);
			}
		};

		const takeRow = (entries: Entry[]): void => {
			const cells = pendingLength > longestLine ? undefined : splitCells(pending.join('\n'), header!.separator);
			const problem = pendingLength > longestLine ? `a row of more than ${longestLine} characters` : problemWith(cells, header!);
			if (problem !== undefined) {
				giveUpOnFirst(problem, entries);
				return;
			}

			const text = pending.join(' ');
			const source = {file, line: line - pending.length + 1};
			pending = [];
			pendingLength = 0;
			if (cells!.some(cell => cell !== '')) {
				entries.push(...readRow(cells!, text, source, header!));
			}
		};

		function take(text: string, entries: Entry[]): void {
			line += 1;
			if (isOver || (pending.length === 0 && /^\s*(?:#|$)/.test(text))) {
				return;
			}

			if (header === undefined) {
				takeHeader(text.trim(), entries);
				return;
			}

			const isOpen = hasOpenQuote(text) !== pending.length > 0;
			pending.push(text);
			pendingLength += text.length + 1;
			if (pendingLength > longestLine && isOpen) {
				giveUpOnFirst('a quote that is not closed', entries);
			} else if (!isOpen) {
				takeRow(entries);
			}
		}

		return {
			push(text) {
				const entries: Entry[] = [];
				for (const item of splitter.push(text)) {
					take(item, entries);
				}

				return entries;
			},
			end(cut) {
				const entries: Entry[] = [];
				if (cut === undefined) {
					take(splitter.rest, entries);
				}

				while (pending.length > 0) {
					giveUpOnFirst('a quote that is not closed', entries);
				}

				if (cut !== undefined) {
					entries.push(makeInvalid(splitter.rest, cut, {file, line: line + 1}));
				}

				return entries;
			},
			get isOver() {
				return isOver;
			},
		};
	},
});

/** @returns What is wrong with it, if anything. */
function readHeader(text: string, announced: string | undefined): Header | string {
	const separator = announced ?? separatorOf(text) ?? ',';
	const columns = columnsOf(text, separator);
	if (!columns.includes('host')) {
		return 'the header has no column host';
	}

	const twice = known.find(name => columns.filter(column => column === name).length > 1);
	if (twice !== undefined) {
		return `the header has two columns ${twice}`;
	}

	const names = splitCells(text, separator)!.map((name, index) => (name === '' ? `column ${index + 1}` : name));
	const places = Object.fromEntries(known.map(name => [name, columns.indexOf(name)] as const).filter(([, place]) => place !== -1));
	const others = [...names.entries()]
		.filter(([place]) => !Object.values(places).includes(place))
		.map(([place, name]) => [name, place] as const);
	return {separator, names, places, others};
}

const columnsOf = (header: string, separator: string): string[] =>
	(splitCells(header, separator) ?? []).map(cell => cell.toLowerCase().replaceAll(/[\s_-]/g, ''));

function problemWith(cells: readonly string[] | undefined, {names, places}: Header): string | undefined {
	if (cells === undefined) {
		return 'a quote that is not round a whole cell';
	}

	const surplus = cells.findLastIndex(cell => cell !== '') + 1;
	if (surplus > names.length) {
		return `${surplus} cells, where the header has ${names.length}`;
	}

	return known.some(name => cells[places[name] ?? -1]?.includes('\n')) ? 'a line break in a cell that has to be one line' : undefined;
}

function readRow(cells: readonly string[], text: string, source: {file: string; line: number}, {places, others}: Header): readonly Entry[] {
	const cell = (name: Known): string => cells[places[name] ?? -1] ?? '';
	if (cell('host') === '') {
		return [makeInvalid(text, 'no host', source)];
	}

	const overrides = readOverrides(cell);
	if (typeof overrides === 'string') {
		return [makeInvalid(text, overrides, source)];
	}

	const extra = others.length === 0 ? {} : {extra: Object.fromEntries(others.map(([name, place]) => [name, cells[place] ?? '']))};
	return makeEntries(cell('host'), source, {port: cell('port').replaceAll(' ', ''), overrides, ...extra});
}

/** @returns What is wrong with them, if anything. Whether a STARTTLS protocol or a proxy is one that can be used is for others to say. */
function readOverrides(cell: (name: Known) => string): Overrides | string {
	const [serverName, address] = [cell('servername'), cell('address').replace(/^\[(.*)\]$/, '$1')];
	const [starttls, proxy] = [cell('starttls').toLowerCase(), cell('proxy')];
	if (serverName === '' && address === '' && starttls === '' && proxy === '') {
		return noOverrides;
	}

	if (address !== '' && net.isIP(address) === 0) {
		return `not an address: ${JSON.stringify(address)}`;
	}

	const name = /[\s:/]/.test(serverName) ? undefined : parseTarget(serverName);
	if (serverName !== '' && (name?.kind !== 'target' || net.isIP(name.target.host) !== 0)) {
		return `not a server name: ${JSON.stringify(serverName)}`;
	}

	return {
		...(name?.kind === 'target' ? {serverName: name.target.host} : {}),
		...(address === '' ? {} : {address}),
		...(starttls === '' ? {} : {starttls}),
		...(proxy === '' ? {} : {proxy}),
	};
}
