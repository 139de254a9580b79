import type {Source} from '../rule.js';

/** The clouds of Azure: the public one, the one of the US government, and the one that 21Vianet runs in China. */
export const clouds = ['public', 'usgov', 'china'] as const;

export type Cloud = (typeof clouds)[number];

/** Names, with a port where it is not 443. What stands between braces is filled in: `{account}.blob.core.windows.net`. */
export type HostsByCloud = {readonly [Name in Cloud]?: readonly string[]};

/** How well a day is known: `high` from the issuer's page, `medium` from others who report its notice, `low` from one third party. */
export type Sureness = 'high' | 'medium' | 'low';

/** From which day on a service accepts only TLS 1.2 and later. */
export type Retirement = {
	/** The day, or the month, ISO 8601. It may be in the future. Of several that are named, the latest. */
	readonly day: string;
	/** Where it holds: every cloud where nothing is said. */
	readonly clouds?: readonly Cloud[];
	readonly sure: Sureness;
	/** The day is announced, but was moved before or is carried out in steps: whether it holds for one host today is not known. */
	readonly isOngoing?: true;
	/** What else there is to know of the day. */
	readonly note?: string | undefined;
};

/** A service that states when it stops accepting TLS 1.0 and 1.1. */
export type AzureService = {
	readonly name: string;
	readonly hosts: HostsByCloud;
	/** How other names of its hosts end, which no list of endpoints has. */
	readonly moreSuffixes?: readonly string[];
	readonly retirements: readonly Retirement[];
	readonly source: Source;
	/** It completes the handshake in an old version, and refuses only the request after it. */
	readonly refusesLater?: true;
	/** With what it refuses that request, where it is documented. */
	readonly refusal?: string;
};
