const version = String.raw`\b(?:TLS|SSL)(?:[ -]?v?\d(?:\.\d)?)`;
/** Within a sentence; a full stop within a number ends none. */
const gap = String.raw`(?:[^.<>]|\.(?=\d)){0,60}?`;
const refusing = String.raw`(?:not|no longer|never)\s+(?:be\s+)?(?:permitted|supported|allowed|accepted|available|enabled)|unsupported|deprecated|disabled|too (?:low|old)|outdated|obsolete|insecure`;

/** What is said of a version by those who refuse it. Words about certificates or about TLS as such are none of these. */
const signs: readonly RegExp[] = [
	new RegExp(String.raw`(?:${version}|\b(?:TLS|SSL)\s+(?:protocol\s+)?version)${gap}(?:${refusing})`, 'i'),
	/\b(?:unsupported|deprecated|disabled|outdated|obsolete|insecure|old)\s+(?:TLS|SSL)\s+(?:protocol|version)/i,
	new RegExp(String.raw`${version}\s*(?:,|\()?\s*(?:or|and)\s+(?:higher|later|newer|above|up|greater)${gap}(?:required|needed|must)`, 'i'),
	new RegExp(`(?:requires?|needs?|must use|upgrade to|at least)${gap}${version}`, 'i'),
	/\bminimum\s+(?:TLS|SSL)\s+(?:protocol\s+)?version/i,
];

/**
The words by which the text of an error says that a version of TLS is what is wrong; undefined where it does not.

@param text - At most tens of kilobytes, of any origin.
*/
export function wordsOfTls(text: string): string | undefined {
	// Markup stands between words, and line ends where spaces do.
	const plain = text.replaceAll(/<[^<>]{0,500}>/g, ' ').replaceAll(/\s+/g, ' ');
	for (const sign of signs) {
		const match = sign.exec(plain);
		if (match !== null) {
			return match[0];
		}
	}

	return undefined;
}
