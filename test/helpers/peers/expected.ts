import {probeTarget} from '../../../source/engine/probe-target.js';
import type {VersionReport} from '../../../source/engine/report.js';
import type {VersionName} from '../../../source/iana/versions.js';
import type {Reason, Status} from '../../../source/probes/versions/finding.js';
import {type LooseOptions, splitOptions} from '../probe-options.js';

/** What a version must come to. Details that are not named are not looked at, but for `anomalies`: a good server has none. */
export type ExpectedVersion = readonly [Status, Reason, Partial<VersionReport>?];

/** The versions to ask for, and what each must come to. */
export type Expected = {readonly [Name in VersionName]?: ExpectedVersion};

/** A ServerHello that selects the version, perhaps with this suite, group or anything else. */
export const hello = (details?: Partial<VersionReport>): ExpectedVersion => ['accepted', 'server-hello', details];
export const retry = (details?: Partial<VersionReport>): ExpectedVersion => ['accepted', 'hello-retry-request', details];
export const refusedBy = (alert: string): ExpectedVersion => ['rejected', 'alert', {alert}];
export const undecidedBy = (alert: string): ExpectedVersion => ['inconclusive', 'alert', {alert}];
export const answeredWith = (selectedVersion: VersionName): ExpectedVersion => ['rejected', 'other-version', {selectedVersion}];

/** Alert 70: what a TLS stack says to a version that is switched off. */
export const switchedOff = refusedBy('protocol_version');

/** Expectations of the four default versions, oldest first. */
export const four = (tls10: ExpectedVersion, tls11: ExpectedVersion, tls12: ExpectedVersion, tls13: ExpectedVersion): Expected => ({
	'TLSv1.0': tls10,
	'TLSv1.1': tls11,
	'TLSv1.2': tls12,
	'TLSv1.3': tls13,
});

/** Expectations of every version there is: SSL 2, SSL 3 and the four. */
export const six = (ssl2: ExpectedVersion, ssl3: ExpectedVersion, others: Expected): Expected => ({SSLv2: ssl2, SSLv3: ssl3, ...others});

const patience = {timeoutMs: 5000, deadlineMs: 60_000, maxConnections: 6, evidence: true} as const;

/**
Ask a server on loopback for the versions that are expected of it.

@param serverName - What to ask for by SNI; undefined sends none.
@returns What came of them, in the words of `expected` and with nothing else, and the whole report for whoever has to find out why.
*/
export async function askFor(expected: Expected, port: number, serverName?: string, more: LooseOptions = {}) {
	const versions = Object.keys(expected) as VersionName[];
	const target = {target: `127.0.0.1:${port}`, host: '127.0.0.1', port};
	const {options, hooks} = splitOptions({...patience, ...more, versions, serverName: serverName ?? null});
	const {recordings} = await probeTarget(target, options, hooks);
	const reports = recordings[0].report.versions;
	const actual = versions.map(name => [name, wordsOf(reports[name]!, expected[name]!)] as const);
	return {actual: Object.fromEntries(actual), wanted: completed(expected), reports};
}

function wordsOf(report: VersionReport, [, , details = {}]: ExpectedVersion) {
	const keys = Object.keys(details) as (keyof VersionReport)[];
	return [report.status, report.reason, {anomalies: report.anomalies, ...Object.fromEntries(keys.map(key => [key, report[key]]))}];
}

const completed = (expected: Expected) =>
	Object.fromEntries(
		Object.entries(expected).map(([name, [status, reason, details]]) => [name, [status, reason, {anomalies: undefined, ...details}]]),
	);
