/** A cipher suite in CBC mode whose records this folder can encrypt. */
export type CbcSuite = {
	/** The name in `node:crypto`. */
	readonly cipher: string;
	readonly keyBytes: number;
	readonly mac: 'sha1' | 'sha256' | 'sha384';
	readonly macBytes: number;
	/** The hash of the PRF in TLS 1.2. RFC 5246 §5. */
	readonly prf: 'sha256' | 'sha384';
};

/** Blocks of AES and Camellia. */
export const blockBytes = 16;

const macs: Readonly<Record<string, Pick<CbcSuite, 'mac' | 'macBytes'>>> = {
	SHA: {mac: 'sha1', macBytes: 20},
	SHA256: {mac: 'sha256', macBytes: 32},
	SHA384: {mac: 'sha384', macBytes: 48},
};

const pattern =
	/^TLS_(?<exchange>RSA|DHE_RSA|DHE_DSS|ECDHE_RSA|ECDHE_ECDSA)_WITH_(?<cipher>AES|CAMELLIA)_(?<bits>128|256)_CBC_(?<mac>SHA|SHA256|SHA384)$/;

/** @returns Undefined for suites that Node.js does not support, and for suites without CBC. */
export function cbcSuiteOf(name: string): CbcSuite | undefined {
	const {cipher, bits, mac} = pattern.exec(name)?.groups ?? {};
	return cipher === undefined
		? undefined
		: {
				cipher: `${cipher.toLowerCase()}-${bits}-cbc`,
				keyBytes: Number(bits) / 8,
				...macs[mac!]!,
				prf: mac === 'SHA384' ? 'sha384' : 'sha256',
			};
}

const namedPattern =
	/^TLS_(?<exchange>RSA|DHE_RSA|DHE_DSS|ECDHE_RSA|ECDHE_ECDSA)_WITH_(?<cipher>AES|CAMELLIA(?!.*GCM))_(?<bits>128|256)_(?<mode>CBC|GCM)_(?<mac>SHA|SHA256|SHA384)$/;

/** The name in OpenSSL of a suite with AES in CBC or GCM mode, or with Camellia in CBC mode; undefined for others. */
export function opensslSuiteName(name: string): string | undefined {
	const {exchange, cipher, bits, mode, mac} = namedPattern.exec(name)?.groups ?? {};
	return exchange === undefined
		? undefined
		: `${exchange === 'RSA' ? '' : `${exchange.replace('_', '-')}-`}${cipher}${bits}-${mode === 'GCM' ? 'GCM-' : ''}${mac}`;
}
