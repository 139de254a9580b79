import {fromHex, fromHexDump, hexDump, printable, toHex} from '../bytes/hex.js';
import {versions} from '../iana/versions.js';
import {askKey} from './ask-key.js';
import type {Completion} from './completing/completion.js';
import {askInBrief, type Exchanged} from './exchanged.js';
import {exchangedInBrief} from './exchanged-in-brief.js';
import type {Outcome} from './outcome.js';
import type {NameAnswer} from './questions/name-answer.js';
import type {End, Flight} from './transcript.js';
import {isKeptTurn, type KeptTurn, keptTurn} from './turns/kept-turn.js';

/** One connection as it is kept in a file. Times are to a thousandth of a millisecond. */
export type Flow = {
	/** `host:port`, as it was asked for. */
	readonly target: string;
	readonly address: string;
	readonly port: number;
	readonly kind: Exchanged['kind'];
	/** Which probe asked for it; undefined in recordings that do not say. */
	readonly probe: string | undefined;
	/** What it has in common with others that ask the same; undefined in recordings of old, which are found by version, shape and server name. */
	readonly askKey: string | undefined;
	/** What was asked for: 0x0002 to 0x0304. Undefined for a question to the DNS. */
	readonly version: number | undefined;
	/** The way of asking. */
	readonly shape: string;
	/** What this very hello asked for by SNI. */
	readonly serverName: string | undefined;
	/** What it came to, for a person. Reading it again from the bytes is what counts. */
	readonly outcome: string;
	readonly end: End;
	/** Of a handshake: its bytes are encrypted, so they do not tell of it. */
	readonly completion: Completion | undefined;
	/** Of a conversation of records, and of a handshake that was kept open: how its bytes are parted into turns. */
	readonly turns: readonly KeptTurn[] | undefined;
	/** An outcome that no bytes tell of: no connection, a refusing proxy, no time; for a question, no answer. */
	readonly failure: Outcome | Exclude<NameAnswer, {kind: 'answered' | 'malformed'}> | undefined;
	/** ISO 8601, UTC. */
	readonly startedAt: string;
	readonly connectedMs: number | undefined;
	readonly durationMs: number;
	readonly localAddress: string | undefined;
	readonly localPort: number | undefined;
	readonly flights: readonly Flight[];
};

/** A file that is not a flow, or not a whole one. */
export class FlowError extends Error {
	override readonly name = 'FlowError';
}

const magic = '# tlsprobe flow';

/** Kinds of outcomes that are not read from what a server sent. */
const failures: ReadonlySet<string> = new Set([
	'unreachable',
	'proxy-refused',
	'starttls-refused',
	'unasked',
	'unanswered',
	'no-answer',
] satisfies NonNullable<Flow['failure']>['kind'][]);

/** @param clockOrigin - When the clock of the transcript read zero, in milliseconds since 1970. */
export function flowOf(
	exchanged: Exchanged & {readonly probe?: string},
	where: Pick<Flow, 'target' | 'address' | 'port'>,
	clockOrigin: number,
): Flow {
	const {end, startedAt, connectedMs, durationMs, localAddress, localPort, flights} = exchanged.transcript;
	const plainPort = exchanged.kind === 'records' ? exchanged.records.plainPort : undefined;
	return {
		...where,
		port: plainPort ?? where.port,
		kind: exchanged.kind,
		probe: exchanged.probe,
		askKey: askKey(exchanged),
		...askInBrief(exchanged),
		...resultOf(exchanged),
		end,
		startedAt: new Date(clockOrigin + startedAt).toISOString(),
		connectedMs: connectedMs && round(connectedMs),
		durationMs: round(durationMs),
		localAddress,
		localPort,
		flights: flights.map(({atMs, ...flight}) => ({...flight, atMs: round(atMs)})),
	};
}

