import {listed} from '../../bytes/listed.js';
import {type VersionName, versionNames} from '../../iana/versions.js';
import type {Document} from './documents.js';
import {fieldAt, isTrue, textOf, textsOf, type Value} from './located-fields.js';
import {exactly, type StatedVersions} from './stated-versions.js';

/** What Traefik's TLS options of one name say. */
export type TraefikTls = StatedVersions & {
	readonly statedAt: string;
	readonly likelyCause?: string | undefined;
	/** Whether a hello without a name, or with one that no certificate is for, is refused. */
	readonly isStrict: boolean;
	/** Why Traefik does not load them; it then closes connections that need them. */
	readonly problem?: string | undefined;
};

const versionsByName: ReadonlyMap<string, VersionName> = new Map([
	['VersionTLS10', 'TLSv1.0'],
	['VersionTLS11', 'TLSv1.1'],
	['VersionTLS12', 'TLSv1.2'],
	['VersionTLS13', 'TLSv1.3'],
]);

const rank = (name: VersionName): number => versionNames.indexOf(name);

const olderDefault = 'Traefik before 2.11 accepts TLS 1.0 and 1.1 where minVersion is not set';

/** What holds where no options are named `default`. The lowest version of these is TLS 1.2 from Traefik 2.9 on. */
export const builtInOptions = (place: string): TraefikTls => ({
	...exactly(new Set(['TLSv1.2', 'TLSv1.3'])),
	statedAt: `${place}: no TLS options named default, so Traefik's defaults apply`,
	likelyCause: 'early releases of Traefik 2 accept TLS 1.0 and 1.1 by default',
	isStrict: false,
});

/**
Read TLS options. Where they say nothing of the lowest version, it is Go's: TLS 1.2 from Traefik 2.11 on.

A name of a version that there is none of is as if it were not there.
*/
export function readTlsOptions(name: string, value: Value, at: string, {place}: Document, notes: string[]): TraefikTls {
	const [lowest, highest] = (['minVersion', 'maxVersion'] as const).map(field => {
		const stated = fieldAt(value, field);
		const word = textOf(stated);
		const version = versionsByName.get(word ?? '');
		if (stated !== undefined && word !== '' && version === undefined) {
			notes.push(
				`${place(stated)}: ${field} ${JSON.stringify(word ?? '')} is ignored, as in Traefik: valid values are VersionTLS10 to VersionTLS13`,
			);
		}

		return version && {version, statedAt: `${place(stated!)}: ${field} ${word}`};
	});
	const suites = textsOf(fieldAt(value, 'cipherSuites'));
	const [from, to] = [rank(lowest?.version ?? 'TLSv1.2'), rank(highest?.version ?? 'TLSv1.3')];
	const inRange = versionNames.filter(version => rank(version) >= from && rank(version) <= to);
	const on = inRange.filter(version => hasSuite(version, suites));
	const stated = [
		...[lowest, highest].flatMap(one => one?.statedAt ?? []),
		...(lowest === undefined ? [`${at}: TLS options ${name}, minVersion not set`] : []),
		...(on.length < inRange.length
			? [`${place(fieldAt(value, 'cipherSuites')!)}: cipherSuites, none for ${listed(inRange.filter(version => !on.includes(version)))}`]
			: []),
	];
	const unknown = suites.find(suite => !/^TLS_\w+$/.test(suite));
	const problem =
		unknown === undefined
			? on.length === 0 && `${stated.join(', ')}: the TLS options ${name} allow no version`
			: `${place(fieldAt(value, 'cipherSuites')!)}: Traefik does not load the TLS options ${name}: it knows no cipher suite ${JSON.stringify(unknown)}`;
	return {
		...exactly(new Set(on)),
		statedAt: stated.join(', '),
		likelyCause: lowest === undefined ? olderDefault : undefined,
		isStrict: isTrue(fieldAt(value, 'sniStrict')),
		problem: problem || undefined,
	};
}

/**
Of the suites that are listed, those for TLS 1.3 have no effect at all: Go has all of them on. Those before TLS 1.2 need one that is no AEAD and has
no SHA-2.
*/
function hasSuite(version: VersionName, suites: readonly string[]): boolean {
	if (suites.length === 0 || version === 'TLSv1.3') {
		return true;
	}

	return suites.some(suite => (version === 'TLSv1.2' ? !/^TLS_(?:AES_|CHACHA20_)/.test(suite) : /(?:_CBC|_RC4_128)_SHA$/.test(suite)));
}
