import type {CtLog} from '../certificates/ct-logs.js';
import type {VersionName} from '../iana/versions.js';
import type {AnyRequest} from '../probes/probe.js';
import {requestProbe, withImplied, withProbes, withRequest} from '../probes/requests.js';
import {type Samples, usualSamples} from '../probes/versions/sample.js';
import type {ExchangerResolver} from '../transport/mail-exchangers.js';
import type {Address, Resolver} from '../transport/resolve.js';
import type {AddressOptions, ScanHooks} from './address-options.js';
import type {NotUp} from './not-up.js';
import type {AddressScanner} from './scan-address.js';
import type {Target} from './target.js';

/** How targets are probed. Plain data. */
export type ProbeOptions = AddressOptions & {
	/** Of a whole target, all of its addresses included. */
	readonly deadlineMs: number;
	/** Which of a name's addresses to probe. */
	readonly addresses: 'all' | 'first';
	/** Undefined for both families. */
	readonly family: 4 | 6 | undefined;
	/** Addresses to use instead of looking a name up. */
	readonly overrides: readonly AddressOverride[];
	/** Targets that are connected to without the proxy, in the words of `NO_PROXY`; empty for none. */
	readonly noProxy: string;
	/** Probe without the proxy too, and report what changes. */
	readonly comparesDirect: boolean;
	/** How long to wait until a target is up; undefined for not at all. This does not count towards the deadline. */
	readonly waitMs: number | undefined;
};

/** `*` and an undefined port stand for any. */
export type AddressOverride = {readonly host: string; readonly port: number | undefined; readonly addresses: readonly Address[]};

/** What a run has besides its options: what cannot be copied. */
export type ProbeHooks = ScanHooks & {
	/** Scans an address somewhere else, such as in another thread. [here] */
	readonly scanElsewhere?: AddressScanner | undefined;
	/** [that of the system] */
	readonly resolver?: Resolver | undefined;
	/** Finds the mail servers of a target, which are probed instead of it. [the target itself is probed] */
	readonly exchangerResolver?: ExchangerResolver | undefined;
	/** Called where a target is not up yet, with the reason. */
	readonly onWait?: ((target: Target, why: NotUp, waitMs: number) => void | Promise<void>) | undefined;
};

/** The addresses to use for a target instead of looking it up. */
export function overriddenAddresses({host, port}: Target, {overrides}: Pick<ProbeOptions, 'overrides'>): readonly Address[] | undefined {
	for (const override of overrides) {
		if ((override.host === '*' || override.host === host) && (override.port === undefined || override.port === port)) {
			return override.addresses;
		}
	}

	return undefined;
}

/** What the main command, checks and comparing ask for. */
export type UsualChoice = {
	readonly versions: readonly VersionName[];
	readonly samples?: Samples | undefined;
	readonly asksLargeHello?: boolean | undefined;
	/** Complete the handshake of each accepted version with a second stack, and ask the service. */
	readonly confirms?: boolean | undefined;
	/** Report the server's certificate where it comes in clear, as it does up to TLS 1.2. */
	readonly readsCertificate?: boolean | undefined;
	/** Which other probes to run, each with its own options. */
	readonly besides?: readonly string[] | undefined;
	/** Options of the probe of certificates, which is then run as well. */
	readonly ca?: string | undefined;
	readonly online?: boolean | undefined;
	readonly ctLogs?: readonly CtLog[] | undefined;
};

export function usualProbes({
	versions,
	samples = usualSamples,
	asksLargeHello = false,
	confirms = false,
	readsCertificate = false,
	besides = [],
	ca,
	online = false,
	ctLogs,
}: UsualChoice): readonly AnyRequest[] {
	const usual = [requestProbe('versions', {versions, samples, asksLargeHello})];
	const asked = readsCertificate ? withImplied(usual, 'certificate', {readsAnswers: true}) : usual;
	const names = confirms ? ['confirm', ...besides] : besides;
	const all = names.length === 0 ? asked : withProbes(asked, names);
	return ca === undefined && !online && ctLogs === undefined ? all : withRequest(all, 'certificates', {ca, online, ctLogs});
}

export const defaultOptions = {
	policies: [],
	timeoutMs: 5000,
	deadlineMs: 30_000,
	retries: 1,
	maxConnections: 6,
	countsSilent: false,
	addresses: 'all',
	family: undefined,
	serverName: undefined,
	alsoWithoutServerName: false,
	overrides: [],
	proxy: undefined,
	noProxy: '',
	comparesDirect: false,
	startTls: undefined,
	proxyProtocol: undefined,
	alpn: undefined,
	nameServers: [],
	localAddress: undefined,
	evidence: false,
	isRecorded: false,
	waitMs: undefined,
} as const;
