import {groupBy} from '../../bytes/group-by.js';

type Named = {readonly name: string};

const known = new WeakMap<readonly Named[], ReadonlyMap<string, readonly Named[]>>();

/** The directives of a block by their names, in their order. Each block is gone through once, however often it is asked. */
export function byName<Directive extends Named>(block: readonly Directive[]): ReadonlyMap<string, readonly Directive[]> {
	const before = known.get(block);
	if (before !== undefined) {
		return before as ReadonlyMap<string, readonly Directive[]>;
	}

	const groups = groupBy(block, ({name}) => name);
	known.set(block, groups);
	return groups;
}
