import type {Outcome} from '../../exchange/outcome.js';
import {selects} from '../../exchange/selects.js';
import {alerts} from '../../iana/alerts.js';
import {cipherSuites} from '../../iana/cipher-suites.js';
import {groups} from '../../iana/groups.js';
import {type VersionName, versions} from '../../iana/versions.js';
import {ssl2CipherKindLabel} from '../../wire/ssl2.js';
import type {Attempt} from '../attempt.js';
import type {Draft} from '../draft.js';
import {evidenceOf} from '../evidence-of.js';
import {round} from '../round.js';
import type {VersionFinding} from './finding.js';
import type {VersionReport, VersionReports} from './version-report.js';
import type {SampleCounts} from './version-state.js';
import type {VersionsFinding} from './versions-finding.js';

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
		reports[name] = withEvidence
			? {...report, evidence: evidenceOf([...finding.attempts, ...finding.controls], finding.attempt, attempts)}
			: report;
	}

	return reports;
}

function describeFinding(finding: VersionFinding, asked: number): VersionReport {
	const {status, reason, outcome, durationMs, shape, attempts} = finding;
	const draft: Draft<VersionReport> = {status, reason};
	describeOutcome(draft, outcome, asked);
	if (finding.isAcceptedWithoutServerName) {
		draft.acceptedWithoutServerName = true;
	}

	if (finding.samples !== undefined) {
		draft.samples = describeSamples(finding.samples);
	}

	if (finding.largeHello !== undefined) {
		draft.largeHello = finding.largeHello;
	}

	if (finding.startTlsRefusals !== undefined) {
		draft.startTlsRefusals = finding.startTlsRefusals;
	}

	draft.durationMs = round(durationMs);
	draft.shape = shape;
	draft.attempts = attempts.length;
	return draft as VersionReport;
}

/** The third count is rare, and is there only where it is not 0. */
const describeSamples = ({accepted, rejected, inconclusive}: SampleCounts): VersionReport['samples'] =>
	inconclusive === 0 ? {accepted, rejected} : {accepted, rejected, inconclusive};

/** What an outcome adds to the reason's name. */
function describeOutcome(draft: Draft<VersionReport>, outcome: Outcome, asked: number): void {
	switch (outcome.kind) {
		case 'server-hello':
		case 'hello-retry-request':
			describeSelection(draft, outcome, asked);
			describeAnomalies(draft, outcome);
			break;
		case 'alert':
			draft.alert = alerts.label(outcome.description);
			draft.alertLevel = outcome.level === 1 ? 'warning' : 'fatal';
			describeAnomalies(draft, outcome);
			break;
		case 'not-tls':
			draft.looksLike = outcome.looksLike;
			break;
		case 'malformed':
			draft.problem = outcome.problem;
			break;
		case 'unreachable':
			draft.code = outcome.code;
			if (outcome.stage !== 'connect') {
				draft.stage = outcome.stage;
			}

			break;
		case 'proxy-refused':
			draft.words = outcome.words;
			break;
		case 'starttls-refused':
			draft.words = outcome.words;
			if (outcome.refusal !== undefined) {
				draft.refusal = outcome.refusal;
			}

			break;
		case 'unasked':
		case 'unanswered':
			if (outcome.kind === 'unanswered' && outcome.stage !== undefined) {
				draft.stage = outcome.stage;
			}

			draft.because = outcome.because;
			break;
		case 'closed':
		case 'reset':
		case 'silent':
			break;
		default:
			outcome satisfies never;
	}
}

function describeSelection(
	draft: Draft<VersionReport>,
	outcome: Extract<Outcome, {kind: 'server-hello' | 'hello-retry-request'}>,
	asked: number,
): void {
	if (!selects(outcome, asked)) {
		draft.selectedVersion = versions.label(outcome.version);
	}

	draft.cipherSuite = outcome.version === 0x00_02 ? ssl2CipherKindLabel(outcome.cipherSuite) : cipherSuites.label(outcome.cipherSuite);
	if (outcome.group !== undefined) {
		draft.group = groups.label(outcome.group);
	} else if (outcome.kind === 'server-hello' && outcome.primeBits !== undefined) {
		draft.group = `DHE ${outcome.primeBits} bits`;
	}

	if (outcome.kind === 'server-hello' && outcome.applicationProtocol !== undefined) {
		draft.applicationProtocol = outcome.applicationProtocol;
	}

	if (outcome.kind === 'server-hello' && outcome.downgradeSentinel !== undefined) {
		draft.downgradeSentinel = versions.label(outcome.downgradeSentinel);
	}
}

function describeAnomalies(draft: Draft<VersionReport>, {anomalies}: Extract<Outcome, {anomalies: unknown}>): void {
	if (anomalies.length > 0) {
		draft.anomalies = anomalies;
	}
}
