import type {VersionName} from '../../iana/versions.js';
import type {StrictTransportSecurity} from './strict-transport-security.js';

/** Where an answer sends the client. */
export type Redirect = {
	/** As the server has it, at most 1,000 characters. */
	readonly location: string;
	readonly isHttps: boolean;
	/** Whether it names the host that was asked. */
	readonly isSameHost: boolean;
};

/** What answers in clear, on port 80. */
export type PlainFinding = {
	readonly port: number;
	/** `redirects`: to HTTPS. `serves`: any other answer in HTTP. `closed`: connections are refused. */
	readonly status: 'redirects' | 'serves' | 'closed' | 'not-http' | 'inconclusive';
	readonly statusCode?: number | undefined;
	readonly redirect?: Redirect | undefined;
};

/** What was learnt of HTTP behind TLS, and what is reported of it. Every text is the server's. */
export type HttpFinding = {
	/** `not-applicable`: the port or STARTTLS means another protocol. */
	readonly status: 'http' | 'not-http' | 'inconclusive' | 'not-applicable';
	/** Why it is inconclusive. */
	readonly message?: string | undefined;
	/** Of the answer. */
	readonly statusCode?: number | undefined;
	/** Null where there is none that a browser takes. */
	readonly strictTransportSecurity: StrictTransportSecurity | null;
	/** Why browsers ignore the field, where there is one. */
	readonly strictTransportSecurityProblem?: string | undefined;
	readonly server?: string | undefined;
	readonly altSvc?: string | undefined;
	readonly redirect?: Redirect | undefined;
	/** Undefined where it was not asked: only of port 443. */
	readonly plain?: PlainFinding | undefined;
	/** The version of TLS that the answer came in. */
	readonly version?: VersionName | undefined;
	/** Connections that were made for it. */
	readonly connections: number;
};
