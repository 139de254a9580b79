import {tryDecode} from '../../../bytes/decode-error.js';
import type {Certificate} from '../../../certificates/certificate.js';
import {checkCrl} from '../../../certificates/check-crl.js';
import {makeOcspRequest} from '../../../certificates/ocsp-request.js';
import {checkOcspResponse, type OcspFacts} from '../../../certificates/ocsp-response.js';
import type {Conversation, FetchAsk} from '../../probe.js';
import {describeTimes} from '../describe-times.js';
import type {FetchedReport, RevocationStatus} from '../identity-report.js';
import {failureInWords, get, triedUrls} from './fetched.js';

/** A certificate whose revocation is checked. */
export type ToCheck = {
	readonly leaf: Certificate;
	/** Its issuer; undefined where it is not known. */
	readonly issuer: Certificate | undefined;
	/** The stapled response, if there is one. */
	readonly staple: OcspFacts | undefined;
	/** Milliseconds since 1970. */
	readonly now: number;
};

/** The status by one source. */
type Said = Omit<RevocationStatus, 'fetched'> & {readonly fetched?: FetchedReport | undefined};

/**
Check whether a certificate is revoked: by the OCSP responder that it names, else by the list that it names, else by the stapled response. If the
responder does not know the certificate, a list without the certificate does not change that status.
*/
export function* checkRevocation(checked: ToCheck): Conversation<RevocationStatus, FetchAsk> {
	const said: Said[] = [];
	const {ocspUrls, crlUrls} = checked.leaf.extensions;
	yield* trySources(ocspUrls, url => askResponder(checked, url), said);
	const answer = said.at(-1)?.status ?? 'inconclusive';
	if (answer === 'inconclusive' || answer === 'unknown') {
		yield* trySources(crlUrls, url => readList(checked, url), said);
	}

	return reportOf(said, checked);
}

/** Ask one URL after another, until one has a status. */
function* trySources(
	urls: readonly string[] | undefined,
	ask: (url: string) => Conversation<Said, FetchAsk>,
	said: Said[],
): Conversation<void, FetchAsk> {
	for (const url of triedUrls(urls)) {
		const item = yield* ask(url);
		said.push(item);
		if (item.status !== 'inconclusive') {
			return;
		}
	}
}

function reportOf(said: readonly Said[], {leaf, staple}: ToCheck): RevocationStatus {
	const stapled = staple?.status;
	const all: readonly Said[] = isClear(stapled) ? [...said, {status: stapled, source: 'staple', ...describeTimes(staple!)}] : said;
	const best = all.find(({status}) => status === 'revoked') ?? all.find(({status}) => status !== 'inconclusive');
	const because = namesSource(leaf)
		? [...new Set(said.map(item => `${item.url}: ${item.because}`))].join('; ') || 'the certificate names no URL over HTTP or HTTPS'
		: 'the certificate names neither an OCSP responder nor a list of revoked certificates';
	const {fetched: _, ...found} = best ?? {status: 'inconclusive' as const, because};
	return {...found, fetched: said.flatMap(item => item.fetched ?? [])};
}

/** Whether it names an OCSP responder or a list of revoked certificates. */
export const namesSource = ({extensions: {ocspUrls = [], crlUrls = []}}: Certificate): boolean => ocspUrls.length > 0 || crlUrls.length > 0;

const isClear = (status: OcspFacts['status'] | undefined): status is 'good' | 'revoked' | 'unknown' =>
	status === 'good' || status === 'revoked' || status === 'unknown';

const mostOcspBytes = 65_536;

/** Lists of large authorities have several megabytes. */
const mostCrlBytes = 16 * 1024 * 1024;

function* askResponder({leaf, issuer, now}: ToCheck, url: string): Conversation<Said, FetchAsk> {
	const body = issuer && tryDecode(() => makeOcspRequest(leaf, issuer));
	if (body === undefined) {
		return {status: 'inconclusive', url, because: unknownIssuer};
	}

	const got = yield* get({url, posted: {contentType: 'application/ocsp-request', body}, mostBytes: mostOcspBytes});
	if (got.body === undefined) {
		return {status: 'inconclusive', url, because: failureInWords(got.report), fetched: got.report};
	}

	const facts = checkOcspResponse(got.body, leaf, issuer, now);
	const {status} = facts;
	return isClear(status)
		? {status, source: 'ocsp', url, ...describeTimes(facts), fetched: got.report}
		: {status: 'inconclusive', url, because: `the OCSP response is not valid (${status.replaceAll('-', ' ')})`, fetched: got.report};
}

function* readList({leaf, issuer, now}: ToCheck, url: string): Conversation<Said, FetchAsk> {
	if (issuer === undefined) {
		return {status: 'inconclusive', url, because: unknownIssuer};
	}

	const got = yield* get({url, mostBytes: mostCrlBytes});
	if (got.body === undefined) {
		return {status: 'inconclusive', url, because: failureInWords(got.report), fetched: got.report};
	}

	const facts = checkCrl(got.body, leaf, issuer, url, now);
	const {status} = facts;
	return status === 'good' || status === 'revoked'
		? {status, source: 'crl', url, ...describeTimes(facts), fetched: got.report}
		: {status: 'inconclusive', url, because: `the list is not valid for it (${status.replaceAll('-', ' ')})`, fetched: got.report};
}

const unknownIssuer = 'the issuer is not known, so its signature cannot be checked';
