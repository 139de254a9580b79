import type {Resolved, Resolver} from './resolve.js';

/** More names than this are not kept: the longest unused goes first. */
const mostNames = 16_384;

/** Asks for each name once a run. Two that want the same name at the same time share one question; failures are kept too. */
export function cacheNames(resolver: Resolver): Resolver {
	const known = new Map<string, Promise<Resolved>>();
	return (host, timeoutMs, signal) => {
		const cached = known.get(host);
		const resolved = cached ?? resolver(host, timeoutMs, signal);
		known.delete(host);
		known.set(host, resolved);
		if (known.size > mostNames) {
			known.delete(known.keys().next().value!);
		}

		return resolved;
	};
}
