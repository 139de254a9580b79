import type {Completion, ServiceAnswer} from '../../exchange/completing/completion.js';
import type {KnownCause} from './known-cause.js';

/**
What the service makes of a version whose handshake it has accepted: `served` as any other version is, `refused` because of the version, `undecided`
where its answer may mean either, and `unknown` where it gave none.
*/
export type ServiceVerdict = 'served' | 'refused' | 'undecided' | 'unknown';

/** What a refusal rests on, the strongest first: a documented code, words about versions of TLS, a demand to upgrade, an alert, another answer than to newer versions. */
export type Because = 'code' | 'words' | 'upgrade' | 'alert' | 'difference';

/** What was learnt of one version behind its handshake. */
export type ConfirmFinding = {
	/** The connection that counts: the last, where there were several. */
	readonly completion: Completion;
	readonly verdict: ServiceVerdict;
	readonly because?: Because | undefined;
	/** Why the handshake failed, where it did. */
	readonly cause?: KnownCause | undefined;
	/** What a newer version gets to the same request, where that is not the same. */
	readonly differsFrom?: {readonly version: number; readonly answer: ServiceAnswer} | undefined;
	/** Which attempt brought it; undefined where none was made. */
	readonly attempt: number | undefined;
	/** Every attempt for this version, in order. */
	readonly attempts: readonly number[];
};

/** By the codes of the versions whose handshake is accepted, in the order in which these were asked for. */
export type ConfirmFindings = ReadonlyMap<number, ConfirmFinding>;
