import net from 'node:net';
import type {Overrides} from '../../engine/overrides.js';
import {parseTarget} from '../../engine/target.js';
import {oddAddressProblem, plainFormOf} from '../../transport/plain-address.js';
import {type Entry, noOverrides} from '../entry.js';
import {makeEntries, makeInvalid} from '../targets/make-entries.js';
import {defineFormat, type ReadOptions} from './format.js';
import {type ColumnRole, type Columns, isHeader, mostCarried, readColumns} from './text/csv-columns.js';
import {hasOpenQuote, splitCells} from './text/split-cells.js';
import {createLineSplitter, longestLine} from './text/split-lines.js';

/**
Comma, semicolon, tab or bar separated, with a header. Columns come in any order, by the names that exports have for them; those not known
are carried through.

Read by tlsprobe's own code, because of extra quotes: here an extra quote invalidates only its row, which is reported. A parser that
takes the file as one string of cells loses everything up to the next quote.
*/
export default defineFormat({
	name: 'csv',
	recognises: line => /^sep=[,;\t|]$/.test(line) || isHeader(line),
	open(file, options) {
		const splitter = createLineSplitter();
		let line = 0;
		let header: Columns | undefined;
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

			const read = readColumns(text, separator);
			if (typeof read === 'string') {
				entries.push(makeInvalid(text, read, {file, line}));
				isOver = true;
			} else {
				header = read;
				for (const name of read.surplus) {
					options.leaveOut(`columns after the first ${mostCarried} that are copied`, name);
				}
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
				entries.push(...readRow(cells!, text, source, header!, options));
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

			// Between the header and the rows of a table that is drawn.
			if (header.separator === '|' && pending.length === 0 && /^[\s|:+-]+$/.test(text)) {
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

function problemWith(cells: readonly string[] | undefined, {names, hosts, places}: Columns): string | undefined {
	if (cells === undefined) {
		return 'a quote that does not enclose a whole cell';
	}

	const surplus = cells.findLastIndex(cell => cell !== '') + 1;
	if (surplus > names.length) {
		return `${surplus} cells, where the header has ${names.length}`;
	}

	return [...hosts, ...Object.values(places)].some(place => cells[place]?.includes('\n'))
		? 'a line break in a cell that must be one line'
		: undefined;
}

/** Each comes with every port of the row. */
const mostAddresses = 16;

function readRow(
	cells: readonly string[],
	text: string,
	source: {file: string; line: number},
	{hosts, places, others}: Columns,
	{leaveOut}: ReadOptions,
): readonly Entry[] {
	const cell = (role: ColumnRole): string => cells[places[role] ?? -1] ?? '';
	const addresses = cell('address')
		.split(/[\s,;]+/)
		.filter(item => item !== '')
		.map(item => item.replace(/^\[(.*)\]$/, '$1'));
	const name = hosts.map(place => cells[place] ?? '').find(item => item !== '');
	if (name === undefined && addresses.length === 0) {
		return [makeInvalid(text, 'no host', source)];
	}

	if (addresses.length > mostAddresses) {
		return [makeInvalid(text, `more than ${mostAddresses} addresses in a row`, source)];
	}

	if (/^(?:udp|sctp)$/i.test(cell('protocol'))) {
		leaveOut('rows of other protocols than TCP', `line ${source.line}`);
		return [];
	}

	const ports = readPortCell(cell('port'), leaveOut);
	if (ports === undefined) {
		return [];
	}

	const extra = others.length === 0 ? {} : {extra: Object.fromEntries(others.map(([column, place]) => [column, cells[place] ?? '']))};
	const targets =
		name === undefined
			? addresses.map(item => [item, ''] as const)
			: (addresses.length === 0 ? [''] : addresses).map(item => [name, item] as const);
	return targets.flatMap(([target, address]) => {
		const overrides = readOverrides(cell, address);
		return typeof overrides === 'string'
			? [makeInvalid(text, overrides, source)]
			: makeEntries(target, source, {port: ports, overrides, ...extra});
	});
}

/**
Ports as exports have them: `443`, `443/tcp`, `tcp/443`, `443.0`, or several of them.

@returns With commas between them. Undefined where all are of other protocols. What is no port is left for others to name.
*/
function readPortCell(text: string, leaveOut: ReadOptions['leaveOut']): string | undefined {
	if (/^\d*$/.test(text)) {
		return text;
	}

	const items = text
		.toLowerCase()
		.split(/[\s,;]+/)
		.filter(item => item !== '');
	const isOther = (item: string): boolean => /^(?:udp|sctp)\/\d+$|^\d+\/(?:udp|sctp)$/.test(item);
	const ports = items.filter(item => !isOther(item));
	for (const item of items.filter(isOther)) {
		leaveOut('ports of other protocols than TCP', item);
	}

	return ports.length === 0 ? undefined : ports.map(item => /^(?:tcp\/)?(\d+)(?:\/tcp|\.0)?$/.exec(item)?.[1] ?? item).join(',');
}

/** @returns What is wrong with them, if anything. Whether a STARTTLS protocol or a proxy is one that can be used is for others to say. */
function readOverrides(cell: (role: ColumnRole) => string, address: string): Overrides | string {
	const serverName = cell('servername');
	const [starttls, proxy] = [cell('starttls').toLowerCase(), cell('proxy')];
	if (serverName === '' && address === '' && starttls === '' && proxy === '') {
		return noOverrides;
	}

	if (address !== '' && net.isIP(address) === 0) {
		const plain = plainFormOf(address);
		return plain === undefined ? `not an address: ${JSON.stringify(address)}` : oddAddressProblem(plain);
	}

	// A link-local address needs its interface.
	const place = address.includes(':') ? parseTarget(`[${address}]`) : undefined;
	if (place?.kind === 'invalid') {
		return place.problem;
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
