import type {AnswerReport, CertificateReport, ConfirmedReport, HandshakeFailure} from '../engine/report.js';
import {alerts} from '../iana/alerts.js';
import type {KnownCause} from '../probes/confirm/known-cause.js';

/** The service's answer after a handshake, as the end of a sentence with `accepted`. */
export function confirmedInWords(confirmed: ConfirmedReport): string {
	const {handshake, verdict, answer, failure} = confirmed;
	switch (handshake) {
		case 'not-spoken':
			return 'not confirmed: the local TLS library does not support it';
		case 'not-reached':
			return `not confirmed: ${failureInWords(failure!)}`;
		case 'failed':
			return failure!.cause === undefined
				? `but a second TLS stack did not complete the handshake: ${failureInWords(failure!)}${wantsCertificate(confirmed)}`
				: `the handshake does not complete with the local TLS library: ${causeInWords(failure!.cause)} (${failureInBrief(failure!)})`;
		case 'completed':
			break;
		default:
			return handshake satisfies never;
	}

	if (answer === undefined) {
		const {applicationProtocol} = confirmed;
		return `the handshake completes${applicationProtocol === undefined ? '' : `, ALPN ${applicationProtocol}`}`;
	}

	const said = `${answerInWords(answer)}${answer.kind === 'http' ? '' : wantsCertificate(confirmed)}`;
	switch (verdict) {
		case 'refused':
			return `then refused by the service (${said}${difference(confirmed)})`;
		case 'served':
		case 'undecided':
			return `${answer.kind === 'http' || answer.kind === 'not-http' ? 'the service answered ' : 'then '}${said}${difference(confirmed)}`;
		case 'unknown':
			return `the handshake completes, then ${said}`;
		default:
			return verdict satisfies never;
	}
}

const causeWords: Readonly<Record<KnownCause, string>> = {
	'client-certificate': 'the server requires a client certificate',
	'chain-too-long': 'the certificate chain is too long for the local TLS library',
	'cipher-suite': 'the local TLS library has no cipher suite that the server accepts',
	group: 'the local TLS library has no group that the server accepts',
	'local-library': 'the local TLS library does not allow what the server selected',
	'application-protocol': 'the server requires an application protocol (ALPN)',
	'server-name': 'the server does not know the name',
};

const causeInWords = (cause: KnownCause): string => causeWords[cause];

const failureInBrief = (failure: HandshakeFailure): string =>
	failure.kind === 'own-stack' ? failure.code! : endingInWords(failure.kind, failure);

const wantsCertificate = ({wantsClientCertificate}: ConfirmedReport): string =>
	wantsClientCertificate ? ', it asks for a client certificate' : '';

const difference = ({differsFrom}: ConfirmedReport): string =>
	differsFrom === undefined ? '' : `, while ${differsFrom.version} gets ${answerInWords(differsFrom.answer)}`;

function answerInWords(answer: AnswerReport): string {
	switch (answer.kind) {
		case 'http': {
			const {status, code, words, reason} = answer;
			const what = code ?? (words === undefined ? undefined : JSON.stringify(words)) ?? (status! >= 400 ? reason : undefined);
			return what === undefined ? `HTTP ${status}` : `HTTP ${status} ${what}`;
		}

		case 'not-http':
			return `something other than HTTP: ${answer.looksLike}`;
		default:
			return endingInWords(answer.kind, answer);
	}
}

function failureInWords(failure: HandshakeFailure): string {
	switch (failure.kind) {
		case 'unreachable':
			return `no connection (${failure.code})`;
		case 'proxy-refused':
			return `the proxy refused: ${failure.words}`;
		case 'starttls-refused':
			return `STARTTLS refused: ${failure.words}`;
		case 'own-stack':
			return `an error of the local TLS library, which is not a refusal (${failure.code})`;
		default:
			return endingInWords(failure.kind, failure);
	}
}

function endingInWords(
	kind: HandshakeFailure['kind'] | AnswerReport['kind'],
	{alert, problem, code, because}: Pick<HandshakeFailure, 'alert' | 'problem' | 'code' | 'because'>,
): string {
	switch (kind) {
		case 'alert': {
			const known = alerts.entries.find(({name}) => name === alert);
			return `alert ${known === undefined ? alert : `${known.code} ${alert}`}`;
		}

		case 'closed':
			return 'the connection was closed';
		case 'reset':
			return 'the connection was reset';
		case 'silent':
			return 'no answer';
		case 'unasked':
		case 'unanswered':
			return because === 'cancelled' ? 'the run was interrupted' : 'the time ran out';
		case 'malformed':
			return `a malformed answer: ${problem}`;
		case 'own-stack':
			return `an error of the local TLS library (${code})`;
		default:
			return kind;
	}
}

/** A certificate in lines for a person: whose it is and whose word, until when, and what is wrong with it. */
export function certificateInWords(certificate: CertificateReport): string[] {
	const {subject, issuer, validTo, validity, selfSigned, fits, askedFor, chain = []} = certificate;
	// Where only what tells two apart was looked at, that is all there is to say.
	if (validity === undefined) {
		return [];
	}

	const until = validTo === undefined ? '' : `, ${validity === 'expired' ? 'expired' : 'valid until'} ${validTo.slice(0, 10)}`;
	const by = selfSigned ? 'self-signed' : `issued by ${shortName(issuer)}`;
	const notYet = validity === 'not-yet-valid' ? `, not valid before ${certificate.validFrom?.slice(0, 10)}` : '';
	const name = fits ? `for ${askedFor}` : `not for ${askedFor}`;
	return [
		`Certificate: ${shortName(subject)}, ${by}${until}${notYet}, ${name}.`,
		...(chain.length === 0 ? [] : [`Chain: ${chain.map(({subject: link}) => shortName(link)).join(', then ')}.`]),
	];
}

/** The common name is what people know a certificate by. */
const shortName = (name: string): string =>
	/(?:^|, )CN=((?:[^,\\]|\\.|,(?! [A-Za-z]+=))+)/.exec(name)?.[1] ?? (name === '' ? 'without a name' : name);
