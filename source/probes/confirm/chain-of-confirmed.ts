import type {ConfirmFindings} from './confirm-finding.js';

/** What the newest version showed of those whose handshake showed a certificate: DER, the server's own first; empty where none did. */
export const chainOfConfirmed = (findings: ConfirmFindings): readonly Uint8Array[] =>
	[...findings].toSorted(([one], [other]) => other - one).find(([, {completion}]) => completion.chain.length > 0)?.[1].completion.chain ??
	[];
