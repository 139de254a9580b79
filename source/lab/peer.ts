import type {Server} from 'node:net';
import type {PemCertificate} from '../bytes/localhost-certificate.js';
import type {VersionName} from '../iana/versions.js';
import type {EndpointVerdict} from '../policy/default-expectation.js';
import type {ServiceVerdict} from '../probes/confirm/confirm-finding.js';
import type {Status} from '../probes/versions/finding.js';

/** The expected result of a server. */
export type ExpectedResult = {
	readonly versions: {
		readonly 'TLSv1.0': Status;
		readonly 'TLSv1.1': Status;
		readonly 'TLSv1.2': Status;
		readonly 'TLSv1.3': Status;
	};
	readonly verdict: EndpointVerdict;
	/** The service's verdict on each version after the handshake, for servers that show one. */
	readonly service?: {readonly [Name in VersionName]?: ServiceVerdict};
};

/** A server to test with. */
export type Peer = {
	readonly name: string;
	/** A description of one line, at most 49 characters. */
	readonly what: string;
	readonly expected: ExpectedResult;
	/** It never answers, so longer time-outs show nothing more. */
	readonly neverAnswers?: true;
	/** A server that does not listen yet. The caller that starts it ends its connections. */
	serve(certificate: PemCertificate): Server;
};
