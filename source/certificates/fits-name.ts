import {isIP} from 'node:net';
import {domainToASCII} from 'node:url';
import type {Certificate} from './certificate.js';

/**
Whether a certificate is for a name or an address, by RFC 9525: names and addresses of subjectAltName alone, never the subject; a wildcard is a whole
left-most label, and stands for one label.

@param asked - A host name, in any spelling, or an IP address.
*/
export function fitsName({x509}: Certificate, asked: string): boolean {
	if (isIP(asked) !== 0) {
		return x509.checkIP(asked) !== undefined;
	}

	const name = domainToASCII(asked.replace(/\.$/, ''));
	return name !== '' && x509.checkHost(name, {subject: 'never', partialWildcards: false, multiLabelWildcards: false}) !== undefined;
}
