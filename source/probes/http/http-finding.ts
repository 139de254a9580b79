import type {VersionName} from '../../iana/versions.js';
import type {StrictTransportSecurity} from './strict-transport-security.js';

/** Where an answer sends the client. */
export type Redirect = {
	/** As the server sent it, at most 1,000 characters. */
	readonly location: string;
	readonly isHttps: boolean;
	/** Whether it names the host that was asked. */
	readonly isSameHost: boolean;
};

/** What answers on port 80, without TLS. */
export type PlainFinding = {
	readonly port: number;
	/** `redirects`: to HTTPS. `serves`: any other answer in HTTP. `closed`: connections are refused. */
	readonly status: 'redirects' | 'serves' | 'closed' | 'not-http' | 'inconclusive';
	readonly statusCode?: number | undefined;
	readonly redirect?: Redirect | undefined;
};

/** What was learnt about HTTP, and what is reported of it. The server wrote every text. */
export type HttpFinding = {
	/** `not-applicable`: the port or STARTTLS means another protocol. */
	readonly status: 'http' | 'not-http' | 'inconclusive' | 'not-applicable';
	/** Why it is inconclusive. */
	readonly message?: string | undefined;
	/** Of the answer. */
	readonly statusCode?: number | undefined;
	/** Null if browsers use none. */
	readonly strictTransportSecurity: StrictTransportSecurity | null;
	/** Why browsers ignore the field, if it is sent. */
	readonly strictTransportSecurityProblem?: string | undefined;
	readonly server?: string | undefined;
	readonly altSvc?: string | undefined;
	readonly redirect?: Redirect | undefined;
	/** Undefined if it was not asked: only an endpoint on port 443 has it. */
	readonly plain?: PlainFinding | undefined;
	/** The version of TLS that the answer was sent in. */
	readonly version?: VersionName | undefined;
	/** Connections that were made for it. */
	readonly connections: number;
};
