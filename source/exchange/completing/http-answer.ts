import {looksLike} from '../looks-like.js';
import {type HttpAnswer, type NotedField, notedFields, type ServiceAnswer} from './completion.js';
import {wordsOfTls} from './words-of-tls.js';

/** What is ever read of an answer, its headers included. */
const mostBytes = 65_536;
const mostHeaderBytes = 16_384;
/** RFC 9110 §15.2 sets no bound. Servers send a few at most. */
const mostInterim = 16;
/** Nothing that a server says is kept at more than this length. */
const mostText = 200;
/** The same of a noted field: a location is a URL. */
const mostOfField = 1000;
/** How many values of one name are kept. */
const mostValues = 4;

/**
Makes one answer of what a server sends after the handshake, however its bytes are cut. Of an answer that is no error the headers are
enough; of an error the body is read too, because that is where services say what is wrong.

No socket and no clock: `push` what arrives, and `end` when nothing more will.
*/
export type HttpReader = {
	/** @returns The answer once it is complete, undefined while more is wanted. */
	push(chunk: Uint8Array): ServiceAnswer | undefined;
	/** @returns What is known by now; undefined where nothing is. */
	end(): ServiceAnswer | undefined;
	readonly receivedBytes: number;
};

export function readHttpAnswer(): HttpReader {
	let held = Buffer.alloc(1024);
	/** Where the answer starts, behind interim ones. */
	let from = 0;
	let length = 0;
	let receivedBytes = 0;
	let searched = 0;
	let interim = 0;
	let head: Head | undefined;

	const append = (chunk: Uint8Array): void => {
		const kept = chunk.subarray(0, mostBytes - length);
		if (length + kept.length > held.length) {
			held = Buffer.concat([held.subarray(0, length)], Math.min(mostBytes, Math.max(held.length * 2, length + kept.length)));
		}

		held.set(kept, length);
		length += kept.length;
		receivedBytes += chunk.length;
	};

	const readHead = (): ServiceAnswer | 'more' | undefined => {
		while (head === undefined) {
			const end = endOfHead(held.subarray(0, length), searched);
			searched = Math.max(searched, length - 3);
			if (end === undefined) {
				return length - from >= mostHeaderBytes ? {kind: 'malformed', problem: `headers of more than ${mostHeaderBytes} bytes`} : 'more';
			}

			const read = parseHead(held.toString('latin1', from, end), end);
			if (read === undefined) {
				return {kind: 'malformed', problem: 'an invalid status line'};
			}

			if (read.status >= 200) {
				head = read;
			} else {
				// An interim response: the one that counts is still to come. RFC 9110 §15.2.
				interim += 1;
				from = end;
				searched = end;
				if (interim > mostInterim) {
					return {kind: 'malformed', problem: `more than ${mostInterim} interim responses`};
				}
			}
		}

		return undefined;
	};

	const answer = (): HttpAnswer => answerOf(head!, held.subarray(head!.end, length));

	return {
		push(chunk) {
			append(chunk);
			const start = held.subarray(from, length);
			if (head === undefined && !startsLikeHttp(start)) {
				// Most of what greets does it with a line; frames of HTTP/2 have nine bytes before what they hold.
				return start.length < 16 && !start.includes(0x0a) ? undefined : other(start);
			}

			const problem = readHead();
			if (problem !== undefined) {
				return problem === 'more' ? undefined : problem;
			}

			return isWhole(head!, held.subarray(head!.end, length)) || length >= mostBytes ? answer() : undefined;
		},
		end() {
			if (head !== undefined) {
				return answer();
			}

			const start = held.subarray(from, length);
			return start.length === 0
				? undefined
				: startsLikeHttp(start)
					? {kind: 'malformed', problem: 'the headers are incomplete'}
					: other(start);
		},
		get receivedBytes() {
			return receivedBytes;
		},
	};
}

const other = (start: Uint8Array): ServiceAnswer => ({kind: 'not-http', looksLike: looksLike(start.subarray(0, 256))});

const startOfHttp = Buffer.from('HTTP/');
const startsLikeHttp = (bytes: Uint8Array): boolean => {
	const size = Math.min(bytes.length, startOfHttp.length);
	return startOfHttp.subarray(0, size).equals(bytes.subarray(0, size));
};

/** Behind the empty line; lenient about bare line feeds, as clients are. RFC 9112 §2.2. */
function endOfHead(bytes: Buffer, from: number): number | undefined {
	const ends = ['\r\n\r\n', '\n\n', '\n\r\n'].flatMap(mark => {
		const place = bytes.indexOf(mark, from, 'latin1');
		return place === -1 ? [] : [place + mark.length];
	});
	return ends.length === 0 ? undefined : Math.min(...ends);
}

