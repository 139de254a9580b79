import {type Connection, type Dialled, isReset} from '../transport/connection.js';
import {interruptOf, whyAborted} from '../transport/interrupt.js';
import {buildHello, halves} from './build-hello.js';
import type {BuiltHello, Random} from './built-hello.js';
import type {OpenFlight} from './encrypted-flight.js';
import type {HelloSpec} from './hello-spec.js';
import type {Anomaly, Cut, Outcome} from './outcome.js';
import {type AnswerReader, readAnswer} from './read-answer.js';
import {type End, type Flight, type Transcript, withoutConnection} from './transcript.js';

/** How long to wait for the rest of what is known already: the group behind a certificate, the end of a banner. */
const graceMs = 300;

/** The same if the hello asks for that rest. A busy server needs time to sign. */
const flightGraceMs = 1000;

/** Between the two segments of a hello, so that the server reads the first one alone. */
const segmentPauseMs = 50;

export type ConverseOptions = {
	/** Opens the connection; it has `timeoutMs` for it. */
	readonly dial: (timeoutMs: number) => Promise<Dialled>;
	/** Of the connection, and again of the answer. */
	readonly timeoutMs: number;
	/** When everything has to end, on the clock of `now`. Read at each connection and turn: it may move on. */
	readonly deadline: {readonly atMs: number};
	/** Milliseconds on a monotonic clock. */
	readonly now: () => number;
	readonly random: Random;
	readonly signal?: AbortSignal | undefined;
	/** Whether to keep the bytes that went either way. */
	readonly isRecorded: boolean;
};

/**
One connection: connect, send a hello, read the answer, and close. Never rejects because of the peer.

@param openFlight - Reads the answer on where it is encrypted.
@returns How it ended and, where `isRecorded`, what went over it.
*/
export function converse(spec: HelloSpec, options: ConverseOptions, openFlight?: OpenFlight): Promise<Transcript> {
	const {dial, now, signal} = options;
	const deadline = options.deadline.atMs;
	return new Promise((resolve, reject) => {
		const startedAt = now();
		const left = Math.min(options.timeoutMs, deadline - startedAt);
		if (left <= 0 || signal?.aborted) {
			const outcome: Outcome = {kind: 'unasked', because: cutBy(signal)};
			resolve(withoutConnection(outcome, outcome, startedAt, 0));
			return;
		}

		const onDialled = (dialled: Dialled): void => {
			try {
				const connectedAt = now();
				if (dialled.kind === 'connected') {
					const built = buildHello(spec, options.random);
					exchangeHello({connection: dialled.connection, spec, built, startedAt, connectedAt}, options, openFlight, resolve, reject);
				} else {
					const outcome = undialled(dialled, hasCome(deadline, connectedAt), signal);
					resolve(withoutConnection(outcome, outcome, startedAt, connectedAt - startedAt));
				}
			} catch (error) {
				// Such as a hello that cannot be encoded.
				reject(error);
			}
		};

		dial(Math.ceil(left)).then(onDialled, reject);
	});
}

/** Timers use another clock, of whole milliseconds, and fire up to two early. */
export const hasCome = (deadline: number, nowMs: number): boolean => nowMs >= deadline - 2;

/** What ended the asking, where the time is up or the signal has aborted. */
export const cutBy = (signal: AbortSignal | undefined): Cut => (signal?.aborted ? whyAborted(signal) : 'deadline');

/** The outcome of a dial that brought no connection. */
export function undialled(
	dialled: Exclude<Dialled, {kind: 'connected'}>,
	isPastDeadline: boolean,
	signal: AbortSignal | undefined,
): Outcome {
	switch (dialled.kind) {
		case 'reset':
			return {kind: 'reset'};
		case 'cancelled':
			return {kind: 'unanswered', because: cutBy(signal), stage: dialled.stage ?? 'connect'};
		case 'failed':
			return isPastDeadline && ['ETIMEDOUT', 'UNFINISHED'].includes(dialled.code)
				? {kind: 'unanswered', because: 'deadline', stage: dialled.stage ?? 'connect'}
				: {kind: 'unreachable', stage: dialled.stage ?? 'connect', code: dialled.code};
		case 'proxy-refused':
		case 'starttls-refused':
			return dialled;
		default:
			return dialled satisfies never;
	}
}

/** What is open, what is to be said, and since when. */
type Opened = {
	readonly connection: Connection;
	readonly spec: HelloSpec;
	readonly built: BuiltHello;
	readonly startedAt: number;
	readonly connectedAt: number;
};

