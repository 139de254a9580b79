import {bracketed} from '../bytes/bracketed.js';
import {listed} from '../bytes/listed.js';
import {toJson} from '../bytes/safe-text.js';
import type {LooksLike} from '../exchange/outcome.js';
import {columnsOf, fill, type Piece, wordsOf} from '../formats/fill.js';
import {makePaint, type TerminalFeatures} from '../formats/paint.js';
import type {ClientDescription} from './describe-client.js';
import type {HandshakeResult, RecordedClient} from './start-listener.js';

type ReportedClient = Exclude<RecordedClient, {kind: 'turned-away'}>;

/** What a client that connected said. */
export type HeardClient = {
	/** Its address and port. */
	readonly client: string;
	/** ISO 8601, UTC. */
	readonly startedAt: string;
	readonly durationMs: number;
	/** `garbage` is no TLS; `incomplete` ended in the middle of its hello or before it. */
	readonly kind: ReportedClient['kind'];
	/** Of garbage: which protocol it looks like. */
	readonly looksLike?: LooksLike['protocol'];
	readonly problem?: string;
	/** Of what is incomplete. */
	readonly because?: 'closed' | 'reset' | 'too-slow' | 'too-long';
	readonly receivedBytes?: number;
	/** The known clients whose hello is most like this one; null where none is like it. */
	readonly resembles?: {
		readonly clients: readonly {readonly name: string; readonly title: string}[];
		readonly differences: readonly string[];
	} | null;
	/** How the handshake ended, where one was asked for. */
	readonly handshake?: HandshakeResult;
	/** Where its bytes are kept. */
	readonly file?: string;
} & Partial<Omit<ClientDescription, 'resembles'>>;

/** One line of JSON, ended by a line feed. */
export const clientJson = (client: ReportedClient, described: ClientDescription | undefined, file: string | undefined): string =>
	`${toJson(heardClient(client, described, file))}\n`;

export function heardClient(client: ReportedClient, described: ClientDescription | undefined, file: string | undefined): HeardClient {
	const {address, port, startedAt, durationMs, kind} = client;
	const common = {client: `${bracketed(address)}:${port}`, startedAt, durationMs, kind};
	const kept = file === undefined ? {} : {file};
	if (client.kind !== 'hello' || described === undefined) {
		const why = client.kind === 'garbage' ? {looksLike: client.looksLike.protocol, problem: client.problem} : {};
		const because = client.kind === 'incomplete' ? {because: client.because, receivedBytes: client.bytes.length} : {};
		return {...common, ...why, ...because, ...kept};
	}

	const {resembles, ...said} = described;
	return {
		...common,
		...said,
		resembles:
			resembles === undefined
				? null
				: {clients: resembles.clients.map(({name, title}) => ({name, title})), differences: resembles.differences},
		...(client.handshake === undefined ? {} : {handshake: client.handshake}),
		...kept,
	};
}

/** A few lines for a person. Values from the client are escaped. */
export function clientText(
	client: ReportedClient,
	described: ClientDescription | undefined,
	file: string | undefined,
	look: TerminalFeatures,
): string {
	const paint = makePaint(look);
	const heading = `${paint('bold', `${client.address} port ${client.port}`)}  ${client.startedAt}\n`;
	const rows: [string, string, Piece['color']?][] = described === undefined ? [['came to', endInWords(client)]] : rowsOf(described);
	if (client.kind === 'hello' && client.handshake !== undefined) {
		rows.push(['handshake', handshakeInWords(client.handshake)]);
	}

	if (file !== undefined) {
		rows.push(['kept in', file]);
	}

	return `${heading}${rows.map(([title, text, color]) => row(title, text, color, look)).join('')}\n`;
}

const width = 15;

function row(title: string, text: string, color: Piece['color'], look: TerminalFeatures): string {
	const [first, ...rest] = wordsOf(text, color);
	const indent = Math.min(width, columnsOf(look) / 3);
	return fill([{text: `  ${title}`.padEnd(indent), color: 'dim'}, {...first!, gap: 0}, ...rest], look, indent);
}

function rowsOf(described: ClientDescription): [string, string, Piece['color']?][] {
	const {resembles, tls12} = described;
	const older = described.mayTakeOlder ? ' and perhaps older' : '';
	const hello = described.format === 'ssl2' ? ', in the format of SSL 2' : '';
	return [
		['offers', `${listed(described.versions)}${older}${hello}`],
		['server name', described.serverName ?? 'none'],
		...(described.alpn.length === 0 ? [] : ([['ALPN', described.alpn.join(', ')]] as [string, string][])),
		['suites', described.cipherSuites.join(', ')],
		['groups', described.groups.join(', ') || 'none'],
		['signatures', described.signatureAlgorithms.join(', ') || 'none'],
		['JA3', described.ja3 ?? 'not defined for this format'],
		['JA4', described.ja4 ?? 'not defined for this format'],
		['resembles', resemblanceInWords(resembles)],
		[
			'TLS 1.2',
			`a service with only TLS 1.2 ${tls12.isTaken ? 'would accept it' : 'would refuse it'}: ${tls12.because}`,
			tls12.isTaken ? 'green' : 'red',
		],
	];
}

function resemblanceInWords(resembles: ClientDescription['resembles']): string {
	if (resembles === undefined) {
		return 'no known client';
	}

	const {clients, differences} = resembles;
	const titles = clients.slice(0, mostTitles).map(({title}) => title);
	const more = clients.length > mostTitles ? `; ${clients.length - mostTitles} more send the same` : '';
	const names = `${titles.join('; ')}${more}`;
	return differences.length === 0 ? `${names}: the same` : `${names}; but ${differences.join('; ')}`;
}

const mostTitles = 3;

function endInWords(client: ReportedClient): string {
	switch (client.kind) {
		case 'hello':
			return 'a hello';
		case 'garbage':
			return `no ClientHello: it looks like ${client.looksLike.protocol} (${client.problem})`;
		case 'incomplete':
			return `no whole ClientHello: ${becauseWords[client.because]} after ${client.bytes.length} bytes`;
		default:
			return client satisfies never;
	}
}

const becauseWords = {
	closed: 'it closed the connection',
	reset: 'it reset the connection',
	'too-slow': 'it took too long',
	'too-long': 'it did not end',
} as const;

function handshakeInWords(handshake: HandshakeResult): string {
	switch (handshake.kind) {
		case 'finished':
			return `finished with ${handshake.version}, ${handshake.cipherSuite}`;
		case 'failed':
			return `failed (${handshake.code})`;
		default:
			return handshake satisfies never;
	}
}
