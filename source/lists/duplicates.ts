import type {Overrides} from '../engine/overrides.js';
import type {Target} from '../engine/target.js';
import {redactUrls} from '../transport/proxy/url.js';
import type {RangeEntry} from './entry.js';
import {createTargetSet, type TargetSet, type TargetSetOptions} from './target-set.js';
import {contains} from './targets/addresses.js';

/**
What targets are compared by: what is connected to, and how, but for passwords, which results do not hold. The columns that are carried through do not
count.
*/
export const keyOf = ({target}: Pick<Target, 'target'>, {serverName, address, starttls, proxy}: Overrides): string =>
	(serverName ?? address ?? starttls ?? proxy) === undefined
		? target
		: [target, serverName, address, starttls, proxy && redactUrls(proxy)].map(value => value ?? '').join('\n');

/** Tells whether a target came before. */
export type Duplicates = {
	/** Remembers a target. @returns Whether it is new. */
	add(target: Target, overrides: Overrides): boolean;
	/**
	Remembers a whole range.

	@returns For each of its targets, whether it is new. A large range is remembered as one, whatever is asked of it.
	*/
	addRange(range: RangeEntry): {readonly isKnownWhole: boolean; isNew(target: Target): boolean};
	/** How many targets take separate memory. */
	readonly size: number;
	/** Whether a target that comes twice may now be probed twice. */
	readonly isFull: boolean;
};

/** A range of fewer addresses is remembered address by address, as any list. */
const smallestWhole = 1024;
/** Every target is compared with each of them. */
const mostWhole = 128;

/** @param seen - The targets before. */
export function createDuplicates(options?: TargetSetOptions, seen: TargetSet = createTargetSet(options)): Duplicates {
	const whole: RangeEntry[] = [];

	const isIn = (ranges: readonly RangeEntry[], target: Target, overrides: Overrides): boolean =>
		ranges.length > 0 && ranges.some(range => covers(range, target, overrides));

	const add = (target: Target, overrides: Overrides): boolean => !isIn(whole, target, overrides) && seen.add(keyOf(target, overrides));

	return {
		add,
		addRange(range) {
			if (range.addresses.size < smallestWhole || whole.length >= mostWhole) {
				return {isKnownWhole: false, isNew: target => add(target, range.overrides)};
			}

			const earlier = [...whole];
			whole.push(range);
			return {
				isKnownWhole: true,
				isNew: target => !isIn(earlier, target, range.overrides) && !(seen.size > 0 && seen.has(keyOf(target, range.overrides))),
			};
		},
		get size() {
			return seen.size;
		},
		get isFull() {
			return seen.isFull;
		},
	};
}

const covers = (range: RangeEntry, target: Target, overrides: Overrides): boolean =>
	range.ports.includes(target.port) &&
	contains(range.addresses, target.host) &&
	keyOf(target, range.overrides) === keyOf(target, overrides);
