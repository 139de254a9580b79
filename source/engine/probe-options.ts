import {usualSamples} from '../probes/versions/sample.js';
import type {ExchangerResolver} from '../transport/mail-exchangers.js';
import {type Address, type Resolver, systemResolver} from '../transport/resolve.js';
import type {NotUp} from './not-up.js';
import type {AddressOptions, AddressScanner} from './scan-address.js';
import type {Target} from './target.js';

/** How targets are probed. */
export type ProbeOptions = AddressOptions & {
	/** Of a whole target, all of its addresses included. */
	readonly deadlineMs: number;
	/** Which of a name's addresses to probe. */
	readonly addresses: 'all' | 'first';
	/** Undefined for both families. */
	readonly family: 4 | 6 | undefined;
	/** Addresses to use instead of looking a name up. */
	readonly addressesFor: (target: Target) => readonly Address[] | undefined;
	/** Whether a target is connected to directly all the same. */
	readonly isProxyExempt: (target: Target) => boolean;
	/** Scans an address somewhere else, such as in another thread; undefined for here. */
	readonly scanElsewhere: AddressScanner | undefined;
	readonly resolver: Resolver;
	/** Finds the mail servers of a target, which are probed instead of it; undefined for the target itself. */
	readonly exchangerResolver: ExchangerResolver | undefined;
	/** How long to wait until a target is up; undefined for not at all. This does not count towards the deadline. */
	readonly waitMs: number | undefined;
	/** Is told that a target is not up yet, and why. */
	readonly onWait: (target: Target, why: NotUp, waitMs: number) => void | Promise<void>;
};

export const defaultOptions = {
	samples: usualSamples,
	asksLargeHello: true,
	timeoutMs: 5000,
	deadlineMs: 30_000,
	retries: 1,
	maxConnections: 6,
	countsSilent: false,
	addresses: 'all',
	family: undefined,
	serverName: undefined,
	alsoWithoutServerName: false,
	readsCertificate: false,
	confirms: false,
	addressesFor: () => undefined,
	limits: undefined,
	proxy: undefined,
	isProxyExempt: () => false,
	comparesDirect: false,
	startTls: undefined,
	proxyProtocol: undefined,
	alpn: undefined,
	scanElsewhere: undefined,
	localAddress: undefined,
	listed: undefined,
	evidence: false,
	isRecorded: false,
	signal: undefined,
	resolver: systemResolver,
	exchangerResolver: undefined,
	waitMs: undefined,
	onWait: () => {},
} as const;
