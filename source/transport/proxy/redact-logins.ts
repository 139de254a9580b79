/** The possible start of a URL's login, with the quote before the URL if there is one. */
const loginStart = /(?<quote>["']?)(?:[a-z][a-z\d+.-]{0,30}:)?\/\//gi;

/** Logins in tlsprobe's own examples, also without the password. */
const isHarmless = (login: string): boolean => /^(?:\*\*\*|[^:@]*:\*\*\*|[^:@]*:PASSWORD|user:(?:password|secret))$/.test(login);

/**
A message without the logins of URLs. The user is removed too, because it may be a token. Without quotes around a URL, its login ends at the last at
sign before the next URL. Takes time in proportion to the length of the message.
*/
export const redactLogins = (message: string): string => (message.includes('@') ? message.split('\n').map(redactLine).join('\n') : message);

function redactLine(line: string): string {
	const starts = [...line.matchAll(loginStart)];
	let safe = '';
	let done = 0;
	for (const [index, match] of starts.entries()) {
		const start = match.index + match[0].length;
		const end = endOfUrl(line, start, match.groups!.quote!, starts[index + 1]?.index ?? line.length);
		const login = line
			.slice(start, end)
			.replace(/[^@]*$/, '')
			.slice(0, -1);
		const word = /^[^\s"'@]*(?=@)/.exec(line.slice(start, end))?.[0];
		if (login !== '' && !isHarmless(login) && !(word !== undefined && isHarmless(word)) && start >= done) {
			safe += `${line.slice(done, start)}***`;
			done = start + login.length;
		}
	}

	return withoutScheme(safe + line.slice(done));
}

/** The next quote of the kind that is before the URL, unless it is escaped. */
function endOfUrl(line: string, start: number, quote: string, next: number): number {
	const closing = quote === '' ? -1 : line.slice(start).search(quote === '"' ? /(?<!\\)"/ : /(?<!\\)'/);
	return closing === -1 ? next : start + closing;
}

/** `user:password@host` as a word, or in quotes. */
const withoutScheme = (line: string): string =>
	line.replaceAll(/(?<=^|["\s])[^\s"':@/\\]{1,200}:(?![\\/]|\d+:|\*\*\*@)[^\s"']{1,500}@/g, '***@');
