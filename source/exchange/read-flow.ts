import {fromHex, fromHexDump} from '../bytes/hex.js';
import {versions} from '../iana/versions.js';
import type {Completion} from './completing/completion.js';
import {type Flow, FlowError, flowFailures, flowMagic, isFlow} from './flow.js';
import type {End, Flight} from './transcript.js';
import {isKeptTurn, type KeptTurn} from './turns/kept-turn.js';

/** @throws {FlowError} If it is not what `writeFlow` writes; the message names the line. */
export function readFlow(text: string): Flow {
	const lines = text.split(/\r?\n/);
	if (!isFlow(text)) {
		throw new FlowError(`line 1: a flow begins with ${JSON.stringify(flowMagic)}`);
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
		if (flowFailures.has(outcome.kind) || outcome.kind === 'reset') {
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
