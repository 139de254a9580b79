import type {Completion, ServiceAnswer} from '../exchange/completing/completion.js';
import type {ConfirmFinding} from './confirm/confirm-finding.js';
import {type Accepted, knownCause} from './confirm/known-cause.js';
import {isSame, type Reference, referenceAmong, type Weighed, weighAnswer} from './confirm/weigh-answer.js';
import type {Conversation, HandshakeAsk, Probe} from './probe.js';

export type ConfirmOptions = {
	/** The versions whose handshake is accepted, by their codes. */
	readonly versions: readonly number[];
	/** What each of them was accepted with. */
	readonly accepted?: ReadonlyMap<number, Accepted> | undefined;
	/** What to ask once the handshake is done; undefined where nobody knows what to say there. */
	readonly request: string | undefined;
};

type Tries = Map<number, readonly Completion[]>;

const oldest = 0x03_01;

/** A server that limits connections takes a moment to see that others are gone. */
const [shortPauseMs, longPauseMs] = [50, 1000];

/**
What comes behind an accepted handshake: another stack completes it and asks the service something.

1. Every version is asked at once. What hangs up, or turns connections away, is asked again, alone and after a pause.
2. What differs from what a newer version gets is asked again, and so is the newer one: a difference counts where both say the same twice.
*/
const probe: Probe<'confirm', ConfirmOptions, ReadonlyMap<number, ConfirmFinding>, HandshakeAsk> = {
	name: 'confirm',
	title: 'Beyond the handshake',
	*run({serverName}, {versions, accepted, request}) {
		const tries: Tries = new Map();
		const askFor = (version: number, pauseMs?: number): HandshakeAsk => ({
			kind: 'handshake',
			handshake: {version, serverName, request},
			pauseMs,
		});
		const spoken = versions.filter(version => version >= oldest);
		yield* ask(tries, spoken, code => askFor(code));
		for (const version of spoken.filter(code => isClosedOrReset(latest(tries, code)))) {
			yield* ask(tries, [version], code => askFor(code, shortPauseMs));
			if (isRefusedEarly(latest(tries, version))) {
				yield* ask(tries, [version], code => askFor(code, longPauseMs));
			}
		}

		const reference = referenceAmong(latestOfAll(tries));
		const findings = new Map<number, ConfirmFinding>();
		const weighed = new Map(spoken.map(version => [version, weighAnswer(version, latest(tries, version), reference)]));
		const differing = spoken.filter(version => weighed.get(version)!.because === 'difference');
		if (reference !== undefined && differing.length > 0) {
			yield* ask(tries, differing, code => askFor(code));
			yield* ask(tries, [reference.version], code => askFor(code));
		}

		for (const version of versions) {
			const finding = version < oldest ? notSpoken : findingOf(version, tries, weighed.get(version)!, reference);
			const cause = knownCause(finding.completion, accepted?.get(version));
			findings.set(version, cause === undefined ? finding : {...finding, cause});
		}

		return findings;
	},
};

export default probe;

function* ask(tries: Tries, versions: readonly number[], askFor: (version: number) => HandshakeAsk): Conversation<void, HandshakeAsk> {
	const completions = versions.length === 0 ? [] : yield versions.map(askFor);
	for (const [index, version] of versions.entries()) {
		tries.set(version, [...(tries.get(version) ?? []), completions[index]!]);
	}
}

const latest = (tries: Tries, version: number): Completion => tries.get(version)!.at(-1)!;

const latestOfAll = (tries: Tries): Map<number, Completion> => new Map([...tries.keys()].map(version => [version, latest(tries, version)]));

/** Which a limit on connections may have caused as well, or, in the middle of a handshake, a moment without time. */
const isClosedOrReset = (completion: Completion): boolean =>
	isRefusedEarly(completion) || completion.answer?.kind === 'closed' || completion.answer?.kind === 'reset';

/** Before the handshake was done. */
function isRefusedEarly({handshake}: Completion): boolean {
	switch (handshake.kind) {
		case 'failed':
			return ['closed', 'reset', 'silent'].includes(handshake.how.kind);
		case 'not-reached':
			return ['reset', 'starttls-refused'].includes(handshake.outcome.kind);
		default:
			return false;
	}
}

function findingOf(version: number, tries: Tries, weighed: Weighed, reference: Reference | undefined): ConfirmFinding {
	const completions = tries.get(version)!;
	const finding = {completion: completions.at(-1)!, ...weighed, attempts: completions.length};
	if (weighed.because !== 'difference') {
		return finding;
	}

	const isSteady = saysTheSame(completions.slice(-2)) && saysTheSame(tries.get(reference!.version)!.slice(-2));
	return isSteady ? finding : {...finding, verdict: 'undecided', because: undefined};
}

const saysTheSame = (completions: readonly Completion[]): boolean => {
	const [first, ...others] = completions.map(({answer}) => answer);
	return first !== undefined && others.every((answer: ServiceAnswer | undefined) => answer !== undefined && isSame(first, answer));
};

/** SSL 2 and 3 are in no library that is still built. */
const notSpoken: ConfirmFinding = {
	completion: {
		handshake: {kind: 'not-spoken', code: 'ERR_TLS_INVALID_PROTOCOL_VERSION'},
		wantsCertificate: false,
		answer: undefined,
		chain: [],
		durationMs: 0,
	},
	verdict: 'unknown',
	attempts: 0,
};
