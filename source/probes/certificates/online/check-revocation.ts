import {tryDecode} from '../../../bytes/decode-error.js';
import type {Certificate} from '../../../certificates/certificate.js';
import {checkCrl} from '../../../certificates/check-crl.js';
import {makeOcspRequest} from '../../../certificates/ocsp-request.js';
import {checkOcspResponse, type OcspFacts} from '../../../certificates/ocsp-response.js';
import type {Conversation, FetchAsk} from '../../probe.js';
import type {FetchedReport, RevocationReport} from '../identity-report.js';
import {failureInWords, get, triedUrls} from './fetched.js';

/** A certificate whose status is asked for. */
export type ToCheck = {
	readonly leaf: Certificate;
	/** Undefined where it is not known. */
	readonly issuer: Certificate | undefined;
	/** What the server stapled, where it did. */
	readonly staple: OcspFacts | undefined;
	/** Milliseconds since 1970. */
	readonly now: number;
};

/** What one source says. `because`: why it says nothing. */
type Said = Pick<RevocationReport, 'status' | 'source' | 'url' | 'responder' | 'thisUpdate' | 'nextUpdate' | 'revokedAt' | 'because'> & {
	readonly fetched?: FetchedReport | undefined;
};

/**
Whether a certificate is revoked: by the OCSP responder that it names, else by the list that it names, else by the stapled response. A responder that
does not know the certificate is not overruled by a list that does not have it.
*/
export function* checkRevocation(checked: ToCheck): Conversation<RevocationReport, FetchAsk> {
	const said: Said[] = [];
	for (const url of triedUrls(checked.leaf.extensions.ocspUrls)) {
		said.push(yield* askResponder(checked, url));
		if (said.at(-1)!.status !== 'inconclusive') {
			break;
		}
	}

	const answer = said.find(({status}) => status !== 'inconclusive')?.status;
	for (const url of answer === undefined || answer === 'unknown' ? triedUrls(checked.leaf.extensions.crlUrls) : []) {
		said.push(yield* readList(checked, url));
		if (said.at(-1)!.status !== 'inconclusive') {
			break;
		}
	}

	return reportOf(said, checked);
}

function reportOf(said: readonly Said[], {leaf, staple, now}: ToCheck): RevocationReport {
	const stapled = staple?.status;
	const all: readonly Said[] =
		stapled === 'good' || stapled === 'revoked' || stapled === 'unknown'
			? [...said, {status: stapled, source: 'staple', ...timesOf(staple!)}]
			: said;
	const best = all.find(({status}) => status === 'revoked') ?? all.find(({status}) => status !== 'inconclusive');
	const hasUrls = [...(leaf.extensions.ocspUrls ?? []), ...(leaf.extensions.crlUrls ?? [])].length > 0;
	const because = hasUrls
		? [...new Set(said.map(item => `${item.url}: ${item.because}`))].join('; ') || 'the certificate names no URL over HTTP or HTTPS'
		: 'the certificate names neither an OCSP responder nor a list of revoked certificates';
	const {fetched: _, ...found} = best ?? {status: 'inconclusive' as const, because};
	return {...found, checkedAt: new Date(now).toISOString(), fetched: said.flatMap(item => item.fetched ?? [])};
}

const mostOcspBytes = 65_536;

/** Those of large authorities have some megabytes. */
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
	const isClear = status === 'good' || status === 'revoked' || status === 'unknown';
	return isClear
		? {status, source: 'ocsp', url, ...timesOf(facts), fetched: got.report}
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
		? {status, source: 'crl', url, ...timesOf(facts), fetched: got.report}
		: {status: 'inconclusive', url, because: `the list is not valid for it (${status.replaceAll('-', ' ')})`, fetched: got.report};
}

const unknownIssuer = 'the issuer is not known, so its signature cannot be checked';

type Times = Pick<OcspFacts, 'responder' | 'thisUpdate' | 'nextUpdate' | 'revokedAt'>;

function timesOf({responder, ...times}: Times): Pick<RevocationReport, keyof Times> {
	const inIso = (['thisUpdate', 'nextUpdate', 'revokedAt'] as const).flatMap(name => {
		const time = times[name];
		const date = new Date(time ?? Number.NaN);
		return Number.isNaN(date.getTime()) ? [] : [[name, date.toISOString()]];
	});
	return {...(responder === undefined ? {} : {responder}), ...Object.fromEntries(inIso)};
}
