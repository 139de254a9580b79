import {X509Certificate} from 'node:crypto';

/** The names that the first certificate of a PEM file is for: of its subject, and the alternative ones. Undefined where there is none in it. */
export function certificateNames(
	pem: string | undefined,
): {readonly names: readonly string[]; readonly keyType: string | undefined} | undefined {
	const text = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/.exec(pem ?? '')?.[0];
	if (text === undefined) {
		return undefined;
	}

	try {
		const {subject = '', subjectAltName = '', publicKey} = new X509Certificate(text);
		const names = [
			...[...subject.matchAll(/^CN=(.+)$/gm)].map(([, name]) => name!),
			...[...subjectAltName.matchAll(/DNS:([\w.*-]+)(?:,|$)/g)].map(([, name]) => name!),
		];
		return {names: [...new Set(names.map(name => name.toLowerCase()))], keyType: publicKey.asymmetricKeyType};
	} catch {
		return undefined;
	}
}
