import {DecodeError} from '../bytes/decode-error.js';
import {groupBy} from '../bytes/group-by.js';
import {versions} from '../iana/versions.js';
import type {Question} from '../wire/dns/question.js';
import {askKey} from './ask-key.js';
import type {Completion, HandshakeSpec} from './completing/completion.js';
import type {OpenFlight} from './encrypted-flight.js';
import {type AskedExchange, type AskInBrief, askInBrief} from './exchanged.js';
import {type Flow, FlowError} from './flow.js';
import type {HelloSpec} from './hello-spec.js';
import type {Outcome} from './outcome.js';
import type {NameAnswer} from './questions/name-answer.js';
import {readAnswer} from './read-answer.js';
import {readSentHello, type SentHello} from './sent-hello.js';
import type {Flight, Transcript} from './transcript.js';
import {turnsWithBytes} from './turns/kept-turn.js';
import type {OpenConnection, Opened} from './turns/open-connection.js';
import type {Conversed, RecordsSpec, TurnAnswer} from './turns/turn.js';

/**
Recorded connections in the place of a network.

@param flows - In the order in which they were made.
@returns What carries out an ask as the recording has it: the first connection that is left of those that asked the same. In a recording
of old that is the same version in the same shape, by the same name. The answer to a hello is read again from its bytes and held against
the hello that was sent then. It rejects where no such connection was recorded, and where a recorded hello is none.
*/
export function replay(flows: readonly Flow[]): {
	readonly exchange: (hello: HelloSpec) => Promise<Transcript>;
	readonly complete: (handshake: HandshakeSpec) => Promise<Opened<Completion>>;
	readonly converse: (records: RecordsSpec) => Promise<Opened<Conversed>>;
	readonly resolve: (question: Question) => Promise<Transcript<NameAnswer>>;
} {
	const left = groupBy(flows, flow => flow.askKey ?? oldKey(flow));
	const take = (asked: AskedExchange): Flow => {
		const brief = askInBrief(asked);
		const flow = left.get(askKey(asked))?.shift() ?? left.get(oldKey({kind: asked.kind, ...brief}))?.shift();
		if (flow === undefined) {
			const what = brief.version === undefined ? brief.shape : `${versions.label(brief.version)} with a hello of the shape ${brief.shape}`;
			throw new FlowError(`no recorded connection is left for ${what}`);
		}

		return flow;
	};

	return {
		exchange: async hello => transcriptOf(take({kind: 'hello', hello}), hello, hello.readsEncrypted && (await loadOpenFlight())),
		complete: async handshake => completedOf(take({kind: 'handshake', handshake})),
		converse: async records => conversedOf(take({kind: 'records', records})),
		resolve: async question => resolvedOf(take({kind: 'question', question}), question),
	};
}

const oldKey = ({kind, version, shape, serverName}: AskInBrief & Pick<Flow, 'kind'>): string =>
	JSON.stringify([kind, version, shape, serverName]);

/** A transcript as it was recorded, whatever its result. */
const recorded = <Result>(flow: Flow, outcome: Result): Transcript<Result> => {
	const {flights, end, connectedMs, durationMs, localAddress, localPort} = flow;
	return {flights, outcome, end, startedAt: 0, connectedMs, durationMs, localAddress, localPort};
};

function completedOf(flow: Flow): Opened<Completion> {
	const {turns, before} = readTurns(flow);
	const {secrets, ...completion} = flow.completion!;
	const outcome = secrets === undefined ? completion : {...completion, secrets: {...secrets, sent: before.client, received: before.server}};
	const flights = flow.turns === undefined ? flow.flights : [flightOf('client', before.client), flightOf('server', before.server)];
	return {transcript: {...recorded(flow, outcome), flights}, open: flow.turns && replayTurns(turns, flow.durationMs)};
}

function conversedOf(flow: Flow): Opened<Conversed> {
	const failure = failureOf(flow);
	if (failure !== undefined) {
		return {transcript: recorded(flow, {kind: 'not-reached', outcome: failure}), open: undefined};
	}

	const [first, ...later] = readTurns(flow).turns;
	if (first === undefined) {
		throw new FlowError('a conversation of records has no turn');
	}

	const transcript = recorded<Conversed>(flow, {kind: 'turns', turns: [first]});
	return {transcript: {...transcript, flights: flightsOf(first)}, open: replayTurns(later, flow.durationMs)};
}

