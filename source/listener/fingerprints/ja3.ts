import {createHash} from 'node:crypto';
import {isGrease, type SeenHello} from '../../exchange/read-client-hello.js';

export type Ja3 = {
	readonly hash: string;
	/** The input of the hash: version, suites, extensions, groups and point formats, in decimal. */
	readonly text: string;
};

/** JA3, as its authors (Salesforce) published it: MD5 over the hello's values, in order and without GREASE. Undefined for the format of SSL 2. */
export function ja3Of({format, legacyVersion, cipherSuites, extensions, groups, pointFormats}: SeenHello): Ja3 | undefined {
	if (format === 'ssl2') {
		return undefined;
	}

	const list = (codes: readonly number[] = []): string => codes.filter(code => !isGrease(code)).join('-');
	const text = [
		legacyVersion,
		list(cipherSuites),
		list(extensions?.map(({type}) => type)),
		list(groups),
		(pointFormats ?? []).join('-'),
	].join(',');
	return {hash: createHash('md5').update(text).digest('hex'), text};
}
