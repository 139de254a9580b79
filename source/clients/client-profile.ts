import type {HelloSpec} from '../exchange/hello-spec.js';
import type {VersionName} from '../iana/versions.js';
import type {AnswerLimits} from './answer-limits.js';
import type {HelloFacts} from './building/hello-facts.js';

export type Family = 'windows' | 'dotnet' | 'browser' | 'java' | 'openssl' | 'tool' | 'mobile';

/** One step, as a command or in words; `kind` as `tlsprobe windows` has it. */
export type RemedyStep = {readonly kind: string; readonly command: string};

/** A program that connects, as far as its first message tells. Plain data. */
export type ClientProfile = {
	/** What it is chosen by. */
	readonly name: string;
	/** For a person. */
	readonly title: string;
	readonly family: Family;
	/** Names of others that say the same. */
	readonly aliases: readonly string[];
	/** What it takes as an answer, oldest first. */
	readonly versions: readonly VersionName[];
	/** Where the facts are from. */
	readonly sources: readonly string[];
	/** `high` for what was recorded, `medium` for what follows from documented rules, `low` where sources disagree. */
	readonly confidence: 'high' | 'medium' | 'low';
	/** What else there is to know. */
	readonly note?: string | undefined;
	/** What brings it newer versions, where that is known of the machine that it is from. */
	readonly remedy?: readonly RemedyStep[] | undefined;
	/** What it takes of a server's answer; undefined where nothing is known of it. */
	readonly limits?: AnswerLimits | undefined;
	/** What its hello is made of: facts, or one that was recorded, in which the server name is replaced. See `helloOf`. */
	readonly hello: {readonly facts: HelloFacts} | {readonly recorded: HelloSpec};
};
