import type {SideBytes} from './span.js';

/** A line that begins a piece, after the time of `--trace-time` and the numbers of `--trace-ids`. */
const headingPattern =
	/^(?:\d\d:\d\d:\d\d\.\d+ )?(?:\[\w+(?:-\w+)?\] )?(?:(?<arrow>=>|<=) (?:Send|Recv) (?<what>.+), (?<count>\d+) bytes \(0x[\da-f]+\)|== Info: ?(?<info>.*))$/;

/** The heading that curl with OpenSSL prints before each message: `TLSv1.3 (OUT), TLS handshake, Client hello (1):`. */
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
The TLS messages in the output of `curl --trace`. Curl with OpenSSL prints each message decrypted. It prints record headers as separate pieces, which
are skipped because the messages are not inside those records.

@throws {TypeError} If there are none; the message says why.
*/
export function readCurlTrace(lines: readonly string[]): SideBytes[] {
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
		throw new TypeError('there is no TLS message in this trace of curl; curl prints them only if it was built with OpenSSL');
	}

	return joined(pieces);
}

/** Messages are decoded together: the suite of a ServerHello determines the layout of its key exchange. */
function joined(pieces: readonly Piece[]): SideBytes[] {
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

/** A row of 16 bytes, each followed by a space, and the printable characters. */
const rowPattern = /^(?<offset>[\da-f]{4,}): (?<digits>(?:[\da-f]{2}(?: |$)){1,16})/i;

function bytesOf({name, count, lines}: Piece): Uint8Array {
	const bytes: number[] = [];
	for (const line of lines) {
		const {offset, digits} = rowPattern.exec(line)?.groups ?? {};
		if (digits === undefined || Number.parseInt(offset!, 16) !== bytes.length) {
			break;
		}

		// The printable characters may look like digits: the count tells where they begin.
		bytes.push(...Buffer.from(digits.replaceAll(' ', ''), 'hex').subarray(0, count - bytes.length));
	}

	if (bytes.length === count) {
		return Uint8Array.from(bytes);
	}

	throw new TypeError(
		bytes.length === 0
			? `there are no bytes below ${JSON.stringify(name)}: the option trace-ascii of curl leaves them out, use its option trace`
			: `the dump below ${JSON.stringify(name)} has ${bytes.length} of ${count} bytes`,
	);
}
