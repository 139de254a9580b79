/**
IANA's names of cipher suites, from the ciphers of each key exchange, with spaces between.

@param byExchange - By the part of a name before `_WITH_`, such as `ECDHE_RSA`; `TLS13` for suites that have none.
*/
export const suiteNames = (byExchange: Readonly<Record<string, string>>): readonly string[] =>
	Object.entries(byExchange).flatMap(([exchange, ciphers]) =>
		ciphers
			.trim()
			.split(/\s+/)
			.map(cipher => (exchange === 'TLS13' ? `TLS_${cipher}` : `TLS_${exchange}_WITH_${cipher}`)),
	);
