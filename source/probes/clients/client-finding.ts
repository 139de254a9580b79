import type {CertificateFacts} from '../../exchange/certificate-facts.js';
import type {Outcome} from '../../exchange/outcome.js';
import type {VersionName} from '../../iana/versions.js';
import type {VersionFinding} from '../versions/finding.js';
import type {Feature} from './add-feature.js';

/** What stands between a client and a server. */
export type Missing =
	| Feature
	| 'version'
	/** The server's Diffie-Hellman prime is one that the client refuses. */
	| 'key-size'
	/** No answer to a hello as long as this client's: the same hello gets one when it is short. */
	| 'large-hello'
	/** The server does not answer renegotiation_info, which the client demands. */
	| 'renegotiation-info'
	/** The same of extended_master_secret. */
	| 'extended-master-secret'
	/** The key of one of the server's certificates is one that the client refuses. */
	| 'certificate-key'
	/** One of them is signed with a hash that the client refuses. */
	| 'certificate-signature'
	/** The hello is refused, though its version is accepted of others and nothing that was added helps. */
	| 'unknown';

export type ClientFinding = {
	readonly name: string;
	readonly connects: 'yes' | 'no' | 'undecided';
	/** The outcome of the client's own hello, if it was sent. */
	readonly outcome: Outcome;
	/** Which attempt that was. */
	readonly attempt: number;
	/** Set if the client's own hello was not sent: the attempts with its versions that the result follows from. `outcome` and `attempt` are those of the newest. */
	readonly derivedFrom?: readonly {readonly version: VersionName; readonly attempt: number}[] | undefined;
	/** Where `connects` is `no`; several where only together they are enough. */
	readonly missing: readonly Missing[];
	/** The newest version that both speak. */
	readonly sharedVersion?: number | undefined;
	/** How long the hello is that gets no answer, and how long the one that does, in bytes. Where `large-hello` is missing. */
	readonly largeHello?: {readonly bytes: number; readonly answeredBytes: number} | undefined;
	/** The server has `sharedVersion`, and refuses every hello for it: none of its cipher suites fits its certificate. */
	readonly isUnfit?: true | undefined;
	/** The outcome of the hello with the missing features added. */
	readonly remedied?: Outcome | undefined;
	/** What it may refuse where `connects` is `yes`: nothing is known of what it makes of that. */
	readonly doubts?: readonly Missing[] | undefined;
	/** The server's certificates that count, where they were seen. */
	readonly certificates?: readonly CertificateFacts[] | undefined;
	/** The server's certificate was not seen, and may be one that the client refuses. */
	readonly isCertificateUnseen?: boolean | undefined;
};

export type ClientsFinding = {
	readonly clients: readonly ClientFinding[];
	/** What the server speaks; undefined where no client was refused, so that nothing had to be asked. */
	readonly versions: ReadonlyMap<number, VersionFinding> | undefined;
	/** The suites it takes, by version, where one was missing: its own order does not show, and what it was not offered neither. */
	readonly suites: ReadonlyMap<number, readonly number[]>;
};
