import type {Completion, HttpAnswer, ServiceAnswer} from '../../exchange/completing/completion.js';
import type {Because, ConfirmFinding} from './confirm-finding.js';

const tls12 = 0x03_03;
/** Nothing newer could be demanded. */
const newest = 0x03_04;

/** Codes that services document for a version that is too old. */
const codesOfTls: ReadonlySet<string> = new Set([
	// Azure Storage, where the account demands more: "minimum required version of TLS for requests to a storage account".
	'TlsVersionNotPermitted',
]);

/** What is said of load, not of who asks. RFC 9110 §15.5, §15.6; RFC 6585 §4. */
const passingStatuses: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/** What a newer version of the same server gets: the only answer that an old version's answer can be compared with. */
export type Reference = {readonly version: number; readonly answer: ServiceAnswer};

export type Weighed = Pick<ConfirmFinding, 'verdict' | 'because' | 'differsFrom'>;

const unknown: Weighed = {verdict: 'unknown'};

/**
Tell what an answer says of the version that it came to. An error is no refusal of the version by itself: a login may be missing, a page may not exist. It
takes the service's own words for it, or another answer to the same request at a newer version.
*/
export function weighAnswer(version: number, {handshake, answer}: Completion, reference: Reference | undefined): Weighed {
	if (handshake.kind !== 'completed' || answer === undefined) {
		return unknown;
	}

	switch (answer.kind) {
		case 'silent':
		case 'unanswered':
		case 'own-stack':
			return unknown;
		case 'alert':
			return answer.alert === 'protocol_version' ? {verdict: 'refused', because: 'alert'} : weighClose(version, answer, reference);
		case 'closed':
		case 'reset':
		case 'malformed':
			return weighClose(version, answer, reference);
		case 'not-http':
			return weighOther(version, answer, reference);
		case 'http':
			return weighHttp(version, answer, reference);
		default:
			return answer satisfies never;
	}
}

function weighHttp(version: number, answer: HttpAnswer, reference: Reference | undefined): Weighed {
	if (isCodeOfTls(answer)) {
		return {verdict: 'refused', because: 'code'};
	}

	if (reference !== undefined && reference.version !== version && isSame(answer, reference.answer)) {
		return {verdict: 'served'};
	}

	const sign = signIn(answer);
	if (sign !== undefined && reference?.version !== version) {
		return {verdict: 'refused', because: sign};
	}

	if (sign !== undefined && version < newest) {
		return {verdict: 'undecided'};
	}

	if (answer.status < 300 || reference?.version === version) {
		return {verdict: 'served'};
	}

	if (reference === undefined) {
		return {verdict: answer.status < 400 ? 'served' : 'undecided'};
	}

	return differing(version, reference, answer.status >= 400 && !passingStatuses.has(answer.status));
}

/** By the case that services differ in: their documentation and their answers do not agree on it. */
const isCodeOfTls = ({code}: HttpAnswer): boolean =>
	code !== undefined && [...codesOfTls].some(known => known.toLowerCase() === code.toLowerCase());

/** What an error says of TLS in other words than a documented code. */
function signIn({status, words, upgrade}: HttpAnswer): Because | undefined {
	if (status < 400) {
		return undefined;
	}

	// RFC 2817 §4.2, RFC 9110 §15.5.22.
	return status === 426 && /\bTLS\b/i.test(upgrade ?? '') ? 'upgrade' : words === undefined ? undefined : 'words';
}

/** Something else than HTTP says nothing that could be understood, but it may be what newer versions get too. */
function weighOther(version: number, answer: ServiceAnswer, reference: Reference | undefined): Weighed {
	if (reference === undefined) {
		return {verdict: 'undecided'};
	}

	return reference.version === version || isSame(answer, reference.answer) ? {verdict: 'served'} : differing(version, reference, false);
}

/** A connection that ends without an answer counts where newer versions do get one. */
const weighClose = (version: number, answer: ServiceAnswer, reference: Reference | undefined): Weighed =>
	reference === undefined || isSame(answer, reference.answer)
		? unknown
		: differing(version, reference, reference.answer.kind === 'http' && answer.kind !== 'malformed');

const differing = (version: number, reference: Reference, isRefusal: boolean): Weighed =>
	isRefusal && version < reference.version
		? {verdict: 'refused', because: 'difference', differsFrom: reference}
		: {verdict: 'undecided', differsFrom: reference};

/** The newest version that got an answer from whatever listens there, and can speak for what it says to a version it does not mind. */
export function referenceAmong(completions: ReadonlyMap<number, Completion>): Reference | undefined {
	for (const [version, {handshake, answer}] of [...completions].toSorted(([one], [other]) => other - one)) {
		const isAnswer =
			answer?.kind === 'not-http' || (answer?.kind === 'http' && !isCodeOfTls(answer) && !passingStatuses.has(answer.status));
		if (version >= tls12 && handshake.kind === 'completed' && isAnswer) {
			return {version, answer: answer!};
		}
	}

	return undefined;
}

/** Whether two answers say the same, whenever they were given. */
export function isSame(one: ServiceAnswer, other: ServiceAnswer): boolean {
	if (one.kind === 'http' && other.kind === 'http') {
		return one.status === other.status && one.code === other.code;
	}

	if (one.kind === 'not-http' && other.kind === 'not-http') {
		return one.looksLike.protocol === other.looksLike.protocol;
	}

	return one.kind === other.kind;
}
