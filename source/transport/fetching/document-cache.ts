import type {Fetched} from './fetch-document.js';

/** The documents of a run, by their requests. Each thread has its own cache. */
export type DocumentCache = {
	/** Oldest first. */
	readonly entries: Map<string, Promise<Fetched>>;
	/** Bytes of all documents. */
	size: number;
};

const mostBytes = 64 * 1024 * 1024;
const mostEntries = 1000;

/** Fetch a document unless the cache has it. A failure is cached too, unless it is an interruption. */
export function throughCache(cache: DocumentCache, key: string, fetch: () => Promise<Fetched>): Promise<Fetched> {
	const known = cache.entries.get(key);
	if (known !== undefined) {
		return known;
	}

	const fetched = fetch();
	cache.entries.set(key, fetched);
	void fetched.then(result => {
		if (result.kind === 'document') {
			cache.size += result.body.length;
		} else if (result.reason === 'cancelled') {
			cache.entries.delete(key);
		}

		if (cache.size > mostBytes || cache.entries.size > mostEntries) {
			cache.entries.clear();
			cache.size = 0;
		}
	});
	return fetched;
}
