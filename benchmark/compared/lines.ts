/** The names of the lines that testssl.sh prints by default, such as `Heartbleed (CVE-2014-0160)`. Lists of suites and of clients have no such names. */
export function linesOfTestssl(output: string): readonly string[] {
	const names = new Set<string>();
	let section = '';
	for (const text of output.split('\n')) {
		section = /^\s*(Testing|Running|Start|Done)\b.*/.exec(text)?.[0] ?? section;
		const name = /^ {1,3}(?! )(\S.*?)(?: {2,}|:? {2,}|$)/.exec(text)?.[1];
		if (
			name !== undefined &&
			!/Testing \d+ ciphers|client simulations|Start|Done/.test(section) &&
			/^[A-Z#a-z]/.test(name) &&
			/\s{2,}\S/.test(text.trim())
		) {
			names.add(name.replace(/:$/, '').replace(/, experiment(?:al|\.)$/, ''));
		}
	}

	return [...names];
}

/** The headings of sslyze's scans, such as `Session Renegotiation`. */
export const scansOfSslyze = (output: string): readonly string[] => [
	...new Set([...output.matchAll(/^ \* ((?!Client certificate|Connection timed)[A-Z].*?):/gm)].map(([, name]) => name!)),
];