/** A hello's outcome is read again from the bytes, where there are any. */
function resultOf(exchanged: Exchanged): Pick<Flow, 'outcome' | 'failure' | 'completion' | 'turns'> {
	const none = {outcome: exchangedInBrief(exchanged), failure: undefined, completion: undefined, turns: undefined};
	switch (exchanged.kind) {
		case 'hello': {
			const {outcome} = exchanged.transcript;
			return {...none, failure: failures.has(outcome.kind) ? outcome : undefined};
		}
		case 'handshake': {
			const {outcome: completion} = exchanged.transcript;
			return {...none, completion, turns: completion.turns?.map(keptTurn)};
		}
		case 'records': {
			const {outcome} = exchanged.transcript;
			return outcome.kind === 'turns' ? {...none, turns: outcome.turns.map(keptTurn)} : {...none, failure: outcome.outcome};
		}
		case 'question': {
			const {outcome} = exchanged.transcript;
			return outcome.kind === 'answered' || outcome.kind === 'malformed' ? none : {...none, failure: outcome};
		}
		default:
			return exchanged satisfies never;
	}
}

const round = (milliseconds: number): number => Math.round(milliseconds * 1000) / 1000;

export const isFlow = (text: string): boolean => text.startsWith(magic);

/** A flow as a text file: lines of `# key: value`, then a hex dump of every stretch of bytes that went either way. */
export function writeFlow(flow: Flow): string {
	const {connectedMs, localAddress, localPort, failure, completion, turns} = flow;
	const headers: Readonly<Record<string, string | undefined>> = {
		target: flow.target,
		address: flow.address,
		port: String(flow.port),
		kind: flow.kind === 'hello' ? undefined : flow.kind,
		probe: flow.probe === '' ? undefined : flow.probe,
		ask: flow.askKey,
		version: flow.version === undefined ? undefined : versions.label(flow.version),
		shape: flow.shape,
		'server name': flow.serverName,
		outcome: flow.outcome,
		ended: flow.end,
		failure: failure && asciiJson(failure),
		completion: completion && asciiJson(writeCompletion(completion)),
		turns: turns && asciiJson(turns),
		started: flow.startedAt,
		connected: connectedMs === undefined ? undefined : `${connectedMs} ms`,
		duration: `${flow.durationMs} ms`,
		'local address': localAddress,
		'local port': localPort === undefined ? undefined : String(localPort),
	};
	const lines = Object.entries(headers).flatMap(([key, value]) => (value === undefined ? [] : [`# ${key}: ${inLine(value)}\n`]));
	const sections = flow.flights.map(({from, atMs, bytes}) => `\n>>> ${from} ${atMs} ms\n${hexDump(bytes)}`);
	return `${magic}\n${lines.join('')}${sections.join('')}`;
}

/** What stands in other places of a flow is not written again. */
const writeCompletion = ({chain, secrets, turns, ...completion}: Completion): object => ({
	...completion,
	chain: chain.map(toHex),
	keyLog: secrets?.keyLog,
});

