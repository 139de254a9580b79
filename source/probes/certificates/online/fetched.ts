import {sha256} from '../../../certificates/certificate.js';
import type {DocumentRequest} from '../../../transport/fetching/fetch-document.js';
import type {Conversation, FetchAsk} from '../../probe.js';
import type {FetchedReport} from '../identity-report.js';

/** A document, and its evidence for the report. */
export type Got = {readonly body: Uint8Array | undefined; readonly report: FetchedReport};

const [mostUrls, mostText] = [2, 500];

/** The URLs of a certificate that are tried: the first ones over HTTP or HTTPS. */
export const triedUrls = (urls: readonly string[] = []): readonly string[] => urls.filter(url => /^https?:/i.test(url)).slice(0, mostUrls);

/** Fetch one document. The body is undefined unless the HTTP status is 200. */
export function* get(request: DocumentRequest): Conversation<Got, FetchAsk> {
	const [answer] = yield [{kind: 'fetch', request}];
	const {fetched} = answer!;
	const url = request.url.slice(0, mostText);
	if (fetched.kind === 'failed') {
		return {body: undefined, report: {url, failure: fetched.reason, message: fetched.message.slice(0, mostText)}};
	}

	const {httpStatus, body} = fetched;
	return {body: httpStatus === 200 ? body : undefined, report: {url, httpStatus, bytes: body.length, sha256: sha256(body)}};
}

/** Why there is no document, in words: `HTTP status 404`. */
export const failureInWords = ({message, httpStatus}: FetchedReport): string => message ?? `HTTP status ${httpStatus}`;
