import type {ExecutionContext} from 'ava';
import {buildHello} from '../../source/exchange/build-hello.js';
import type {HelloSpec} from '../../source/exchange/hello-spec.js';
import type {Outcome} from '../../source/exchange/outcome.js';
import {readAnswer} from '../../source/exchange/read-answer.js';
import type {VersionFinding} from '../../source/probes/ladder/finding.js';
import type {Samples} from '../../source/probes/ladder/sample.js';
import versionsProbe from '../../source/probes/versions.js';
import {alerts} from '../../source/registry/alerts.js';
import {defaultVersions, type VersionName, versions} from '../../source/registry/versions.js';
import {type Move, readHello, type Script} from './script.js';

export type PlayOptions = {
	readonly versions?: readonly VersionName[];
	readonly serverName?: string | undefined;
	readonly samples?: Samples;
	readonly asksLargeHello?: boolean;
	/** How many exchanges until time is up. */
	readonly mostExchanges?: number;
};

export type Played = {
	readonly findings: Readonly<Record<string, VersionFinding>>;
	readonly exchanges: readonly {readonly hello: HelloSpec; readonly outcome: Outcome}[];
	/** On the clock of the play. */
	readonly elapsedMs: number;
};

/** How long an exchange takes on the clock of the play. */
const exchangeMs = 8;

/**
Let the versions probe ask a script, in memory: the hellos are encoded and the answers decoded as on a wire, only sockets and
waiting are left out.
*/
export function play(script: Script, options: PlayOptions = {}): Played {
	const {mostExchanges = 2000} = options;
	const serverName = 'serverName' in options ? options.serverName : 'example.com';
	const exchanges: {hello: HelloSpec; outcome: Outcome}[] = [];
	let clock = 0;
	const conversation = versionsProbe.run(
		{serverName},
		{versions: options.versions ?? defaultVersions, samples: options.samples, asksLargeHello: options.asksLargeHello},
	);
	let step = conversation.next([]);
	while (!step.done) {
		const start = clock;
		const answers = step.value.map(({hello, pauseMs = 0}, index) => {
			const atMs = start + pauseMs + index / 100;
			clock = Math.max(clock, atMs + exchangeMs);
			const connection = exchanges.length;
			const outcome: Outcome =
				connection >= mostExchanges
					? {kind: 'unasked', because: 'deadline'}
					: exchange(script, hello, {connection, atOnce: index + 1, atMs});
			return {outcome, attempt: exchanges.push({hello, outcome}) - 1, durationMs: exchangeMs};
		});
		step = conversation.next(answers);
	}

	return {findings: step.value as Readonly<Record<string, VersionFinding>>, exchanges, elapsedMs: clock};
}

let drawn = 0;

/** Not random, but never the same. */
const draw = (size: number): Uint8Array => {
	drawn += 1;
	return Uint8Array.from({length: size}, (_, index) => (drawn * 31 + index * 7) & 0xff);
};

function exchange(script: Script, spec: HelloSpec, asked: {connection: number; atOnce: number; atMs: number}): Outcome {
	const built = buildHello(spec, draw);
	const answer = readAnswer(spec, built);
	const moves = script({hello: readHello(built.bytes)!, ...asked});
	for (const move of moves) {
		const outcome = make(move);
		if (outcome !== undefined) {
			return outcome;
		}
	}

	return answer.end('timeout', 300);

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