/** JSON of what the server chose in part, in characters that stay as they are in a header. */
const asciiJson = (value: unknown): string =>
	JSON.stringify(value).replaceAll(/[^ -~]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Some of it was chosen by the server: it must stay on its line. */
const inLine = (text: string): string => (/[^ -~]/.test(text) ? printable(Buffer.from(text)) : text);

/** @throws {FlowError} If it is not what `writeFlow` writes; the message names the line. */
export function readFlow(text: string): Flow {
	const lines = text.split(/\r?\n/);
	if (!isFlow(text)) {
		throw new FlowError(`line 1: a flow begins with ${JSON.stringify(magic)}`);
	}

	const headers = new Map<string, string>();
	const flights: {from: Flight['from']; atMs: number; dump: string[]; line: number}[] = [];
	for (const [index, line] of lines.entries()) {
		const header = /^# (?<key>[a-z ]+): (?<value>.*)$/.exec(line)?.groups;
		const section = /^>>> (?<from>client|server)(?: (?<atMs>\d+(?:\.\d+)?) ms)?$/.exec(line)?.groups;
		if (header !== undefined) {
			headers.set(header.key!, header.value!);
		} else if (section !== undefined) {
			flights.push({from: section.from as Flight['from'], atMs: Number(section.atMs ?? 0), dump: [], line: index + 1});
		} else if (line !== '' && !line.startsWith('#')) {
			const open = flights.at(-1);
			if (open === undefined) {
				throw new FlowError(`line ${index + 1}: neither "# key: value" nor ">>> client" nor ">>> server"`);
			}

			open.dump.push(line);
		}
	}

	return {...readHeaders(headers), flights: flights.map(readFlight)};
}

function readFlight({from, atMs, dump, line}: {from: Flight['from']; atMs: number; dump: string[]; line: number}): Flight {
	try {
		return {from, bytes: fromHexDump(dump), atMs};
	} catch (error) {
		throw new FlowError(`below line ${line}: ${(error as Error).message}`);
	}
}

const ends: readonly string[] = ['answered', 'closed', 'reset', 'timeout', 'failed', 'unasked'] satisfies End[];

function readHeaders(headers: ReadonlyMap<string, string>): Omit<Flow, 'flights'> {
	const wanted = (key: string): string => {
		const value = headers.get(key);
		if (value === undefined) {
			throw new FlowError(`it has no line "# ${key}: ..."`);
		}

		return value;
	};

	const number = (key: string): number | undefined => {
		const value = headers.get(key);
		const match = value === undefined ? undefined : /^(\d+(?:\.\d+)?)(?: ms)?$/.exec(value);
		if (match === null) {
			throw new FlowError(`"# ${key}: ${value}" is not a number`);
		}

		return match && Number(match[1]);
	};

	const kind = headers.get('kind') ?? 'hello';
	if (kind !== 'hello' && kind !== 'handshake' && kind !== 'records' && kind !== 'question') {
		throw new FlowError(`"# kind: ${kind}" is not one of hello, handshake, records, question`);
	}

	const version = kind === 'question' ? undefined : versions.entries.find(({name}) => name === wanted('version'));
	if (kind !== 'question' && version === undefined) {
		throw new FlowError(`"# version: ${wanted('version')}" is not one of ${versions.entries.map(({name}) => name).join(', ')}`);
	}

	if (!ends.includes(wanted('ended'))) {
		throw new FlowError(`"# ended: ${wanted('ended')}" is not one of ${ends.join(', ')}`);
	}

	return {
		target: headers.get('target') ?? '',
		address: headers.get('address') ?? '',
		port: number('port') ?? 0,
		kind,
		probe: headers.get('probe'),
		askKey: headers.get('ask'),
		version: version?.code,
		shape: wanted('shape'),
		serverName: headers.get('server name'),
		outcome: headers.get('outcome') ?? '',
		end: wanted('ended') as End,
		failure: readFailure(headers.get('failure')),
		completion: kind === 'handshake' ? readCompletion(wanted('completion')) : undefined,
		turns: readTurns(headers.get('turns')),
		startedAt: headers.get('started') ?? '',
		connectedMs: number('connected'),
		durationMs: number('duration') ?? 0,
		localAddress: headers.get('local address'),
		localPort: number('local port'),
	};
}

function readFailure(text: string | undefined): Flow['failure'] {
	if (text === undefined) {
		return undefined;
	}

	try {
		const outcome = JSON.parse(text) as NonNullable<Flow['failure']>;
		// A conversation of records has no hello that tells of a reset before it.
		if (failures.has(outcome.kind) || outcome.kind === 'reset') {
			return outcome;
		}
	} catch {}

	throw new FlowError(`"# failure: ..." is not the JSON of an outcome`);
}

function readCompletion(text: string): Completion {
	try {
		const {chain, keyLog, ...completion} = JSON.parse(text) as Omit<Completion, 'chain'> & {
			readonly chain: readonly string[];
			readonly keyLog?: readonly string[];
		};
		if (['completed', 'failed', 'not-spoken', 'not-reached'].includes(completion.handshake.kind)) {
			// Its bytes are those of the connection.
			const secrets = keyLog === undefined ? {} : {secrets: {keyLog: keyLog.map(String), sent: none, received: none}};
			return {...completion, chain: chain.map(fromHex), ...secrets};
		}
	} catch {}

	throw new FlowError('"# completion: ..." is not the JSON of a handshake');
}

const none = new Uint8Array();

function readTurns(text: string | undefined): readonly KeptTurn[] | undefined {
	if (text === undefined) {
		return undefined;
	}

	try {
		const turns = JSON.parse(text) as unknown;
		if (Array.isArray(turns) && turns.every(isKeptTurn)) {
			return turns;
		}
	} catch {}

	throw new FlowError('"# turns: ..." is not the JSON of turns');
}
