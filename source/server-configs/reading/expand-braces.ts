/**
Put in what stands for each `${NAME}`. One that nothing stands for is left as it is written.

@param most - Of a text that becomes longer, a part that is longer than this.
*/
export function expandBraces(text: string, most: number, heldBy: (name: string) => string | undefined): string {
	const parts: string[] = [];
	let rest = 0;
	let length = 0;
	for (let start = text.indexOf('${'); start !== -1 && length <= most; start = text.indexOf('${', rest)) {
		const end = text.indexOf('}', start);
		if (end === -1) {
			break;
		}

		const value = heldBy(text.slice(start + 2, end)) ?? text.slice(start, end + 1);
		parts.push(text.slice(rest, start), value);
		length += start - rest + value.length;
		rest = end + 1;
	}

	return rest === 0 ? text : [...parts, text.slice(rest)].join('');
}
