import {helloLength} from '../../exchange/build-hello.js';
import type {HelloExtensions, HelloSpec} from '../../exchange/hello-spec.js';
import {cipherSuites} from '../../iana/cipher-suites.js';
import type {ToleranceField, UnusualItem} from './finding.js';

/** A hello that is unusual in one thing. */
export type Unusual = {
	readonly field: ToleranceField;
	readonly item: UnusualItem;
	readonly hello: HelloSpec;
	/** The same hello without that thing. It has to be accepted before and after a refusal. */
	readonly control: HelloSpec;
};

/** Hellos that the server accepts. The unusual ones are made from them. */
export type Bases = {
	/** Of the newest accepted version that has extensions. */
	readonly newest: HelloSpec;
	/** Of the newest one up to TLS 1.2; undefined where there is none. */
	readonly older: HelloSpec | undefined;
	/** Whether the user named the protocols of ALPN. */
	readonly hasOwnAlpn: boolean;
};

/** The code after TLS 1.3. */
const futureVersion = 0x03_05;

/** No server has a name under `.invalid`. RFC 6761 §6.4. */
export const unknownName = 'tlsprobe.invalid';

/** Lengths of the handshake message: between 256 and 511 bytes, above 511, and close to the limit of one record. RFC 7685 §1. */
const [awkwardBytes, longBytes, longestBytes] = [384, 768, 14_000];

/** More than 128, which some servers have as a limit. */
const manySuites = 160;

/** Suites for certificates and keys as most servers have them: the others ask for more than a place in a list. */
const plainSuites = /^TLS_(?:RSA|DHE?_(?:RSA|DSS)|ECDHE?_(?:RSA|ECDSA))_WITH_(?!NULL)/;

const withExtensions = (hello: HelloSpec, shape: string, more: Partial<HelloExtensions>): HelloSpec => ({
	...hello,
	shape,
	extensions: {...hello.extensions!, ...more},
});

/** All hellos without GREASE. One that cannot be made from the bases is left out. */
export function unusualHellos({newest, older}: Bases): readonly Unusual[] {
	const named = older ?? newest;
	const all: readonly (Unusual | undefined)[] = [
		{
			field: 'futureVersion',
			item: 'supported-versions',
			hello: withExtensions(newest, 'future-version', {
				supportedVersions: [futureVersion, ...(newest.version === 0x03_04 ? [] : [newest.version])],
			}),
			control: newest,
		},
		older && {
			field: 'futureVersion',
			item: 'legacy-version',
			hello: {...older, shape: 'future-legacy-version', legacyVersion: futureVersion, readsRandom: true},
			control: older,
		},
		sized(newest, '256-to-511-bytes', awkwardBytes),
		sized(newest, '14000-bytes', longestBytes),
		{
			field: 'manySuites',
			item: 'over-128-suites',
			hello: {...newest, shape: 'many-suites', cipherSuites: many(newest.cipherSuites)},
			// So many suites make it longer than 512 bytes.
			control: sized(newest, 'over-512-bytes', longBytes)?.hello ?? newest,
		},
		{field: 'splitHello', item: 'two-records', hello: {...newest, shape: 'two-records', split: 'records'}, control: newest},
		{field: 'splitHello', item: 'two-segments', hello: {...newest, shape: 'two-segments', split: 'segments'}, control: newest},
		{
			field: 'unknownName',
			item: 'name',
			hello: {...withExtensions(named, 'unknown-name', {serverName: unknownName}), readsRandom: true},
			control: named,
		},
	];
	return all.filter(item => item !== undefined);
}

/** A hello of more than 512 bytes. It is needed if the one with many suites, which is as long, is refused. */
export const over512 = ({newest}: Bases): Unusual | undefined => sized(newest, 'over-512-bytes', longBytes);

/** @returns Undefined where the hello is longer without padding. */
function sized(base: HelloSpec, item: UnusualItem, messageBytes: number): Unusual | undefined {
	const hello = withExtensions(base, `of-${item}`, {isRich: false, paddedTo: undefined, messageBytes});
	return helloLength(hello) === messageBytes + 5 ? {field: 'helloSize', item, hello, control: base} : undefined;
}

/** The suites of the hello come first, so that a server that follows their order selects the same one as before. */
const many = (suites: readonly number[]): readonly number[] =>
	[
		...suites,
		...cipherSuites.entries.filter(({name, code}) => plainSuites.test(name) && !suites.includes(code)).map(({code}) => code),
	].slice(0, manySuites);
