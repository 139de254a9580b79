/** Something that reads text or bytes that others wrote. */
export type InputReader = {
	/** `folder/name`, as in `source/`. */
	readonly name: string;
	/** @param text - One byte a character where bytes are read. */
	readonly read: (text: string) => unknown;
	/** Names of the errors by which it refuses an input. Any other error is a fault of ours. */
	readonly refusals?: readonly string[];
	/** What the general inputs are put behind, so that they get further than the first line. The empty text is always one. */
	readonly starts?: readonly string[];
	/** It takes long for any input: the general ones are tried with `--thorough` alone. */
	readonly isSlow?: boolean;
	/** Inputs of about this many characters that cost it most, by what they are. */
	readonly worst: Readonly<Record<string, (size: number) => string>>;
	/** Good inputs, to be mutated. */
	readonly samples: readonly string[];
};

/** A text of about `size` characters: a start, a unit as often as it fits, and an end. */
export const filled =
	(unit: string, start = '', end = '') =>
	(size: number): string =>
		start + unit.repeat(Math.max(1, Math.floor((size - start.length - end.length) / unit.length))) + end;

/** As `filled`, of units that are numbered. */
export const numbered =
	(unit: (index: number) => string, start = '', end = '') =>
	(size: number): string => {
		const parts = [start];
		for (let index = 0, length = start.length; length < size; index++) {
			parts.push(unit(index));
			length += parts.at(-1)!.length;
		}

		return parts.join('') + end;
	};

/** Units that are bad for some reader: what opens and does not close, what ends nothing, what may be cut in several ways. */
const units: readonly string[] = [
	...' \na0"\\([',
	...[' \n', 'a\n', '{a', '${a', '<a>', '<!--', '://', '/*', '"a,', '- ', '0000 ', 'a:b@'],
];

/** More of them, which take their time. */
const moreUnits: readonly string[] = [
	..."\t\0'`{<-:/=!&",
	...[
		'# \n',
		'*\n',
		'a=1\n',
		'{ a ',
		'${',
		'<a',
		'&a ',
		'\\"',
		' \\"',
		'=hex:,\\\n',
		'a: ',
		'? ',
		'0x',
		'1,',
		'a.',
		'0 ',
		'!(',
		'%25',
		'    ',
	],
];

/**
Every general input of a reader, and its own worst ones.

@param isThorough - More of them, and also behind each of its starts.
*/
export function* inputsOf(
	{starts = [], worst, isSlow = false}: InputReader,
	isThorough: boolean,
): Generator<readonly [title: string, make: (size: number) => string]> {
	const generalStarts = isThorough ? ['', ...starts] : isSlow ? [] : [''];
	for (const start of new Set(generalStarts)) {
		for (const unit of isThorough ? [...units, ...moreUnits] : units) {
			yield [`${JSON.stringify(start)} ${JSON.stringify(unit)}...`, filled(unit, start, 'x\n')];
		}
	}

	yield* Object.entries(worst);
}
