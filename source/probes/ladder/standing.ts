import type {HelloSpec} from '../../exchange/hello-spec.js';
import type {Outcome} from '../../exchange/outcome.js';
import type {Answer} from '../probe.js';
import {shapesOf} from './shapes.js';

/** One try of one way of asking. */
export type Try = Answer & {readonly hello: HelloSpec};

/** How far the asking for one version has come. */
export type Standing = {
	readonly version: number;
	/** Asked for only to show that the way is open; the user did not ask for it. */
	readonly isControlOnly: boolean;
	readonly shapes: readonly [HelloSpec, ...HelloSpec[]];
	readonly tries: Try[];
	/** Attempts for another version that show the way to be open. */
	readonly controls: number[];
	/** The rung to be asked next. */
	nextShape: number;
	verdict: Verdict | undefined;
	/** A hello without extensions was accepted, though the name is wanted and others are accepted with it. */
	isAcceptedWithoutServerName: boolean;
};

export type Verdict = {
	readonly status: 'accepted' | 'rejected' | 'inconclusive';
	/** The try that shows it. */
	readonly by: Try;
	readonly isUnstable?: boolean;
};

export const makeStanding = (version: number, serverName: string | undefined, isControlOnly = false): Standing => ({
	version,
	isControlOnly,
	shapes: shapesOf(version, serverName),
	tries: [],
	controls: [],
	nextShape: 0,
	verdict: undefined,
	isAcceptedWithoutServerName: false,
});

const protocolVersion = 70;
const unrecognizedName = 112;

/** Whether the outcome selects this very version. */
export const isAcceptance = (outcome: Outcome, version: number): boolean =>
	(outcome.kind === 'server-hello' || outcome.kind === 'hello-retry-request') && outcome.version === version;

/** Whether the server said something that its TLS stack made. */
export const isAnswer = (outcome: Outcome): boolean => ['server-hello', 'hello-retry-request', 'alert'].includes(outcome.kind);

/** Whether a limit on connections could look like this. */
export const isHangUp = (outcome: Outcome): boolean => ['closed', 'reset', 'unreachable'].includes(outcome.kind);

export const isProtocolVersionAlert = (outcome: Outcome): boolean => outcome.kind === 'alert' && outcome.description === protocolVersion;

/** What one answer says by itself; undefined where it takes company to mean anything. */
export function readingOf(outcome: Outcome, version: number): Verdict['status'] | undefined {
	switch (outcome.kind) {
		case 'server-hello':
		case 'hello-retry-request':
			return outcome.version === version ? 'accepted' : 'rejected';
		case 'alert':
			return outcome.description === unrecognizedName ? 'inconclusive' : undefined;
		case 'not-tls':
		case 'malformed':
		case 'proxy-refused':
		case 'starttls-refused':
			return 'inconclusive';
		case 'closed':
		case 'reset':
		case 'silent':
		case 'unreachable':
		case 'unasked':
			return undefined;
		default:
			return outcome satisfies never;
	}
}

/** The last try of each way of asking, in the order they were first tried: a later answer to the same hello counts. */
export function latestTries(standing: Standing): Try[] {
	const latest = new Map<string, Try>();
	for (const item of standing.tries) {
		const known = latest.get(item.hello.shape);
		if (known === undefined || !isAnswer(known.outcome) || isAnswer(item.outcome)) {
			latest.set(item.hello.shape, item);
		}
	}

	return [...latest.values()];
}
