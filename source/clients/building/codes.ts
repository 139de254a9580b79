/** Codes as references list them: hexadecimal, with spaces between. */
export const codes = (text: string): readonly number[] =>
	text
		.trim()
		.split(/\s+/)
		.filter(Boolean)
		.map(code => Number.parseInt(code, 16));
