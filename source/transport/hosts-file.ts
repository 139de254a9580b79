import {type Address, addressOf} from './resolve.js';

/**
The names of a hosts file.

@param text - What `/etc/hosts` holds: an address, then names, then perhaps a comment, on each line. Other lines are passed over.
@returns By lower-case name, in the order of the file.
*/
export function parseHostsFile(text: string): ReadonlyMap<string, readonly Address[]> {
	const byName = new Map<string, Map<string, Address>>();
	for (const line of text.split(/\r?\n/)) {
		const [first, ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
		const address = addressOf(first!.replace(/%.*$/, ''));
		if (address === undefined) {
			continue;
		}

		for (const name of names.map(item => item.toLowerCase())) {
			const known = byName.get(name) ?? new Map<string, Address>();
			byName.set(name, known.set(address.address, known.get(address.address) ?? address));
		}
	}

	return new Map([...byName].map(([name, known]) => [name, [...known.values()]]));
}
