import type {AnyProbe, AnyRequest} from '../probes/probe.js';
import type {ForwardProxy} from '../transport/proxy/url.js';
import type {ProxyProtocol} from '../transport/proxy-protocol.js';
import type {Reach} from '../transport/reach.js';
import type {StartTlsName} from '../transport/starttls/index.js';
import type {ConnectionLimits} from './connection-limits.js';
import type {Endpoint, Network} from './network.js';
import type {Report} from './report.js';

/** What one address is asked, and how. Plain data, so that a thread, a queue or a file can carry it whole. */
export type AddressOptions = {
	/** What to ask; those that these need are run as well. */
	readonly probes: readonly AnyRequest[];
	/** The policies that the target is held to, by name, as far as reports say so; none for the policy `default` alone. */
	readonly policies: readonly string[];
	/** Of a connection, and again of an answer. */
	readonly timeoutMs: number;
	/** Of connections that could not be made. */
	readonly retries: number;
	/** At once, to one address. */
	readonly maxConnections: number;
	/** Whether connections of targets that do not answer count towards that. */
	readonly countsSilent: boolean;
	/** What to ask for by SNI instead of the host's name; null asks for none. */
	readonly serverName: string | null | undefined;
	/** Ask for the versions a second time without a server name, and report what changes. */
	readonly alsoWithoutServerName: boolean;
	/** What connections go through; undefined for nothing. */
	readonly proxy: ForwardProxy | undefined;
	/** What is said in clear before TLS; `auto` goes by the port. */
	readonly startTls: StartTlsName | 'auto' | undefined;
	/** Which header goes in front of everything for a backend that expects one. */
	readonly proxyProtocol: ProxyProtocol | undefined;
	/** Application protocols to offer, the preferred one first; undefined for none but those that clients usually send. */
	readonly alpn: readonly string[] | undefined;
	/** The name servers that probes ask, as in `--dns`; empty for those of the system. */
	readonly nameServers: readonly string[];
	/** The local address to connect from. */
	readonly localAddress: string | undefined;
	/** Which addresses may be connected to, whatever else is asked. [all] */
	readonly reach?: Reach | undefined;
	/** Whether reports hold the bytes. */
	readonly evidence: boolean;
	/** Whether transcripts are kept beside the reports. */
	readonly isRecorded: boolean;
	readonly toolVersion: string;
};

/** What a list adds to a report. */
export type ListedFields = Pick<Report, 'position' | 'given' | 'columns' | 'mx'>;

/** What a run has besides its options: what cannot be copied. */
export type ScanHooks = {
	/** Ends the run early. */
	readonly signal?: AbortSignal | undefined;
	/** Limits that all targets of a run share. If undefined, each target has separate limits. */
	readonly limits?: ConnectionLimits | undefined;
	/** What can be asked. [all that this program has] */
	readonly knownProbes?: readonly AnyProbe[] | undefined;
	/** In the place of connections, such as those of a recording. */
	readonly network?: ((endpoint: Endpoint) => Network) | undefined;
};
