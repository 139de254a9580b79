import type {Outcome} from '../../exchange/outcome.js';

export type Status = 'accepted' | 'rejected' | 'inconclusive';

export type Reason =
	| 'server-hello'
	| 'hello-retry-request'
	| 'other-version'
	| 'alert'
	| 'closed'
	| 'reset'
	| 'silent'
	| 'not-tls'
	| 'malformed'
	| 'unreachable'
	| 'proxy-refused'
	| 'starttls-refused'
	| 'unstable'
	| 'unasked';

/** What was learnt of one version. */
export type VersionFinding = {
	readonly status: Status;
	readonly reason: Reason;
	/** The answer that `status` rests on. */
	readonly outcome: Outcome;
	/** Which attempt brought it. */
	readonly attempt: number;
	readonly durationMs: number;
	/** The way of asking that brought it. */
	readonly shape: string;
	/** Every attempt for this version, in order. */
	readonly attempts: readonly number[];
	/** Attempts for another version, which was accepted before and after, that show the way to be open. */
	readonly controls: readonly number[];
	/** An extensionless hello, which carries no name, was accepted, though none with the name was. */
	readonly isAcceptedWithoutServerName: boolean;
};
