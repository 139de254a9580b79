import {readFileSync} from 'node:fs';
import {decodeText} from '../../bytes/decode-text.js';
import {whyUnreadable} from '../../bytes/why-unreadable.js';
import {splitPem} from '../../certificates/stores.js';
import {UsageError} from '../command.js';

/**
The certificates of `--ca FILE`, in PEM.

@throws {UsageError} For a file that cannot be read, or that has no certificate.
*/
export function readAuthorities(file: string): string {
	const certificates = splitPem(readText(file));
	if (certificates.length === 0) {
		throw new UsageError(`--ca ${file} has no certificate in PEM (-----BEGIN CERTIFICATE-----)`);
	}

	// Sorted, since results identify the certificates by a hash.
	return [...new Set(certificates)].toSorted().join('\n');
}

function readText(file: string): string {
	try {
		return decodeText(readFileSync(file));
	} catch (error) {
		throw new UsageError(`--ca ${file} cannot be read: ${whyUnreadable(error)}`);
	}
}
