import type {ToleranceField, UnusualItem} from './finding.js';

/** What people call them. */
export const fieldTitles: Readonly<Record<ToleranceField, string>> = {
	grease: 'GREASE',
	futureVersion: 'future versions',
	helloSize: 'sizes of the hello',
	manySuites: 'many cipher suites',
	splitHello: 'a hello in two parts',
	unknownName: 'an unknown server name',
};

const itemWords: Readonly<Record<UnusualItem, string>> = {
	'cipher-suite': 'an unknown cipher suite',
	extension: 'an unknown extension',
	group: 'an unknown group',
	'key-share': 'an unknown key share',
	'signature-scheme': 'an unknown signature scheme',
	version: 'an unknown version',
	alpn: 'an unknown protocol in ALPN',
	'psk-mode': 'an unknown PSK mode',
	'compression-method': 'an unknown compression method',
	combination: 'all of them together',
	'supported-versions': 'a later version in supported_versions',
	'legacy-version': 'a later legacy_version',
	'256-to-511-bytes': 'a hello of 256 to 511 bytes',
	'over-512-bytes': 'a hello of more than 512 bytes',
	'14000-bytes': 'a hello of 14,000 bytes',
	'over-128-suites': 'more than 128 cipher suites',
	'two-records': 'a hello in two records',
	'two-segments': 'a hello in two segments',
	name: 'an unknown server name',
};

/** A report of a later version may have other items. */
export const itemInWords = (item: UnusualItem): string => itemWords[item] ?? item;

export const items = Object.keys(itemWords) as readonly UnusualItem[];

/** The document that requires servers to accept it. A server may refuse an unknown name. */
export const sources: Readonly<Partial<Record<ToleranceField, string>>> = {
	grease: 'RFC 8701',
	futureVersion: 'RFC 9846',
	helloSize: 'RFC 7685',
	manySuites: 'RFC 9846',
	splitHello: 'RFC 9846',
};
