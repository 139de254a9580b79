import type {Span} from './span.js';

/** A line that begins a piece, behind the time of `--trace-time` and the numbers of `--trace-ids`. */
const headingPattern =
	/^(?:\d\d:\d\d:\d\d\.\d+ )?(?:\[\w+(?:-\w+)?\] )?(?:(?<arrow>=>|<=) (?:Send|Recv) (?<what>.+), (?<count>\d+) bytes \(0x[\da-f]+\)|== Info: ?(?<info>.*))$/;

/** What curl with OpenSSL says before each message: `TLSv1.3 (OUT), TLS handshake, Client hello (1):`. */
const messagePattern = /^(?<version>\S+) \((?:OUT|IN)\), (?<kind>[^,]+), (?<name>.+):$/;

export const isCurlTrace = (lines: readonly string[]): boolean =>
	lines.some(line => /^[^{}]{0,60}(?:=>|<=) (?:Send|Recv) SSL data, \d+ bytes/.test(line) || /^[^{}]{0,60}== Info:/.test(line));

type Piece = {
	readonly from: 'client' | 'server';
	/** The version and the content type. */
	readonly kind: string;
	readonly name: string;
	readonly count: number;
	readonly lines: string[];
	readonly isHandshake: boolean;
};

/**
The messages of TLS in what `curl --trace` writes. Curl with OpenSSL prints each message deciphered, and the headers of records as pieces
of their own, which are passed over: the messages do not stand in those records.

@throws {TypeError} If there are none; the message says why.
*/
export function readCurlTrace(lines: readonly string[]): Span[] {
	const pieces: Piece[] = [];
	let message: {readonly kind: string; readonly name: string} | undefined;
	let open: Piece | undefined;
	for (const line of lines) {
		const groups = headingPattern.exec(line)?.groups;
		if (groups === undefined) {
			open?.lines.push(line);
			continue;
		}

		open = undefined;
		const {arrow, what, count, info} = groups;
		if (info !== undefined) {
			const said = messagePattern.exec(info)?.groups;
			message = said && {kind: `${said.version}, ${said.kind}`, name: said.name!};
		} else if (what === 'SSL data' && message !== undefined) {
			const from = arrow === '=>' ? 'client' : 'server';
			open = {...message, from, count: Number(count), lines: [], isHandshake: /handshake/i.test(message.kind)};
			pieces.push(open);
			message = undefined;
		} else {
			message = undefined;
		}
	}

	if (pieces.length === 0) {
		throw new TypeError('no message of TLS stands in this trace of curl, which prints them where it was built with OpenSSL');
	}

	return joined(pieces);
}

/** Messages in a row explain one another: the suite of a ServerHello says how its key exchange is laid out. */
function joined(pieces: readonly Piece[]): Span[] {
	const stretches: {from: 'client' | 'server'; title: string; parts: Uint8Array[]; isHandshake: boolean}[] = [];
	for (const piece of pieces) {
		const last = stretches.at(-1);
		if (piece.isHandshake && last?.isHandshake && last.from === piece.from) {
			last.title += `, ${piece.name}`;
			last.parts.push(bytesOf(piece));
		} else {
			stretches.push({from: piece.from, title: `${piece.kind}: ${piece.name}`, parts: [bytesOf(piece)], isHandshake: piece.isHandshake});
		}
	}

	return stretches.map(({from, title, parts}) => ({from, title, bytes: Uint8Array.from(Buffer.concat(parts))}));
}

/** A row of 16 bytes, each followed by a space, and what is printable of them. */
const rowPattern = /^(?<offset>[\da-f]{4,}): (?<digits>(?:[\da-f]{2}(?: |$)){1,16})/i;

function bytesOf({name, count, lines}: Piece): Uint8Array {
	const bytes: number[] = [];
	for (const line of lines) {
		const {offset, digits} = rowPattern.exec(line)?.groups ?? {};
		if (digits === undefined || Number.parseInt(offset!, 16) !== bytes.length) {
			break;
		}

		// What is printable may look like digits: the count tells where it begins.
		bytes.push(...Buffer.from(digits.replaceAll(' ', ''), 'hex').subarray(0, count - bytes.length));
	}

	if (bytes.length === count) {
		return Uint8Array.from(bytes);
	}

	throw new TypeError(
		bytes.length === 0
			? `no bytes stand below ${JSON.stringify(name)}: the option trace-ascii of curl leaves them out, and its option trace writes them`
			: `the dump does not add up below ${JSON.stringify(name)}: ${bytes.length} of ${count} bytes`,
	);
}
