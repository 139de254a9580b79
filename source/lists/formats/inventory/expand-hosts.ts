/** So many hosts an inventory may name: they are all held. */
export const mostHosts = 262_144;

type Part = {readonly size: number; readonly at: (index: number) => string};

/**
The hosts of a pattern in an Ansible inventory: `web[01:20].example.com`, `db-[a:f]`, `n[0:10:2]`.

@param most - How many it may be.
@returns What is wrong with it, if anything.
*/
export function expandHosts(pattern: string, most: number): readonly string[] | string {
	if (!pattern.includes('[')) {
		return most < 1 ? tooMany : [pattern];
	}

	const parts: Part[] = [];
	let size = 1;
	for (const [, plain, range] of pattern.matchAll(/([^[\]]+)|\[([^[\]]*)\]|[[\]]/g)) {
		const part = plain === undefined ? readRange(range ?? '') : {size: 1, at: () => plain};
		if (part === undefined) {
			return `not a range of hosts: ${JSON.stringify(pattern)}; write [01:20], [a:f] or [0:10:2]`;
		}

		parts.push(part);
		size *= part.size;
		if (size > most) {
			return tooMany;
		}
	}

	return Array.from({length: size}, (_, index) => nameAt(parts, index));
}

const tooMany = `more than ${mostHosts} hosts in one inventory`;

/** The last range goes through its hosts before the one in front of it goes on. */
function nameAt(parts: readonly Part[], index: number): string {
	let name = '';
	let rest = index;
	for (const {size, at} of parts.toReversed()) {
		name = at(rest % size) + name;
		rest = Math.floor(rest / size);
	}

	return name;
}

function readRange(text: string): Part | undefined {
	const {first = '', last, step = '1'} = /^(?<first>\d*|[a-zA-Z]):(?<last>\d+|[a-zA-Z])(?::(?<step>\d+))?$/.exec(text)?.groups ?? {};
	if (last === undefined || Number(step) < 1) {
		return undefined;
	}

	const isNumeric = /^\d*$/.test(first);
	if (isNumeric !== /^\d/.test(last) || last.length > 9) {
		return undefined;
	}

	const [from, to] = isNumeric ? [Number(first), Number(last)] : [first.charCodeAt(0), last.charCodeAt(0)];
	const size = Math.floor((to - from) / Number(step)) + 1;
	// A zero in front says how wide the numbers are.
	const width = first.startsWith('0') ? first.length : 0;
	return size < 1
		? undefined
		: {
				size,
				at(index) {
					const value = from + index * Number(step);
					return isNumeric ? String(value).padStart(width, '0') : String.fromCharCode(value);
				},
			};
}
