import type {VersionName} from '../../iana/versions.js';
import type {WithoutSuite} from '../product.js';
import {evaluateCipherList} from './cipher-list.js';

const oldVersions: readonly VersionName[] = ['SSLv3', 'TLSv1.0', 'TLSv1.1'];

/** Whether a cipher list of OpenSSL's has suites of TLS 1.2 alone. Suites with pre-shared keys or passwords do not count: they need a shared secret. */
export function isForTls12Alone(list: string): boolean {
	const suites = evaluateCipherList(list)?.suites.filter(({keyExchange}) => !/PSK|SRP/.test(keyExchange)) ?? [];
	return suites.length > 0 && suites.every(({since}) => since === 'TLSv1.2');
}

/** The versions of those that are on which have no suite in a list; undefined where there are none. */
export function versionsWithoutSuite(
	accepts: readonly VersionName[],
	list: {readonly text: string; readonly statedAt: string} | undefined,
): WithoutSuite | undefined {
	const versions = accepts.filter(name => oldVersions.includes(name));
	return list !== undefined && versions.length > 0 && isForTls12Alone(list.text) ? {versions, statedAt: list.statedAt} : undefined;
}
