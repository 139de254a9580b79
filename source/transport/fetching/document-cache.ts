import type {Fetched} from './fetch-document.js';

/** Documents of a run, by what was asked for. Plain data of one thread. */
export type DocumentCache = {
	/** Oldest first. */
	readonly entries: Map<string, Promise<Fetched>>;
	/** Of all documents, in bytes. */
	size: number;
};

const mostBytes = 64 * 1024 * 1024;
const mostEntries = 1000;

/** Fetch what was not fetched yet. What fails is not asked again either, unless it was interrupted. */
export function throughCache(cache: DocumentCache, key: string, fetch: () => Promise<Fetched>): Promise<Fetched> {
	const known = cache.entries.get(key);
	if (known !== undefined) {
		return known;
	}

	const fetched = fetch();
	cache.entries.set(key, fetched);
	void fetched.then(result => {
		if (result.kind === 'failed') {
			if (result.reason === 'cancelled') {
				cache.entries.delete(key);
			}

			return;
		}

		cache.size += result.body.length;
		if (cache.size > mostBytes || cache.entries.size > mostEntries) {
			cache.entries.clear();
			cache.size = 0;
		}
	});
	return fetched;
}
