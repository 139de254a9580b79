import type {Completion, Ending, ServiceAnswer} from '../../exchange/completing/completion.js';
import type {Outcome} from '../../exchange/outcome.js';
import {type VersionName, versions} from '../../iana/versions.js';
import type {CertificateReport} from '../certificate/certificate-report.js';
import {round} from '../round.js';
import type {ConfirmFinding} from './confirm-finding.js';
import type {AnswerReport, ConfirmedReport, HandshakeFailure} from './confirmed-report.js';

/** What was learnt behind a handshake, in the names that people know. */
export function describeConfirmed(finding: ConfirmFinding, certificate: CertificateReport | undefined): ConfirmedReport {
	const {completion, verdict, because, cause, differsFrom, attempts} = finding;
	const {handshake, wantsCertificate, answer, durationMs} = completion;
	return {
		handshake: handshake.kind,
		verdict,
		...(because === undefined ? {} : {because}),
		...(handshake.kind === 'completed'
			? selectedIn(handshake)
			: {failure: {...failureOf(handshake), ...(cause === undefined ? {} : {cause})}}),
		...(wantsCertificate ? {wantsClientCertificate: true} : {}),
		...(answer === undefined ? {} : {answer: describeAnswer(answer)}),
		...(differsFrom === undefined
			? {}
			: {differsFrom: {version: versions.label(differsFrom.version) as VersionName, answer: describeAnswer(differsFrom.answer)}}),
		...(certificate === undefined ? {} : {certificate}),
		durationMs: round(durationMs),
		attempts: attempts.length,
	};
}

const selectedIn = ({cipherSuite, applicationProtocol}: Extract<Completion['handshake'], {kind: 'completed'}>) =>
	applicationProtocol === undefined ? {cipherSuite} : {cipherSuite, applicationProtocol};

function failureOf(handshake: Exclude<Completion['handshake'], {kind: 'completed'}>): HandshakeFailure {
	switch (handshake.kind) {
		case 'failed':
			return describeEnding(handshake.how);
		case 'not-spoken':
			return {kind: 'own-stack', code: handshake.code};
		case 'not-reached':
			return describeUnreached(handshake.outcome);
		default:
			return handshake satisfies never;
	}
}

function describeUnreached(outcome: Outcome): HandshakeFailure {
	switch (outcome.kind) {
		case 'unreachable':
			return {kind: outcome.kind, code: outcome.code};
		case 'proxy-refused':
		case 'starttls-refused':
			return {kind: outcome.kind, words: outcome.words};
		case 'unasked':
		case 'unanswered':
			return {kind: outcome.kind, because: outcome.because};
		default:
			return {kind: outcome.kind};
	}
}

function describeAnswer(answer: ServiceAnswer): AnswerReport {
	switch (answer.kind) {
		case 'http': {
			const {fields: _, ...described} = answer;
			return answer.reason === '' ? {...described, reason: undefined} : described;
		}
		case 'not-http':
			return {kind: 'not-http', looksLike: answer.looksLike.protocol};
		default:
			return describeEnding(answer);
	}
}

function describeEnding(ending: Ending): HandshakeFailure & {readonly kind: Ending['kind']} {
	switch (ending.kind) {
		case 'alert':
			return {kind: 'alert', alert: ending.alert};
		case 'malformed':
			return {kind: 'malformed', problem: ending.problem};
		case 'own-stack':
			return {kind: 'own-stack', code: ending.code};
		case 'closed':
		case 'reset':
		case 'silent':
			return {kind: ending.kind};
		case 'unanswered':
			return {kind: ending.kind, because: ending.because};
		default:
			return ending satisfies never;
	}
}
