import {isCurlTrace, readCurlTrace} from './read-curl-trace.js';
import {readDump} from './read-dump.js';
import type {SideBytes} from './span.js';

/**
Bytes from text of any source: plain hexadecimal digits with any of the usual separators and prefixes, C arrays and similar, dumps with offsets and
printable characters, and the output of `openssl s_client` with `-msg` or `-debug` and of `curl` with `--trace`.

@returns One or more spans, none of them empty.
@throws {TypeError} If it is none of these; the message says why.
*/
export function readHexText(text: string): SideBytes[] {
	const lines = text
		.replace(/^\uFEFF/, '')
		.split(/\r\n|\r|\n/)
		.map(line => line.trimEnd())
		.filter(line => line.trim() !== '');
	if (lines.some(line => messagePattern.test(line))) {
		return readMessages(lines);
	}

	if (isCurlTrace(lines)) {
		return readCurlTrace(lines);
	}

	if (lines.some(line => transferPattern.test(line))) {
		return readTransfers(lines);
	}

	const bytes = readDump(lines) ?? readDigits(text);
	if (bytes.length === 0) {
		throw new TypeError('it is empty');
	}

	return [{from: undefined, title: undefined, bytes}];
}

const messagePattern = /^(?<arrow>>>>|<<<) (?<title>.+?),? \[length (?<length>[\da-f]+)\](?<more>.*)$/;

/** `s_client -msg`. It prints messages without their record headers; it prints the headers separately. */
function readMessages(lines: readonly string[]): SideBytes[] {
	const stretches: {from: 'client' | 'server'; title: string; digits: string; isHandshake: boolean}[] = [];
	let isOpen = false;
	for (const line of lines) {
		const {arrow, title, more} = messagePattern.exec(line)?.groups ?? {};
		if (title !== undefined) {
			isOpen = !/\?\?\?|header|inner ?content/i.test(title);
			const from = arrow === '>>>' ? 'client' : 'server';
			const isHandshake = /handshake/i.test(title);
			const last = stretches.at(-1);
			// Messages are decoded together: the suite of a ServerHello determines the layout of its key exchange.
			if (isOpen && isHandshake && last?.isHandshake && last.from === from) {
				last.title += more!;
			} else if (isOpen) {
				stretches.push({from, title: `${title}${more}`, digits: '', isHandshake});
			}
		} else if (isOpen && /^\s+(?:[\da-f]{2}(?: |$))+$/i.test(line)) {
			stretches.at(-1)!.digits += line;
		} else {
			isOpen = false;
		}
	}

	const found = stretches.map(({from, title, digits}) => ({from, title, bytes: fromPairs(digits)})).filter(({bytes}) => bytes.length > 0);
	if (found.length === 0) {
		throw new TypeError('there is no message below the lines of openssl -msg');
	}

	return found;
}

const transferPattern = /^(?<direction>write to|read from) 0x[\da-f]+ \[.*=> (?<count>\d+)/i;

/** `s_client -debug`: the socket's traffic, with one dump for each write or read. */
function readTransfers(lines: readonly string[]): SideBytes[] {
	const transfers: {from: 'client' | 'server'; heading: string; count: number; lines: string[]}[] = [];
	for (const line of lines) {
		const {direction, count} = transferPattern.exec(line)?.groups ?? {};
		if (direction !== undefined) {
			transfers.push({from: /^w/i.test(direction) ? 'client' : 'server', heading: line, count: Number(count), lines: []});
		} else if (/^[\da-f]{4,} - [\da-f]{2}/i.test(line)) {
			transfers.at(-1)?.lines.push(line);
		}
	}

	const stretches = (['client', 'server'] as const).map(from => ({
		from,
		title: undefined,
		bytes: Uint8Array.from(Buffer.concat(transfers.filter(transfer => transfer.from === from).map(readTransfer))),
	}));
	const found = stretches.filter(({bytes}) => bytes.length > 0);
	if (found.length === 0) {
		throw new TypeError('there is no dump below the lines of openssl -debug');
	}

	return found;
}

function readTransfer({heading, count, lines}: {heading: string; count: number; lines: readonly string[]}): Uint8Array {
	const dump = lines.length === 0 ? new Uint8Array() : readDump(lines);
	if (dump === undefined || dump.length > count || count - dump.length > mostZeros) {
		throw new TypeError(`the dump below the line ${JSON.stringify(heading)} is not complete`);
	}

	// OpenSSL before 3 leaves out zeros at the end.
	const bytes = new Uint8Array(count);
	bytes.set(dump);
	return bytes;
}

/** The most bytes that may have been left out: more than one write or read has. */
const mostZeros = 65_536;

const fromPairs = (digits: string): Uint8Array => Uint8Array.from(Buffer.from(digits.replaceAll(/\s+/g, ''), 'hex'));

/** The content of the first pair of braces; everything if there is none. */
function inBraces(text: string): string {
	const start = text.indexOf('{');
	const end = start === -1 ? -1 : text.indexOf('}', start);
	return end === -1 ? text : text.slice(start + 1, end);
}

/** Replace each C comment by a space. A comment that does not end is not one. */
function withoutComments(text: string): string {
	const parts: string[] = [];
	let rest = 0;
	for (let start = text.indexOf('/*'); start !== -1; start = text.indexOf('/*', rest)) {
		const end = text.indexOf('*/', start + 2);
		if (end === -1) {
			break;
		}

		parts.push(text.slice(rest, start), ' ');
		rest = end + 2;
	}

	return [...parts, text.slice(rest)].join('');
}

/** Digits with the usual decorations of people and programs. */
function readDigits(text: string): Uint8Array {
	const words = withoutComments(inBraces(text))
		.replaceAll(/(?:^|\s)(?:#|\/\/).*$/gm, ' ')
		.replace(/^\s*<Buffer\s([^>]*)>\s*$/, '$1')
		.replaceAll(/\bb?["']|["']/g, ' ')
		.replaceAll(/\\x|\\u00/gi, ' 0x')
		.split(/[\s,;:|\\()[\]-]+/)
		.filter(word => word !== '');
	const digits = words.map(word => {
		const bare = word.replace(/^0x/i, '');
		if (!/^[\da-f]+$/i.test(bare)) {
			throw new TypeError(`neither hexadecimal digits nor a dump: ${JSON.stringify(word.slice(0, 20))}`);
		}

		// A single digit is a byte only after a prefix.
		return bare.length === 1 && bare !== word ? `0${bare}` : bare;
	});
	const all = digits.join('');
	if (all.length % 2 === 1) {
		throw new TypeError(`an odd number of hexadecimal digits, ${all.length}: one is missing or too many`);
	}

	return Uint8Array.from(Buffer.from(all, 'hex'));
}
