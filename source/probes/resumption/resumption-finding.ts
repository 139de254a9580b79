import type {VersionName} from '../../iana/versions.js';

/** `not-applicable`: no accepted version has it. */
export type ResumptionStatus = 'present' | 'absent' | 'inconclusive' | 'not-applicable';

/** How often a session was resumed in one way. */
export type FoundResumption = {
	readonly status: ResumptionStatus;
	/** How many of the tries resumed the session. */
	readonly resumed: number;
	/** How many completed handshakes offered a session. */
	readonly tries: number;
	/** The version that was asked. */
	readonly version?: VersionName | undefined;
	/** How long the ticket is valid, as the server states. RFC 5077 §5.6, RFC 9846 §4.7.1. */
	readonly lifetimeSeconds?: number | undefined;
	/** Why the status is inconclusive, or what the server does not send. */
	readonly message?: string | undefined;
};

/** What was found of resumption, as it is reported. */
export type ResumptionFinding = {
	/** By session id, up to TLS 1.2. RFC 5246 §7.3. */
	readonly sessionId: FoundResumption;
	/** By ticket, up to TLS 1.2. RFC 5077. */
	readonly ticket: FoundResumption;
	/** By PSK, in TLS 1.3. RFC 9846 §4.3.11. */
	readonly psk: FoundResumption;
	/** Whether tickets announce 0-RTT data, and how many bytes of it. RFC 9846 §4.7.1. */
	readonly earlyData: {readonly status: ResumptionStatus; readonly maxBytes?: number | undefined};
	/** Whether the second newest accepted version is selected with the sentinel in the random. RFC 9846 §4.2.3. */
	readonly downgradeSentinel: {readonly status: ResumptionStatus; readonly version?: VersionName | undefined};
	/** How many handshakes were made for this probe. */
	readonly connections: number;
};

export const resumptionFields = ['sessionId', 'ticket', 'psk', 'earlyData', 'downgradeSentinel'] as const;

export const resumptionTitles: Readonly<Record<(typeof resumptionFields)[number], string>> = {
	sessionId: 'session id',
	ticket: 'ticket',
	psk: 'PSK',
	earlyData: '0-RTT',
	downgradeSentinel: 'downgrade sentinel',
};
