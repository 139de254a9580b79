import type {Target} from '../../engine/target.js';
import type {Expectation} from '../../policy/expectation.js';
import type {Policy} from '../../policy/policy.js';
import type {ProbeName} from '../../probes/index.js';
import type {ProxyChoice, StartTlsChoice} from '../../transport/parse-route.js';
import type {ProxyProtocol} from '../../transport/proxy-protocol.js';

/** How an endpoint is reached and for how long, where that differs from what holds for all. */
export type CheckFields = {
	/** What to ask for by SNI; null asks for none. */
	readonly serverName?: string | null | undefined;
	readonly proxy?: GivenProxy | undefined;
	/** `none` takes away what holds for all. */
	readonly starttls?: StartTlsChoice | 'none' | undefined;
	readonly proxyProtocol?: ProxyProtocol | undefined;
	/** Application protocols to offer, the preferred one first. */
	readonly alpn?: readonly string[] | undefined;
	/** Connections for each version. */
	readonly samples?: number | undefined;
	readonly timeoutMs?: number | undefined;
	readonly deadlineMs?: number | undefined;
	readonly retries?: number | undefined;
	/** How long to wait until it is up. */
	readonly waitMs?: number | undefined;
	/** Whether to look behind the handshake. */
	readonly confirm?: boolean | undefined;
	/** What to ask besides. */
	readonly probes?: readonly ProbeName[] | undefined;
	readonly expect?: Expectation | undefined;
};

/** A proxy as it is stated. */
export type GivenProxy = {
	/** A URL without its user and password, `env`, or `none`, which takes away what holds for all. */
	readonly label: string;
	readonly choice: ProxyChoice;
};

/** Where to connect instead of where the target's name leads. */
export type ConnectAddress = {
	/** An address or a name. */
	readonly host: string;
	/** The target's where it is not given. */
	readonly port?: number | undefined;
	readonly text: string;
};

/** An endpoint, or a list of them in another file, by its path from the folder of the file that includes it. */
export type CheckEntry = CheckFields & {
	readonly name?: string | undefined;
	/** Where the file names it, `file:line:column`, for what only shows later. */
	readonly place: string;
} & (
		| {readonly kind: 'target'; readonly target: Target; readonly address?: ConnectAddress | undefined}
		| {readonly kind: 'include'; readonly path: string /** As it is written, before variables were put in. */; readonly written: string}
	);

/** What has to hold, as a file states it. */
export type CheckFile = {
	readonly defaults: CheckFields;
	readonly policies: readonly Policy[];
	readonly endpoints: readonly CheckEntry[];
	/** What its author should know, each with its place. */
	readonly notes: readonly string[];
};
