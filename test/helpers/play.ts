import type {ExecutionContext} from 'ava';
import {buildHello} from '../../source/exchange/build-hello.js';
import type {HelloSpec} from '../../source/exchange/hello-spec.js';
import type {Outcome} from '../../source/exchange/outcome.js';
import {readAnswer} from '../../source/exchange/read-answer.js';
import {alerts} from '../../source/iana/alerts.js';
import {defaultVersions, type VersionName, versions} from '../../source/iana/versions.js';
import {askVersions} from '../../source/probes/versions/ask-versions.js';
import type {VersionFinding} from '../../source/probes/versions/finding.js';
import {oneSample, type Samples} from '../../source/probes/versions/sample.js';
import {type Move, readHello, type Script} from './script.js';

export type PlayOptions = {
	readonly versions?: readonly VersionName[];
	readonly serverName?: string | undefined;
	readonly samples?: Samples;
	readonly asksLargeHello?: boolean;
	/** How many exchanges until time is up. */
	readonly mostExchanges?: number;
	/** Whether a connection cannot be made, and why. */
	readonly connect?: (connection: number) => Outcome | undefined;
	/** When time is up, on the clock of the play. */
	readonly deadlineMs?: number;
};

export type Played = {
	readonly findings: Readonly<Record<string, VersionFinding>>;
	readonly exchanges: readonly {readonly hello: HelloSpec; readonly outcome: Outcome}[];
	/** On the clock of the play. */
	readonly elapsedMs: number;
};

/** How long an exchange takes on the clock of the play, without what the server waits for. */
const exchangeMs = 8;

/** How long an answer may take on the clock of the play, where the server waits. */
const timeoutMs = 5000;

const unasked: Outcome = {kind: 'unasked', because: 'deadline'};

/**
Let the versions probe ask a script, in memory: the hellos are encoded and the answers decoded as on a wire, only sockets and
waiting are left out.
*/
export function play(script: Script, options: PlayOptions = {}): Played {
	const {mostExchanges = 2000, deadlineMs = Number.POSITIVE_INFINITY, connect} = options;
	const serverName = 'serverName' in options ? options.serverName : 'example.com';
	const exchanges: {hello: HelloSpec; outcome: Outcome}[] = [];
	let clock = 0;
	const {versions: names = defaultVersions, samples = oneSample, asksLargeHello = false} = options;
	const conversation = askVersions(
		serverName,
		names.map(name => versions.code(name)),
		{samples, asksLargeHello},
	);
	let step = conversation.next([]);
	while (!step.done) {
		const start = clock;
		const answers = step.value.map(({hello, pauseMs = 0}, index) => {
			const atMs = start + pauseMs + index / 100;
			const connection = exchanges.length;
			const unmade = connection >= mostExchanges || start >= deadlineMs ? unasked : connect?.(connection);
			const {outcome, waitedMs} =
				unmade !== undefined ? {outcome: unmade, waitedMs: 0} : exchange(script, hello, {connection, atOnce: index + 1, atMs});
			const durationMs = exchangeMs + waitedMs;
			clock = Math.max(clock, atMs + durationMs);
			return {outcome, attempt: exchanges.push({hello, outcome}) - 1, durationMs};
		});
		step = conversation.next(answers);
	}

	return {
		findings: Object.fromEntries([...step.value].map(([code, finding]) => [versions.label(code), finding])),
		exchanges,
		elapsedMs: clock,
	};
}

let drawn = 0;

/** Not random, but never the same. */
const draw = (size: number): Uint8Array => {
	drawn += 1;
	return Uint8Array.from({length: size}, (_, index) => (drawn * 31 + index * 7) & 0xff);
};

type Exchanged = {readonly outcome: Outcome; readonly waitedMs: number};

function exchange(script: Script, spec: HelloSpec, asked: {connection: number; atOnce: number; atMs: number}): Exchanged {
	const built = buildHello(spec, draw);
	const answer = readAnswer(spec, built);
	const moves = script({hello: readHello(built.bytes)!, ...asked});
	let waitedMs = 0;
	for (const move of moves) {
		waitedMs += move.kind === 'wait' ? move.forMs : 0;
		const outcome = waitedMs < timeoutMs ? make(move) : answer.end('timeout', timeoutMs);
		if (outcome !== undefined) {
			return {outcome, waitedMs: Math.min(waitedMs, timeoutMs)};
		}
	}

	return {outcome: answer.end('timeout', 300), waitedMs};

	function make(move: Move): Outcome | undefined {
		switch (move.kind) {
			case 'say':
				return answer.push(move.bytes);
			case 'flood':
			case 'drip':
				for (;;) {
					const outcome = answer.push(move.bytes);
					if (outcome !== undefined) {
						return outcome;
					}
				}
			case 'close':
				return answer.end('closed', 1);
			case 'reset':
				return answer.end('reset', 1);
			case 'wait':
				return undefined;
			case 'hold':
				return answer.end('timeout', 300);
			default:
				return move satisfies never;
		}
	}
}

/** `accepted server-hello`, `rejected alert protocol_version`, `rejected other-version [legacy-version]`: all that a table of cases compares. */
export function summarize({status, reason, outcome}: VersionFinding): string {
	const words: string[] = [status, reason];
	if (reason === 'alert' && outcome.kind === 'alert') {
		words.push(alerts.label(outcome.description));
	}

	if (outcome.kind === 'not-tls') {
		words.push(outcome.looksLike.protocol);
	}

	if ('anomalies' in outcome && outcome.anomalies.length > 0 && status === 'accepted') {
		words.push(`[${outcome.anomalies.join(' ')}]`);
	}

	if (outcome.kind === 'server-hello' && outcome.downgradeSentinel !== undefined) {
		words.push(`{${versions.label(outcome.downgradeSentinel)}}`);
	}

	return words.join(' ');
}

export const summaries = ({findings}: Played): string[] => Object.values(findings).map(summarize);

/** Assert what a script's server is found to do, version by version, oldest first. */
export function plays(t: ExecutionContext, script: Script, expected: readonly string[], options: PlayOptions = {}): Played {
	const played = play(script, options);
	t.deepEqual(summaries(played), expected);
	return played;
}

export const accepted = 'accepted server-hello';
export const retried = 'accepted hello-retry-request';
export const tooOld = 'rejected alert protocol_version';
export const refused = 'rejected alert handshake_failure';
