import type {ConfiguredEndpoint} from '../product.js';
import {ConfigurationError} from './configuration-error.js';

/** With many names on many ports there are more endpoints than a file has characters. These are more than are checked in a day. */
export const mostEndpoints = 65_536;

/**
The endpoints of several listeners.

@param endpointsOf - Of one; what it leaves out goes to the notes.
@throws {ConfigurationError} Where there are too many of them, or too many notes.
*/
export function collectEndpoints<Item>(
	items: Iterable<Item>,
	endpointsOf: (item: Item) => readonly ConfiguredEndpoint[],
	notes: readonly string[],
): ConfiguredEndpoint[] {
	const endpoints: ConfiguredEndpoint[] = [];
	for (const item of items) {
		for (const endpoint of endpointsOf(item)) {
			endpoints.push(endpoint);
		}

		if (endpoints.length + notes.length > mostEndpoints) {
			const place = (endpoints.at(-1)?.statedAt ?? notes.at(-1)!).split(': ', 1)[0];
			throw new ConfigurationError(`${place}: more than ${mostEndpoints} ports and names, each port with each of its names`);
		}
	}

	return endpoints;
}
