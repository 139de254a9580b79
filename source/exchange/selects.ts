import type {Outcome} from './outcome.js';

/**
Whether an outcome selects this very version. TLS 1.3 is selected by `supported_versions` alone: a ServerHello that has 0x0304 in
`legacy_version` and no `supported_versions` selects something else. RFC 9846 §4.2.3 and §4.3.1.
*/
export const selects = (outcome: Outcome, version: number): boolean =>
	(outcome.kind === 'server-hello' && outcome.version === version && outcome.isByLegacyVersion !== true) ||
	(outcome.kind === 'hello-retry-request' && outcome.version === version);