function exchangeHello(
	{connection, spec, built, startedAt, connectedAt}: Opened,
	{timeoutMs, deadline: {atMs: deadline}, now, signal, isRecorded}: ConverseOptions,
	openFlight: OpenFlight | undefined,
	resolve: (transcript: Transcript) => void,
	reject: (error: unknown) => void,
): void {
	const interrupt = interruptOf(signal);
	const flights: Flight[] = [];
	/** Made when there is something to read: most answers come whole, and thousands of connections wait for theirs. */
	let reader: AnswerReader | undefined;
	const answer = (): AnswerReader => {
		reader ??= readAnswer(spec, built, openFlight);
		return reader;
	};
	// In whole milliseconds: V8 compiles what timers go through a second time for those that have fractions.
	const answerMs = Math.max(0, Math.ceil(Math.min(timeoutMs, deadline - connectedAt)));
	// Asking the system costs as much as the rest of the bookkeeping.
	const local = isRecorded ? connection.localEnd() : undefined;
	let isOver = false;
	let place = -1;
	let isGrace = false;
	let pause: NodeJS.Timeout | undefined;
	let timer = setTimeout(onTimeout, answerMs);

	const close = (): void => {
		isOver = true;
		clearTimeout(timer);
		clearTimeout(pause);
		interrupt.leave(place, onAbort);
		connection.close();
	};

	const finish = (outcome: Outcome, end: End): void => {
		close();
		const connectedMs = connectedAt - startedAt;
		resolve({
			flights,
			outcome: connection.hasInjection?.() ? noted(outcome, 'plaintext-after-starttls') : outcome,
			end,
			startedAt,
			connectedMs,
			durationMs: now() - startedAt,
			localAddress: local?.address,
			localPort: local?.port,
		});
	};

	/** After a stall of ours, such as a stopped process, timers come before the bytes that have long arrived: those go first. */
	function onTimeout(): void {
		setImmediate(() => {
			if (!isOver) {
				giveUp();
			}
		});
	}

	function giveUp(): void {
		const isCut = reader?.provisional() === undefined && hasCome(deadline, now()) && deadline < connectedAt + timeoutMs;
		if (isCut) {
			finish({kind: 'unanswered', because: 'deadline'}, 'unasked');
		} else {
			finish(answer().end('timeout', Math.round(now() - connectedAt)), 'timeout');
		}
	}

	const onAbort = (): void => {
		// What is known already counts.
		const known = reader?.provisional();
		finish(known ?? {kind: 'unanswered', because: cutBy(signal)}, known === undefined ? 'unasked' : 'timeout');
	};

	const onEnd = (how: 'closed' | 'reset'): void => finish(answer().end(how, Math.round(now() - connectedAt)), how);
	const onOver = (code: string): void => {
		if (isOver) {
			return;
		}

		if (code === 'EOF') {
			onEnd('closed');
		} else if (isReset(code)) {
			onEnd('reset');
		} else {
			finish(reader?.provisional() ?? {kind: 'unreachable', stage: 'connect', code}, 'failed');
		}
	};

	const onBytes = (bytes: Uint8Array): void => {
		if (isOver) {
			return;
		}

		if (isRecorded) {
			flights.push({from: 'server', bytes: bytes.slice(), atMs: now() - startedAt});
		}

		try {
			const outcome = answer().push(bytes);
			if (outcome !== undefined) {
				finish(outcome, 'answered');
			} else if (answer().provisional() !== undefined && !isGrace) {
				isGrace = true;
				clearTimeout(timer);
				const restMs = spec.readsFlight || spec.readsEncrypted ? flightGraceMs : graceMs;
				timer = setTimeout(onTimeout, Math.max(0, Math.ceil(Math.min(restMs, connectedAt + answerMs - now()))));
			}
		} catch (error) {
			// Not the peer's doing: decoding errors are outcomes by now.
			close();
			reject(error);
		}
	};

	connection.listen({onBytes, onOver});
	if (isOver) {
		return;
	}

	place = interrupt.join(onAbort);
	const [first, second] = spec.split === 'segments' ? halves(built.bytes) : [built.bytes];
	if (isRecorded) {
		flights.push({from: 'client', bytes: first, atMs: connectedAt - startedAt});
	}

	connection.send(first);
	if (second !== undefined) {
		pause = setTimeout(() => {
			if (isRecorded) {
				flights.push({from: 'client', bytes: second, atMs: now() - startedAt});
			}

			connection.send(second);
		}, segmentPauseMs);
	}
}

/** A fault that is no part of the answer. */
const noted = (outcome: Outcome, anomaly: Anomaly): Outcome =>
	'anomalies' in outcome ? {...outcome, anomalies: [...outcome.anomalies, anomaly]} : outcome;
