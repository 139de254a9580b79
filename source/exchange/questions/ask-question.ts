import {askDns, type ReplyKind} from '../../transport/ask-dns.js';
import type {Reach} from '../../transport/reach.js';
import {type DnsResponse, idOf, mostMessageBytes, readResponse, writeQuery} from '../../wire/dns/message.js';
import type {Question} from '../../wire/dns/question.js';
import type {Random} from '../built-hello.js';
import {cutBy, hasCome} from '../converse.js';
import type {Flight, Transcript} from '../transcript.js';
import type {NameAnswer} from './name-answer.js';

export type QuestionOptions = {
	/** `ADDRESS`, `ADDRESS:PORT` or `[IPv6]:PORT`; if empty, the name servers of the system are asked. */
	readonly servers: readonly string[];
	/** Of the whole question. */
	readonly timeoutMs: number;
	/** The end of the whole probe, on the clock of `now`. */
	readonly deadline: number;
	readonly now: () => number;
	readonly random: Random;
	/** Which name servers may be asked. [all] */
	readonly reach?: Reach | undefined;
	readonly signal?: AbortSignal | undefined;
	readonly isRecorded: boolean;
};

/** One question to the DNS. Never rejects because of a name server. */
export async function askQuestion(question: Question, options: QuestionOptions): Promise<Transcript<NameAnswer>> {
	const {servers, deadline, now, random, reach, signal, isRecorded} = options;
	const startedAt = now();
	const timeoutMs = Math.min(options.timeoutMs, deadline - startedAt);
	if (timeoutMs <= 0 || signal?.aborted) {
		return transcriptOf({kind: 'unasked', because: cutBy(signal)}, 'unasked', []);
	}

	const id = idOf(random(2))!;
	const query = writeQuery(question, id);
	const read = (message: Uint8Array): ReplyKind => kindOf(readResponse(message, question, id));
	const reply = await askDns(query, {servers, timeoutMs, reach, signal, read, mostBytes: mostMessageBytes});
	const sent: readonly Flight[] = [{from: 'client', bytes: query, atMs: 0}];
	switch (reply.kind) {
		case 'reply': {
			const received: Flight = {from: 'server', bytes: reply.message, atMs: now() - startedAt};
			return transcriptOf(readAnswer(question, query, reply.message), 'answered', [...sent, received]);
		}
		case 'silent':
			return hasCome(deadline, now())
				? transcriptOf({kind: 'unanswered', because: 'deadline'}, 'unasked', sent)
				: transcriptOf({kind: 'no-answer', code: 'ETIMEDOUT'}, 'timeout', sent);
		case 'failed':
			return transcriptOf({kind: 'no-answer', code: reply.code}, 'failed', sent);
		case 'cancelled':
			return transcriptOf({kind: 'unanswered', because: cutBy(signal)}, 'unasked', sent);
		default:
			return reply satisfies never;
	}

	function transcriptOf(outcome: NameAnswer, end: Transcript['end'], flights: readonly Flight[]): Transcript<NameAnswer> {
		return {
			flights: isRecorded ? flights : [],
			outcome,
			end,
			startedAt,
			connectedMs: undefined,
			durationMs: now() - startedAt,
			localAddress: undefined,
			localPort: undefined,
		};
	}
}

/** NOERROR and NXDOMAIN: other servers would not answer differently. RFC 1035 §4.1.1. */
const finalCodes: ReadonlySet<number> = new Set([0, 3]);

function kindOf(response: DnsResponse | 'ignored' | 'malformed'): ReplyKind {
	if (typeof response === 'string') {
		return response === 'ignored' ? 'ignored' : 'failed';
	}

	return response.isTruncated ? 'truncated' : finalCodes.has(response.code) ? 'final' : 'failed';
}

/** Read an answer from its bytes. */
export function readAnswer(question: Question, query: Uint8Array, message: Uint8Array): NameAnswer {
	const response = readResponse(message, question, idOf(query) ?? 0);
	// An answer over TCP is never truncated.
	return typeof response === 'string' || response.isTruncated ? {kind: 'malformed'} : answered(response);
}

const answered = ({isTruncated: _, ...response}: DnsResponse): NameAnswer => ({kind: 'answered', ...response});
