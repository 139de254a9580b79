import type {HelloSpec} from '../../exchange/hello-spec.js';
import type {Outcome} from '../../exchange/outcome.js';
import {selects} from '../../exchange/selects.js';
import type {Answer} from '../probe.js';
import {listedShape, shapesOf} from './shapes.js';

/** One try of one way of asking. */
export type Try = Answer & {readonly hello: HelloSpec};

/** How many connections with the same hello were answered how. */
export type SampleCounts = {
	readonly accepted: number;
	readonly rejected: number;
	/** Neither: a timeout, no connection, or a close if the version is rejected in another way. */
	readonly inconclusive: number;
};

/** The outcome of a hello of more than one segment, if it gets no answer while the same hello without padding gets one. */
export type LargeHello = {
	readonly bytes: number;
	readonly outcome: 'silent' | 'closed' | 'reset';
};

/** How far the asking for one version has come. */
export type VersionState = {
	readonly version: number;
	/** Asked for only to show that the way is open; the user did not ask for it. */
	readonly isControlOnly: boolean;
	readonly shapes: readonly [HelloSpec, ...HelloSpec[]];
	readonly tries: Try[];
	/** Attempts for another version that show the way to be open. */
	readonly controls: number[];
	/** The shapes that are known to be closed or reset while another version is accepted, before and after. */
	refusedBetweenControls: ReadonlySet<string>;
	/** The index of the shape to ask next. */
	nextShape: number;
	verdict: Verdict | undefined;
	/** An acceptance that is known to be for want of the name: it says nothing of the name. */
	acceptedWithoutSni: Try | undefined;
	/** How many connections were answered how, where it was asked for several times. */
	samples: SampleCounts | undefined;
	/** Where a long hello gets no answer. */
	largeHello: LargeHello | undefined;
};

export type Verdict = {
	readonly status: 'accepted' | 'rejected' | 'inconclusive';
	/** The try that shows it. */
	readonly by: Try;
	readonly isUnstable?: boolean;
};

/** Shared, as most versions of a list stay without. */
const noShapes: ReadonlySet<string> = new Set();

export const makeVersionState = (version: number, serverName: string | undefined, isControlOnly = false): VersionState => ({
	version,
	isControlOnly,
	shapes: shapesOf(version, serverName),
	tries: [],
	controls: [],
	refusedBetweenControls: noShapes,
	nextShape: 0,
	verdict: undefined,
	acceptedWithoutSni: undefined,
	samples: undefined,
	largeHello: undefined,
});

const closeNotify = 0;
const protocolVersion = 70;
const unrecognizedName = 112;

/** Whether the outcome selects this very version. */
export const isAcceptance = selects;

const isCloseNotify = (outcome: Outcome): boolean => outcome.kind === 'alert' && outcome.description === closeNotify;

type Kinds = readonly Outcome['kind'][];

const answers: Kinds = ['server-hello', 'hello-retry-request', 'alert'];
const closures: Kinds = ['closed', 'reset'];
const limitedKinds: Kinds = [...closures, 'unreachable'];
const connectionErrors: Kinds = ['unreachable', 'proxy-refused', 'starttls-refused', 'unasked', 'unanswered'];

/** Whether the server said something about the hello. A close_notify says no more than the close that it announces. */
export const isAnswer = (outcome: Outcome): boolean => answers.includes(outcome.kind) && !isCloseNotify(outcome);

/** Whether a limit on connections could look like this. */
export const isClosedOrReset = (outcome: Outcome): boolean =>
	limitedKinds.includes(outcome.kind) || isCloseNotify(outcome) || isRefusedEarly(outcome);

/**
How often a version has to be closed or reset to count as rejected. A server that drops connections by chance, for any version, drops so
many of one version and none of another in about one run of a million.
*/
export const leastClosures = 8;

/** Whether the server ended the connection once it had the hello. */
export const isRefusalByClosure = (outcome: Outcome): boolean => closures.includes(outcome.kind) || isCloseNotify(outcome);

/** Whether the connection ended before the server had the hello: that says nothing of what it answered to others. */
export const isConnectionError = ({kind}: Outcome): boolean => connectionErrors.includes(kind);

/** Refused before anything was asked. */
export const isRefusedEarly = (outcome: Outcome): boolean => outcome.kind === 'starttls-refused' && outcome.isRefusedEarly === true;

/** Refused after it was asked for, which another server behind the same address may not do. */
export const isStartTlsRefusal = (outcome: Outcome): boolean => outcome.kind === 'starttls-refused' && outcome.isRefusedEarly !== true;

/** Whether the time is over, or the run was interrupted. */
export const isCut = ({kind}: Outcome): boolean => kind === 'unasked' || kind === 'unanswered';

export const isProtocolVersionAlert = (outcome: Outcome): boolean => outcome.kind === 'alert' && outcome.description === protocolVersion;

export const isUnrecognizedName = (outcome: Outcome): boolean => outcome.kind === 'alert' && outcome.description === unrecognizedName;

/** Whether the hello leaves out the name that the version's other hellos carry. */
export const isWithoutSni = ({shapes}: VersionState, {extensions}: HelloSpec): boolean =>
	shapes[0].extensions?.serverName !== undefined && extensions?.serverName === undefined;

/** What one answer says by itself; undefined where it takes company to mean anything. */
export function readingOf(outcome: Outcome, version: number): Verdict['status'] | undefined {
	switch (outcome.kind) {
		case 'server-hello':
		case 'hello-retry-request':
			return isAcceptance(outcome, version) ? 'accepted' : 'rejected';
		case 'alert':
			return isUnrecognizedName(outcome) ? 'inconclusive' : undefined;
		case 'not-tls':
		case 'malformed':
		case 'proxy-refused':
			return 'inconclusive';
		case 'starttls-refused':
			return outcome.isRefusedEarly ? undefined : 'inconclusive';
		case 'closed':
		case 'reset':
		case 'silent':
		case 'unreachable':
		case 'unasked':
		case 'unanswered':
			return undefined;
		default:
			return outcome satisfies never;
	}
}

const isListed = ({hello}: Try): boolean => hello.shape === listedShape;

/** The tries in the shape `listed`. Gates let it pass, so its answers are not those to the other shapes. */
export const triesListed = ({tries}: VersionState): readonly Try[] => tries.filter(isListed);

/** The last try of each shape, in the order they were first tried: a later answer to the same hello counts. */
export function latestTries({tries}: VersionState): readonly Try[] {
	if (tries.length < 2) {
		return tries;
	}

	const latest = new Map<string, Try>();
	for (const item of tries) {
		const known = latest.get(item.hello.shape);
		if (isListed(item)) {
			continue;
		}

		if (known === undefined || !isAnswer(known.outcome) || isAnswer(item.outcome)) {
			latest.set(item.hello.shape, item);
		}
	}

	return [...latest.values()];
}
