import type {Server} from 'node:net';
import type {VersionName} from '../iana/versions.js';
import type {EndpointVerdict} from '../policy/default-expectation.js';
import type {ServiceVerdict} from '../probes/confirm/confirm-finding.js';
import type {Status} from '../probes/versions/finding.js';
import type {Certificate} from './certificate.js';

/** The answer that a server was built to get. */
export type Answer = {
	readonly versions: {
		readonly 'TLSv1.0': Status;
		readonly 'TLSv1.1': Status;
		readonly 'TLSv1.2': Status;
		readonly 'TLSv1.3': Status;
	};
	readonly verdict: EndpointVerdict;
	/** What the service makes of each version behind the handshake, of servers that are built to show it. */
	readonly service?: {readonly [Name in VersionName]?: ServiceVerdict};
};

/** A server to try the tool on. */
export type Peer = {
	readonly name: string;
	/** What it is, in one line of at most 49 characters. */
	readonly what: string;
	readonly expected: Answer;
	/** It says nothing, so waiting for longer shows nothing more. */
	readonly neverAnswers?: true;
	/** A server that does not listen yet. Whoever starts it ends its connections. */
	serve(certificate: Certificate): Server;
};
