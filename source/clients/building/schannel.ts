import {cipherSuites} from '../../iana/cipher-suites.js';
import {type VersionName, versions} from '../../iana/versions.js';
import type {ClientProfile} from '../client-profile.js';
import {builds} from '../windows/versions.js';
import {defineClient} from './define-client.js';
import type {HelloFacts} from './hello-facts.js';
import {schannel} from './limits.js';
import {defaultSuitesOf, withoutWeakSuites} from './schannel-suites.js';

export type SchannelRequest = {
	/** Of Windows, such as 9600. */
	readonly build: number;
	/** Oldest first. */
	readonly versions: readonly VersionName[];
	/** Whether weak suites are left out, as SCH_USE_STRONG_CRYPTO has it. */
	readonly isStrong?: boolean | undefined;
	/** In place of the default ones. */
	readonly suites?: readonly number[] | undefined;
};

/**
What SChannel says: the suites of its Windows as far as they go with what is offered, and its extensions in a fixed order that
captures of several builds agree on.

There is no capture of a Windows Server, nor of .NET or PowerShell: theirs follow from this rule.
*/
export function schannelFacts({build, versions: offered, isStrong = false, suites = defaultSuitesOf(build)}: SchannelRequest): HelloFacts {
	const newest = offered.at(-1)!;
	const is13 = newest === 'TLSv1.3';
	const is12 = is13 || newest === 'TLSv1.2';
	const kept = isStrong ? withoutWeakSuites(suites, build) : suites;
	const before13 = {
		clientVersion: Math.min(versions.code(newest), 0x03_03),
		suites: kept.filter(code => isFor(code, newest, offered)),
		groups: groupsOf(build),
		schemes: schemesOf(build),
	};
	if (is13) {
		return {
			...before13,
			recordVersion: 0x03_01,
			hasSessionId: true,
			extensions: '0000 002b 000d 0023 000a 000b 0033 0031 0017 ff01 002d',
			supportedVersions: offered
				.toReversed()
				.map(name => versions.code(name).toString(16).padStart(4, '0'))
				.join(' '),
			shares: '001d',
		};
	}

	// Tickets came with Windows 8, extended_master_secret with updates for Windows 7 and later.
	const has = (since: number, type: string): string => (build >= since ? type : '');
	return build < builds.vista
		? {...before13, extensions: 'ff01'}
		: {
				...before13,
				extensions: ['0000 000a 000b', is12 ? '000d' : '', has(builds.eight, '0023'), has(builds.seven, '0017'), 'ff01'].join(' '),
			};
}

/** Hashes other than SHA-1 and MD5, and authenticated encryption, came with TLS 1.2. */
function isFor(code: number, newest: VersionName, offered: readonly VersionName[]): boolean {
	if (code >> 8 === 0x13) {
		return newest === 'TLSv1.3';
	}

	const isOf12 = /_SHA(?:256|384)$/.test(cipherSuites.label(code));
	return offered.some(name => (isOf12 ? name === 'TLSv1.2' : name !== 'TLSv1.3'));
}

function groupsOf(build: number): string {
	if (build < builds.seven) {
		return '0017 0018 0019';
	}

	return build < builds.ten1607 ? '0017 0018' : '001d 0017 0018';
}

function schemesOf(build: number): string {
	if (build >= builds.server2022) {
		return '0804 0805 0806 0401 0501 0201 0403 0503 0203 0202 0601 0603';
	}

	if (build >= builds.ten) {
		return '0401 0501 0201 0403 0503 0203 0202 0601 0603';
	}

	return build >= builds.eight ? '0401 0501 0601 0201 0403 0503 0603 0203 0202' : '0601 0603 0401 0501 0201 0403 0503 0203 0202';
}

type SchannelParts = Pick<ClientProfile, 'name' | 'title' | 'family' | 'sources' | 'confidence' | 'note'> &
	SchannelRequest & {readonly aliases?: readonly string[]};

/** The profile of a program that uses SChannel. */
export const defineSchannelClient = ({build, versions: offered, isStrong, suites, ...rest}: SchannelParts): ClientProfile => ({
	...defineClient({
		...rest,
		versions: [offered[0]!, offered.at(-1)!],
		limits: schannel,
		// Captures of Internet Explorer are listed with these limits; before Windows 7 nothing is known of any.
		...(build >= builds.seven ? {dhBits: {least: 1024, most: 4096}} : {}),
		facts: schannelFacts({build, versions: offered, isStrong, suites}),
	}),
	versions: offered,
});