/** The answer of a name server is read again from its bytes. */
async function resolvedOf(flow: Flow, question: Question): Promise<Transcript<NameAnswer>> {
	const {failure, flights} = flow;
	const query = flights.find(({from}) => from === 'client');
	const message = flights.findLast(({from}) => from === 'server');
	if (failure === undefined && query !== undefined && message !== undefined) {
		const {readAnswer: readNameAnswer} = await import('./questions/ask-question.js');
		return recorded(flow, readNameAnswer(question, query.bytes, message.bytes));
	}

	if (failure === undefined || !(failure.kind === 'no-answer' || failure.kind === 'unasked' || failure.kind === 'unanswered')) {
		throw new FlowError('a question to the DNS has neither an answer nor a reason why there is none');
	}

	return recorded(flow, failure);
}

function failureOf({failure}: Flow): Outcome | undefined {
	if (failure?.kind === 'no-answer') {
		throw new FlowError('"# failure: ..." is that of a question to the DNS');
	}

	return failure;
}

function readTurns(flow: Flow): ReturnType<typeof turnsWithBytes> {
	try {
		return turnsWithBytes(flow.turns ?? [], flow.flights);
	} catch (error) {
		throw error instanceof RangeError ? new FlowError(error.message) : error;
	}
}

/** Each turn is the next of the recorded ones: what is sent in it follows from the turns before, except for random bytes. */
function replayTurns(turns: readonly TurnAnswer[], endedAtMs: number): OpenConnection {
	const left = [...turns];
	return {
		async turn() {
			const answer = left.shift();
			if (answer === undefined) {
				throw new FlowError('no turn is left on this connection');
			}

			return {answer, flights: flightsOf(answer), endedAtMs};
		},
		close() {},
	};
}

const flightOf = (from: Flight['from'], bytes: Uint8Array): Flight => ({from, bytes, atMs: 0});

const flightsOf = ({sent, received}: TurnAnswer): readonly Flight[] =>
	[flightOf('client', sent), flightOf('server', received)].filter(({bytes}) => bytes.length > 0);

/**
The outcome of a recorded hello when its answer is read again.

@param asked - What was asked, where that is known.
@throws {FlowError} If what the client sent is not a ClientHello.
*/
export function transcriptOf(flow: Flow, asked: ReadOn = {}, openFlight?: OpenFlight): Transcript {
	return recorded(flow, outcomeOf(flow, asked, openFlight));
}

/** How far an answer is read, which the bytes of a hello do not tell. */
type ReadOn = Pick<HelloSpec, 'readsFlight' | 'readsEncrypted' | 'compressionMethods' | 'readsRandom'>;

const loadOpenFlight = async (): Promise<OpenFlight> => (await import('./decrypting/open-flight.js')).openFlight;

function outcomeOf(
	flow: Flow,
	{readsFlight, readsEncrypted, compressionMethods, readsRandom}: ReadOn,
	openFlight: OpenFlight | undefined,
): Outcome {
	const {flights, end, connectedMs, durationMs} = flow;
	const failure = failureOf(flow);
	if (failure !== undefined) {
		return failure;
	}

	// A connection that was reset before the hello could be sent.
	if (!flights.some(({from}) => from === 'client')) {
		return {kind: 'reset'};
	}

	const {spec, built} = helloOf(flow);
	const answer = readAnswer({...spec, readsFlight, readsEncrypted, compressionMethods, readsRandom}, built, openFlight);
	for (const {from, bytes} of flights) {
		const outcome = from === 'server' ? answer.push(bytes) : undefined;
		if (outcome !== undefined) {
			return outcome;
		}
	}

	return answer.end(end === 'closed' || end === 'reset' ? end : 'timeout', Math.round(durationMs - (connectedMs ?? 0)));
}

function helloOf({version = 0, ...flow}: Flow): SentHello {
	const sent = Buffer.concat(flow.flights.filter(({from}) => from === 'client').map(({bytes}) => bytes));
	try {
		return readSentHello(Uint8Array.from(sent), {...flow, version});
	} catch (error) {
		if (error instanceof DecodeError) {
			throw new FlowError(`the client did not send a ClientHello: ${error.message}`);
		}

		throw error;
	}
}
