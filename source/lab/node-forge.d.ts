/** The files of node-forge that make a certificate. They load in half the time of the whole package. */
declare module 'node-forge/lib/pki.js' {
	type Digest = {readonly algorithm: string};
	type Name = readonly {readonly name: string; readonly value: string}[];
	type Key = {readonly n: unknown};

	type Certificate = {
		serialNumber: string;
		publicKey: Key;
		readonly validity: {notBefore: Date; notAfter: Date};
		setSubject(name: Name): void;
		setIssuer(name: Name): void;
		setExtensions(extensions: readonly object[]): void;
		sign(key: Key, digest: Digest): void;
	};

	const pki: {
		createCertificate(): Certificate;
		publicKeyFromPem(pem: string): Key;
		privateKeyFromPem(pem: string): Key;
		certificateToPem(certificate: Certificate): string;
	};
	export default pki;
}

declare module 'node-forge/lib/sha256.js' {
	const sha256: {create(): {readonly algorithm: string}};
	export default sha256;
}