type Head = {
	readonly status: number;
	readonly reason: string;
	readonly fields: ReadonlyMap<string, string>;
	readonly noted: HttpAnswer['fields'];
	/** Where the body starts. */
	readonly end: number;
};

function parseHead(text: string, end: number): Head | undefined {
	const [first = '', ...lines] = text.split(/\r?\n/);
	const match = /^HTTP\/\d(?:\.\d)? +(?<status>[1-9]\d\d)(?: +(?<reason>.*))?$/.exec(first);
	if (match === null) {
		return undefined;
	}

	const fields = new Map<string, string>();
	const noted: Partial<Record<NotedField, readonly string[]>> = {};
	for (const line of lines) {
		const colon = line.indexOf(':');
		const name = line.slice(0, colon).toLowerCase();
		if (colon > 0 && !fields.has(name)) {
			fields.set(name, line.slice(colon + 1).trim());
		}

		const known = notedFields.find(field => field === name);
		const values = known === undefined ? [] : (noted[known] ?? []);
		if (known !== undefined && values.length < mostValues) {
			noted[known] = [
				...values,
				line
					.slice(colon + 1)
					.trim()
					.slice(0, mostOfField),
			];
		}
	}

	return {
		status: Number(match.groups!.status),
		reason: (match.groups!.reason ?? '').trim(),
		fields,
		noted: Object.keys(noted).length === 0 ? undefined : noted,
		end,
	};
}

const isError = ({status}: Head): boolean => status >= 400;

const isChunked = ({fields}: Head): boolean => /\bchunked\b/i.test(fields.get('transfer-encoding') ?? '');

/** Without a length the body ends with the connection. RFC 9112 §6.3. */
function isWhole(head: Head, body: Buffer): boolean {
	if (!isError(head)) {
		return true;
	}

	if (isChunked(head)) {
		return body.subarray(-7).toString('latin1').endsWith('0\r\n\r\n');
	}

	const length = head.fields.get('content-length');
	return length !== undefined && /^\d{1,15}$/.test(length) && body.length >= Number(length);
}

function answerOf(head: Head, body: Buffer): HttpAnswer {
	const {status, reason, fields} = head;
	const text = isError(head) ? (isChunked(head) ? withoutChunks(body) : body).toString('utf8') : '';
	const code = isError(head) ? codeIn(fields, text) : undefined;
	const words = isError(head) ? (wordsOfTls(reason) ?? wordsOfTls(text)) : undefined;
	const field = (name: 'upgrade' | 'server'): Partial<HttpAnswer> => {
		const value = fields.get(name);
		return value === undefined || value === '' ? {} : {[name]: cut(value)};
	};
	return {
		kind: 'http',
		status,
		reason: cut(reason),
		...(code === undefined ? {} : {code}),
		...(words === undefined ? {} : {words: cut(words)}),
		...field('upgrade'),
		...field('server'),
		...(head.noted === undefined ? {} : {fields: head.noted}),
	};
}

const cut = (text: string): string => text.slice(0, mostText);

const codeWord = /^[\w.:-]{1,100}$/;

/** As the services of Azure and others of its kind have it: a header, an element of XML, or a member of JSON. */
function codeIn(fields: ReadonlyMap<string, string>, text: string): string | undefined {
	const header = fields.get('x-ms-error-code');
	const found = header ?? /<Code>([^<]{1,120})<\/Code>/i.exec(text)?.[1]?.trim() ?? /"code"\s*:\s*"([^"\\]{1,100})"/i.exec(text)?.[1];
	return found !== undefined && codeWord.test(found) ? found : undefined;
}

/** The data of chunks that are there, up to the first that is none. RFC 9112 §7.1. */
function withoutChunks(body: Buffer): Buffer {
	const parts: Buffer[] = [];
	for (let offset = 0; ; ) {
		const end = body.indexOf('\r\n', offset, 'latin1');
		const size =
			end === -1 ? undefined : /^([\da-f]{1,8})(?:;.*)?$/i.exec(body.toString('latin1', offset, Math.min(end, offset + 100)))?.[1];
		if (size === undefined || Number.parseInt(size, 16) === 0) {
			return Buffer.concat(parts);
		}

		const start = end + 2;
		parts.push(body.subarray(start, start + Number.parseInt(size, 16)));
		offset = start + Number.parseInt(size, 16) + 2;
	}
}
