import {toHex} from '../bytes/hex.js';
import type {Outcome} from '../exchange/outcome.js';
import type {VersionFinding} from '../probes/ladder/finding.js';
import type {VersionsFinding} from '../probes/versions.js';
import {alerts} from '../registry/alerts.js';
import {cipherSuites} from '../registry/cipher-suites.js';
import {groups} from '../registry/groups.js';
import {type VersionName, versions} from '../registry/versions.js';
import {ssl2CipherKindLabel} from '../wire/ssl2.js';
import type {Evidence, VersionReport, VersionReports} from './report.js';
import type {Attempt} from './run-probe.js';

/** Findings in the names that people know, in the order of `asked`. */
export function describeFindings(
	findings: VersionsFinding,
	asked: readonly VersionName[],
	attempts: readonly Attempt[],
	withEvidence: boolean,
): VersionReports {
	const reports: {[Name in VersionName]?: VersionReport} = {};
	for (const name of asked) {
		const finding = findings[name]!;
		const report = describeFinding(finding, versions.code(name));
		reports[name] = withEvidence ? {...report, evidence: evidenceOf(finding, attempts)} : report;
	}

	return reports;
}

function describeFinding(finding: VersionFinding, asked: number): VersionReport {
	return {
		status: finding.status,
		reason: finding.reason,
		...describeOutcome(finding.outcome, asked),
		...(finding.isAcceptedWithoutServerName ? {acceptedWithoutServerName: true} : undefined),
		durationMs: round(finding.durationMs),
		shape: finding.shape,
		attempts: finding.attempts.length,
	};
}

/** What an outcome adds to the reason's name. */
function describeOutcome(outcome: Outcome, asked: number): Partial<VersionReport> | undefined {
	switch (outcome.kind) {
		case 'server-hello':
		case 'hello-retry-request':
			return {
				...(outcome.version === asked ? undefined : {selectedVersion: versions.label(outcome.version)}),
				cipherSuite: outcome.version === 0x00_02 ? ssl2CipherKindLabel(outcome.cipherSuite) : cipherSuites.label(outcome.cipherSuite),
				...describeGroup(outcome),
				...('downgradeSentinel' in outcome && outcome.downgradeSentinel !== undefined
					? {downgradeSentinel: versions.label(outcome.downgradeSentinel)}
					: undefined),
				...describeAnomalies(outcome),
			};
		case 'alert':
			return {
				alert: alerts.label(outcome.description),
				alertLevel: outcome.level === 1 ? 'warning' : 'fatal',
				...describeAnomalies(outcome),
			};
		case 'not-tls':
			return {looksLike: outcome.looksLike};
		case 'malformed':
			return {problem: outcome.problem};
		case 'unreachable':
			return {code: outcome.code, ...(outcome.stage === 'connect' ? undefined : {stage: outcome.stage})};
		case 'proxy-refused':
		case 'starttls-refused':
			return {words: outcome.words};
		case 'closed':
		case 'reset':
		case 'silent':
		case 'unasked':
			return undefined;
		default:
			return outcome satisfies never;
	}
}

function describeGroup(outcome: Extract<Outcome, {kind: 'server-hello' | 'hello-retry-request'}>): Partial<VersionReport> | undefined {
	if (outcome.group !== undefined) {
		return {group: groups.label(outcome.group)};
	}

	return 'primeBits' in outcome && outcome.primeBits !== undefined ? {group: `DHE ${outcome.primeBits} bits`} : undefined;
}

const describeAnomalies = ({anomalies}: Extract<Outcome, {anomalies: unknown}>): Partial<VersionReport> | undefined =>
	anomalies.length > 0 ? {anomalies} : undefined;

function evidenceOf(finding: VersionFinding, attempts: readonly Attempt[]): Evidence[] {
	const indices = [...new Set([...finding.attempts, ...finding.controls])].toSorted((one, other) => one - other);
	return indices.map(index => {
		const {hello, transcript} = attempts[index]!;
		const {flights, outcome, durationMs} = transcript;
		const said = (from: 'client' | 'server'): string =>
			flights
				.filter(flight => flight.from === from)
				.map(({bytes}) => toHex(bytes))
				.join('');
		return {
			shape: hello.shape,
			version: versions.label(hello.version),
			outcome: outcome.kind,
			durationMs: round(durationMs),
			decided: index === finding.attempt,
			sent: said('client'),
			received: said('server'),
		};
	});
}

/** Milliseconds to a tenth: more digits are noise. */
export const round = (milliseconds: number): number => Math.round(milliseconds * 10) / 10;
