import type {Completion, ServiceAnswer} from '../../exchange/completing/completion.js';
import {type VersionName, versions} from '../../iana/versions.js';
import {describeCertificate} from '../certificate/describe-certificate.js';
import {evidenceOf} from '../evidence-of.js';
import type {Conduct, Conversation, HandshakeAnswer, HandshakeAsk} from '../probe.js';
import type {VersionReports} from '../versions/version-report.js';
import type {VersionsFinding} from '../versions/versions-finding.js';
import {chainOfConfirmed} from './chain-of-confirmed.js';
import type {ConfirmFinding, ConfirmFindings} from './confirm-finding.js';
import type {ConfirmedReport} from './confirmed-report.js';
import {describeConfirmed} from './describe-confirmed.js';
import {type Accepted, knownCause} from './known-cause.js';
import {requestFor} from './request.js';
import type {ConfirmTypes} from './types.js';
import {isSame, type Reference, referenceAmong, type Weighed, weighAnswer} from './weigh-answer.js';

type Tries = Map<number, readonly HandshakeAnswer[]>;

const oldest = 0x03_01;

/** A server that limits connections takes a moment to see that others are gone. */
const [shortPauseMs, longPauseMs] = [50, 1000];

const conduct: Conduct<ConfirmTypes> = {
	*run({target, earlier: {versions: found}}) {
		const accepted = acceptedIn(found);
		const request = requestFor(target);
		return yield* confirmVersions({serverName: target.serverName, accepted, request});
	},
	attach(parts, findings, {target: {serverName, host}, attempts}, hasEvidence) {
		const now = new Date();
		const certificateOf = (chain: readonly Uint8Array[]) => describeCertificate(chain, serverName ?? host, now);
		const shown = certificateOf(chainOfConfirmed(findings));
		parts.versions = withConfirmed(parts.versions!, name => {
			const finding = findings.get(versions.code(name));
			if (finding === undefined) {
				return undefined;
			}

			const own = certificateOf(finding.completion.chain);
			const confirmed = describeConfirmed(finding, own?.sha256 === shown?.sha256 ? undefined : own);
			return hasEvidence ? {...confirmed, evidence: evidenceOf(finding.attempts, finding.attempt, attempts)} : confirmed;
		});
	},
};

export default conduct;

/** What each version was accepted with, by its code. */
function acceptedIn(findings: VersionsFinding): Map<number, Accepted> {
	const accepted = new Map<number, Accepted>();
	for (const [name, {status, outcome}] of Object.entries(findings)) {
		if (status === 'accepted') {
			const isHello = outcome.kind === 'server-hello' || outcome.kind === 'hello-retry-request';
			accepted.set(versions.code(name as VersionName), isHello ? {cipherSuite: outcome.cipherSuite, group: outcome.group} : noChoice);
		}
	}

	return accepted;
}

const noChoice: Accepted = {cipherSuite: undefined, group: undefined};

/** The order of fields is part of the format. */
const withConfirmed = (described: VersionReports, confirmedOf: (name: VersionName) => ConfirmedReport | undefined): VersionReports =>
	Object.fromEntries(
		Object.entries(described).map(([name, report]) => {
			const confirmed = confirmedOf(name as VersionName);
			if (confirmed === undefined) {
				return [name, report];
			}

			const {durationMs, shape, attempts, evidence, ...others} = report;
			return [name, {...others, confirmed, durationMs, shape, attempts, ...(evidence === undefined ? {} : {evidence})}];
		}),
	);

export type Confirming = {
	/** For SNI; undefined sends none. */
	readonly serverName: string | undefined;
	/** What each version was accepted with, by its code. */
	readonly accepted: ReadonlyMap<number, Accepted>;
	/** What to ask once the handshake is done; undefined where it is not known what to say there. */
	readonly request: string | undefined;
};

/**
What comes after an accepted handshake: another stack completes it and asks the service something.

1. Every version is asked at once. What is closed or reset, or refused early, is asked again, alone and after a pause.
2. What differs from what a newer version gets is asked again, and so is the newer one: a difference counts where both say the same twice.
*/
export function* confirmVersions({serverName, accepted, request}: Confirming): Conversation<ConfirmFindings, HandshakeAsk> {
	const tries: Tries = new Map();
	const askFor = (version: number, pauseMs?: number): HandshakeAsk => ({
		kind: 'handshake',
		handshake: {version, serverName, request},
		pauseMs,
	});
	const supported = [...accepted.keys()].filter(version => version >= oldest);
	yield* ask(tries, supported, code => askFor(code));
	for (const version of supported.filter(code => isClosedOrReset(latest(tries, code)))) {
		yield* ask(tries, [version], code => askFor(code, shortPauseMs));
		if (isRefusedEarly(latest(tries, version))) {
			yield* ask(tries, [version], code => askFor(code, longPauseMs));
		}
	}

	const reference = referenceAmong(latestOfAll(tries));
	const findings = new Map<number, ConfirmFinding>();
	const weighed = new Map(supported.map(version => [version, weighAnswer(version, latest(tries, version), reference)]));
	const differing = supported.filter(version => weighed.get(version)!.because === 'difference');
	if (reference !== undefined && differing.length > 0) {
		yield* ask(tries, differing, code => askFor(code));
		yield* ask(tries, [reference.version], code => askFor(code));
	}

	for (const [version, choice] of accepted) {
		const finding = version < oldest ? notSupported : findingOf(version, tries, weighed.get(version)!, reference);
		const cause = knownCause(finding.completion, choice);
		findings.set(version, cause === undefined ? finding : {...finding, cause});
	}

	return findings;
}

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
	const completion = completions.at(-1)!;
	const finding = {completion, ...weighed, attempt: completion.attempt, attempts: completions.map(({attempt}) => attempt)};
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
const notSupported: ConfirmFinding = {
	completion: {
		handshake: {kind: 'not-spoken', code: 'ERR_TLS_INVALID_PROTOCOL_VERSION'},
		wantsCertificate: false,
		answer: undefined,
		chain: [],
		durationMs: 0,
	},
	verdict: 'unknown',
	attempt: undefined,
	attempts: [],
};
