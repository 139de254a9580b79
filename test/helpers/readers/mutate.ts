/** Numbers from a seed, the same each time. Mulberry32. */
export function randomFrom(seed: number): (below: number) => number {
	let state = seed >>> 0;
	return below => {
		state = (state + 0x6d_2b_79_f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
	};
}

type Random = ReturnType<typeof randomFrom>;
type Mutation = (text: string, random: Random) => string;

const values: readonly unknown[] = [null, 0, -1, 1.5, 1e300, '', 'a', '\u0000', true, [], {}, [null], [[]], {a: null}, '__proto__'];
const words: readonly string[] = [
	'"',
	"'",
	'{',
	'}',
	'[',
	']',
	'<',
	'>',
	'\\',
	'\n',
	'\r',
	'\t',
	' ',
	':',
	';',
	',',
	'#',
	'=',
	'-',
	'*',
	'&',
	'${',
	'}',
	'/',
	'@',
	'\0',
	'\xff',
	'0',
	'9999999999',
	'-1',
	'null',
	'__proto__',
	'constructor',
];

function within(value: unknown, random: Random): unknown {
	const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
	if (keys.length === 0 || random(4) === 0) {
		return values[random(values.length)];
	}

	const key = keys[random(keys.length)]!;
	const inner = (value as Record<string, unknown>)[key];
	return Array.isArray(value)
		? value.map((item, index) => (String(index) === key ? within(item, random) : item))
		: {...(value as object), [key]: within(inner, random)};
}

const byLine =
	(change: (lines: string[], random: Random) => void): Mutation =>
	(text, random) => {
		const lines = text.split('\n');
		change(lines, random);
		return lines.join('\n');
	};

const mutations: readonly Mutation[] = [
	(text, random) => text.slice(0, random(text.length + 1)),
	(text, random) => text.slice(random(text.length + 1)),
	(text, random) => {
		const place = random(text.length + 1);
		return text.slice(0, place) + words[random(words.length)] + text.slice(place + random(3));
	},
	(text, random) => {
		const place = random(text.length);
		return text.slice(0, place) + String.fromCharCode(random(256)) + text.slice(place + 1);
	},
	(text, random) => {
		const [one, other] = [random(text.length), random(text.length)].toSorted((a, b) => a - b) as [number, number];
		return text.slice(0, other) + text.slice(one, other).slice(0, 2000) + text.slice(other);
	},
	byLine((lines, random) => {
		const [one, other] = [random(lines.length), random(lines.length)];
		[lines[one], lines[other]] = [lines[other]!, lines[one]!];
	}),
	byLine((lines, random) => {
		lines.splice(random(lines.length), 1);
	}),
	byLine((lines, random) => {
		const place = random(lines.length);
		lines.splice(place, 0, lines[place]!);
	}),
	(text, random) => {
		try {
			return JSON.stringify(within(JSON.parse(text), random));
		} catch {
			return text;
		}
	},
	byLine((lines, random) => {
		const place = random(lines.length);
		try {
			lines[place] = JSON.stringify(within(JSON.parse(lines[place]!), random));
		} catch {}
	}),
];

/** A text with one to three changes. */
export function mutated(text: string, random: Random): string {
	let result = text;
	for (let left = 1 + random(3); left > 0; left--) {
		result = mutations[random(mutations.length)]!(result, random);
	}

	return result.slice(0, 65_536);
}
