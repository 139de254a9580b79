import {X509Certificate} from 'node:crypto';

/** The names that the first certificate of a PEM file is for, without wildcards; none where there is no certificate in it. */
export function namesInCertificate(pem: string): string[] {
	const text = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/.exec(pem)?.[0];
	if (text === undefined) {
		return [];
	}

	try {
		const {subjectAltName = ''} = new X509Certificate(text);
		return [...subjectAltName.matchAll(/DNS:([\w.-]+)(?:,|$)/g)].map(([, name]) => name!.toLowerCase());
	} catch {
		return [];
	}
}
