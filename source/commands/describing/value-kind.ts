/** What the value of a flag is, or a word that is no flag's. What may stand for each of the named kinds: `valueWords`. */
export type ValueKind =
	/** Free text: a number, a time, a URL. Nothing is offered for it. */
	'text' | 'file' | 'folder' | 'host' | NamedKind;

/** Of which there is a list. */
export type NamedKind =
	| 'addresses'
	| 'answers'
	| 'architectures'
	| 'baseline-formats'
	| 'catalogs'
	| 'clients'
	| 'clouds'
	| 'explain-formats'
	| 'formats'
	| 'hosts-formats'
	| 'peers'
	| 'policies'
	| 'probes'
	| 'products'
	| 'protocols'
	| 'proxies'
	| 'proxy-protocols'
	| 'roles'
	| 'scanned-ports'
	| 'schemas'
	| 'shells'
	| 'starttls'
	| 'switches'
	| 'text-formats'
	| 'topics'
	| 'verdicts'
	| 'versions'
	| 'windows-clients'
	| 'windows-servers'
	| 'windows-services'
	| 'windows-versions';
