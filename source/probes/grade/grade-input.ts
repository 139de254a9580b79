import type {VersionName} from '../../iana/versions.js';
import type {IdentityReport} from '../certificates/identity-report.js';
import type {CipherSuitesReport} from '../cipher-suites/suites-report.js';
import type {ExtensionStatus} from '../extensions/extensions-finding.js';
import type {GroupsReport} from '../groups/groups-report.js';

/** What a grade is computed from, as reports have it. */
export type GradeInput = {
	readonly versions: {readonly [Name in VersionName]?: {readonly status: 'accepted' | 'rejected' | 'inconclusive'} | undefined};
	readonly cipherSuites: CipherSuitesReport;
	readonly groups: GroupsReport;
	readonly certificates: readonly IdentityReport[];
	readonly extensions: Readonly<Record<'secureRenegotiation' | 'compression', {readonly status: ExtensionStatus}>>;
	/** By their names; undefined if they were not asked for. */
	readonly vulnerabilities?: Readonly<Record<string, {readonly status: ExtensionStatus} | undefined>> | undefined;
	/** Undefined if it was not asked for; `notHttp` if it does not apply. */
	readonly http?: HttpInput | 'notHttp' | undefined;
};

/** What is known about the answer to an HTTP request. */
export type HttpInput = {
	/** Null if the answer has none; undefined if there was no answer. */
	readonly strictTransportSecurity?: {readonly maxAgeSeconds: number} | null | undefined;
};
