import {toHex} from '../../bytes/hex.js';
import type {ForwardProxy} from '../proxy/url.js';
import {addressScope} from './address-scope.js';
import {type DocumentCache, throughCache} from './document-cache.js';
import {type DocumentRequest, type Fetched, type FetchOptions, fetchDocument} from './fetch-document.js';

export type FetchWithin = FetchOptions & {
	/** The proxy of the connections to the target. With a proxy, no documents are fetched. */
	readonly proxy: ForwardProxy | undefined;
	readonly documents: DocumentCache | undefined;
};

/** Fetch a document once in a run, for all targets in networks of the same kind. */
export async function fetchWithin(request: DocumentRequest, options: FetchWithin): Promise<Fetched> {
	const {proxy, documents, timeoutMs, targetAddress} = options;
	if (proxy !== undefined) {
		return {kind: 'failed', reason: 'refused', message: 'with a proxy, nothing is fetched'};
	}

	if (timeoutMs <= 0) {
		return {kind: 'failed', reason: 'timeout', message: 'no time was left'};
	}

	const fetch = (): Promise<Fetched> => fetchDocument(request, options);
	const {url, posted} = request;
	const scope = targetAddress === null ? '' : addressScope(targetAddress);
	return documents === undefined ? fetch() : throughCache(documents, JSON.stringify([scope, url, posted && toHex(posted.body)]), fetch);
}
