import {DecodeError} from '../bytes/decode-error.js';
import {groupBy} from '../bytes/group-by.js';
import {versions} from '../iana/versions.js';
import {askKey} from './ask-key.js';
import type {Completion, HandshakeSpec} from './completing/completion.js';
import {type Asked, type AskInBrief, askInBrief} from './exchanged.js';
import {type Flow, FlowError} from './flow.js';
import type {HelloSpec} from './hello-spec.js';
import type {Outcome} from './outcome.js';
import {readAnswer} from './read-answer.js';
import {readSentHello, type SentHello} from './sent-hello.js';
import type {Transcript} from './transcript.js';

/**
Recorded connections in the place of a network.

@param flows - In the order in which they were made.
@returns What carries out an ask as the recording has it: the first connection that is left of those that asked the same. In a recording
of old that is the same version in the same shape, by the same name. The answer to a hello is read again from its bytes and held against
the hello that was sent then. It rejects where no such connection was recorded, and where a recorded hello is none.
*/
export function replay(flows: readonly Flow[]): {
	readonly exchange: (hello: HelloSpec) => Promise<Transcript>;
	readonly complete: (handshake: HandshakeSpec) => Promise<Transcript<Completion>>;
} {
	const left = groupBy(flows, flow => flow.askKey ?? oldKey(flow));
	const take = (asked: Asked): Flow => {
		const brief = askInBrief(asked);
		const flow = left.get(askKey(asked))?.shift() ?? left.get(oldKey({kind: asked.kind, ...brief}))?.shift();
		if (flow === undefined) {
			throw new FlowError(`no connection is left of those that ask for ${versions.label(brief.version)} in the shape ${brief.shape}`);
		}

		return flow;
	};

	return {
		exchange: async hello => transcriptOf(take({kind: 'hello', hello})),
		complete: async handshake => completedOf(take({kind: 'handshake', handshake})),
	};
}

const oldKey = ({kind, version, shape, serverName}: AskInBrief & Pick<Flow, 'kind'>): string =>
	JSON.stringify([kind, version, shape, serverName]);

function completedOf(flow: Flow): Transcript<Completion> {
	const {completion, flights, end, connectedMs, durationMs, localAddress, localPort} = flow;
	return {flights, outcome: completion!, end, startedAt: 0, connectedMs, durationMs, localAddress, localPort};
}

/**
What a recorded hello comes to when its answer is read again.

@throws {FlowError} If what the client sent is not a ClientHello.
*/
export function transcriptOf(flow: Flow): Transcript {
	const {flights, end, connectedMs, durationMs, localAddress, localPort} = flow;
	return {flights, outcome: outcomeOf(flow), end, startedAt: 0, connectedMs, durationMs, localAddress, localPort};
}

function outcomeOf(flow: Flow): Outcome {
	const {failure, flights, end, connectedMs, durationMs} = flow;
	if (failure !== undefined) {
		return failure;
	}

	// A connection that was reset before the hello could be sent.
	if (!flights.some(({from}) => from === 'client')) {
		return {kind: 'reset'};
	}

	const {spec, built} = helloOf(flow);
	const answer = readAnswer(spec, built);
	for (const {from, bytes} of flights) {
		const outcome = from === 'server' ? answer.push(bytes) : undefined;
		if (outcome !== undefined) {
			return outcome;
		}
	}

	return answer.end(end === 'closed' || end === 'reset' ? end : 'timeout', Math.round(durationMs - (connectedMs ?? 0)));
}

function helloOf(flow: Flow): SentHello {
	const sent = Buffer.concat(flow.flights.filter(({from}) => from === 'client').map(({bytes}) => bytes));
	try {
		return readSentHello(Uint8Array.from(sent), flow);
	} catch (error) {
		if (error instanceof DecodeError) {
			throw new FlowError(`what the client sent is no ClientHello: ${error.message}`);
		}

		throw error;
	}
}
