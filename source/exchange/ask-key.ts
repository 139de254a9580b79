import {createHash} from 'node:crypto';
import {type AskedExchange, specOf} from './exchanged.js';

/** What two connections have in common that ask the same: recordings are found by it. It does not depend on the order of fields. */
export function askKey(asked: AskedExchange): string {
	return createHash('sha256')
		.update(JSON.stringify([asked.kind, sorted(specOf(asked))]))
		.digest('hex')
		.slice(0, 16);
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) {
		return value.map(sorted);
	}

	return typeof value === 'object' && value !== null
		? Object.entries(value)
				.filter(([, field]) => field !== undefined)
				.toSorted(([one], [other]) => (one < other ? -1 : 1))
				.map(([name, field]) => [name, sorted(field)])
		: value;
}
