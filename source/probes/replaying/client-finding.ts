import type {Outcome} from '../../exchange/outcome.js';
import type {VersionFinding} from '../ladder/finding.js';
import type {Thing} from './widen.js';

/** What stands between a client and a server. */
export type Missing =
	| Thing
	| 'version'
	/** The server's Diffie-Hellman prime is one that the client refuses. */
	| 'key-size'
	/** No answer to a hello as long as this client's: the same hello gets one when it is short. */
	| 'large-hello'
	/** The hello is refused, though its version is accepted of others and nothing that was added helps. */
	| 'unknown';

export type ClientFinding = {
	readonly name: string;
	readonly connects: 'yes' | 'no' | 'undecided';
	/** What its own hello came to. */
	readonly outcome: Outcome;
	/** Which attempt that was. */
	readonly attempt: number;
	/** Where `connects` is `no`; several where only together they are enough. */
	readonly missing: readonly Missing[];
	/** The newest version that both speak. */
	readonly sharedVersion?: number | undefined;
	/** How long the hello is that gets no answer, and how long the one that does, in bytes. Where `large-hello` is missing. */
	readonly largeHello?: {readonly bytes: number; readonly answeredBytes: number} | undefined;
	/** What came of the hello with what it lacks. */
	readonly remedied?: Outcome | undefined;
};

export type ClientsFinding = {
	readonly clients: readonly ClientFinding[];
	/** What the server speaks; undefined where no client was refused, so that nothing had to be asked. */
	readonly versions: ReadonlyMap<number, VersionFinding> | undefined;
	/** The suites it takes, by version, where one was missing: its own order does not show, and what it was not offered neither. */
	readonly suites: ReadonlyMap<number, readonly number[]>;
};
