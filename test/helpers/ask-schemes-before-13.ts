import type {SuitesFinding} from '../../source/probes/cipher-suites/finding.js';
import type {Conversation} from '../../source/probes/probe.js';
import {askEarlyBefore13, schemesBefore13} from '../../source/probes/signature-schemes/schemes-before-13.js';
import type {SchemesFinding} from '../../source/probes/signature-schemes/schemes-finding.js';
import type {VersionFinding} from '../../source/probes/versions/finding.js';

/** What is asked about TLS 1.2, before and after its suites are known. */
export function* askSchemesBefore13(
	finding: VersionFinding,
	serverName: string | undefined,
	suites: SuitesFinding | undefined,
): Conversation<SchemesFinding> {
	return yield* schemesBefore13(yield* askEarlyBefore13(finding, serverName), suites);
}
