import {readFileSync} from 'node:fs';
import {splitPem} from '../../certificates/stores.js';
import type {AnyRequest} from '../../probes/probe.js';
import {withRequest} from '../../probes/requests.js';
import {UsageError} from '../command.js';

/**
The same requests, and the probe of certificates with the authorities of `--ca FILE`.

@throws {UsageError} For a file that cannot be read, or that has no certificate.
*/
export function withAuthorities(requests: readonly AnyRequest[], file: string | undefined): readonly AnyRequest[] {
	if (file === undefined) {
		return requests;
	}

	const certificates = splitPem(readText(file));
	if (certificates.length === 0) {
		throw new UsageError(`--ca ${file} has no certificate in PEM (-----BEGIN CERTIFICATE-----)`);
	}

	// Sorted, since results identify the certificates by a hash.
	return withRequest(requests, 'certificates', {ca: [...new Set(certificates)].toSorted().join('\n')});
}

function readText(file: string): string {
	try {
		return readFileSync(file, 'latin1');
	} catch (error) {
		throw new UsageError(`--ca ${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? (error as Error).message}`);
	}
}
