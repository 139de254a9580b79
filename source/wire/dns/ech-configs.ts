import type {Reader} from '../../bytes/reader.js';

/** A key for Encrypted Client Hello. RFC 9849 §4. */
export type EchConfig = {
	readonly version: number;
	/** Undefined for an unknown version. */
	readonly contents?: EchContents | undefined;
};

export type EchContents = {
	readonly configId: number;
	/** HPKE KEM. RFC 9180 §7.1. */
	readonly kem: number;
	readonly cipherSuites: readonly {readonly kdf: number; readonly aead: number}[];
	readonly maximumNameLength: number;
	/** The server name that is sent without encryption. */
	readonly publicName: string;
};

const ech = 0xfe_0d;

/**
An ECHConfigList: configurations in the server's order of preference.

@throws {DecodeError} If it is not one.
*/
export const readEchConfigs = (reader: Reader): readonly EchConfig[] =>
	reader.prefixed(2, 'ECHConfigList', list => {
		const configs: EchConfig[] = [];
		do {
			const version = list.uint16('version');
			configs.push(list.prefixed(2, 'contents', inner => ({version, contents: version === ech ? readContents(inner) : skip(inner)})));
		} while (list.left > 0);

		return configs;
	});

function skip(reader: Reader): undefined {
	reader.rest('contents');
}

function readContents(reader: Reader): EchContents {
	const configId = reader.uint8('config_id');
	const kem = reader.uint16('kem_id');
	reader.prefixed(2, 'public_key', inner => inner.rest('public_key'));
	const cipherSuites = reader.prefixed(2, 'cipher_suites', inner => {
		const suites: {kdf: number; aead: number}[] = [];
		while (inner.left > 0) {
			suites.push({kdf: inner.uint16('kdf_id'), aead: inner.uint16('aead_id')});
		}

		return suites;
	});
	const maximumNameLength = reader.uint8('maximum_name_length');
	const publicName = reader.prefixed(1, 'public_name', inner => Buffer.from(inner.rest('public_name')).toString('latin1'));
	reader.prefixed(2, 'extensions', inner => inner.rest('extensions'));
	return {configId, kem, cipherSuites, maximumNameLength, publicName};
}
