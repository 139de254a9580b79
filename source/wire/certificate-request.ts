import {Reader} from '../bytes/reader.js';
import {type Extension, extensionBlock, findReadable} from './extension.js';
import {signatureAlgorithms} from './extensions/index.js';
import {opaqueVector} from './lists.js';

/** What a server asks of a certificate of the client. */
export type CertificateRequest = {
	/** ClientCertificateType, up to TLS 1.2: 1 for rsa_sign, 64 for ecdsa_sign. */
	readonly types?: readonly number[] | undefined;
	/** Undefined before TLS 1.2. */
	readonly signatureSchemes?: readonly number[] | undefined;
	/** Distinguished names in DER; empty where any authority will do. */
	readonly authorities: readonly Uint8Array[];
};

/** RFC 5246 §7.4.4; RFC 4346 §7.4.4 without the schemes. */
export function readCertificateRequest(body: Uint8Array, version: number): CertificateRequest {
	const reader = new Reader(body);
	const types = reader.prefixed(1, 'certificate_types', list => list.list('certificate_types', item => item.uint8('certificate_types')));
	const signatureSchemes =
		version < 0x03_03
			? undefined
			: reader.prefixed(2, 'supported_signature_algorithms', list =>
					list.list('supported_signature_algorithms', item => item.uint16('supported_signature_algorithms')),
				);
	return {types, signatureSchemes, authorities: readAuthorities(reader)};
}

const certificateAuthorities = 0x00_2f;

/** Of TLS 1.3: everything is in extensions. RFC 9846 §4.4.2. */
export function readCertificateRequest13(body: Uint8Array): CertificateRequest {
	const reader = new Reader(body);
	opaqueVector('certificate_request_context', 1).decode(reader);
	const extensions = extensionBlock.decode(reader, 'clientHello');
	return {
		signatureSchemes: findReadable(extensions, signatureAlgorithms.type, signatureAlgorithms.clientHello),
		authorities: authoritiesIn(extensions),
	};
}

function authoritiesIn(extensions: readonly Extension[] | undefined): readonly Uint8Array[] {
	const found = extensions?.find(({type}) => type === certificateAuthorities);
	return found === undefined ? [] : readAuthorities(new Reader(found.data));
}

const readAuthorities = (reader: Reader): readonly Uint8Array[] =>
	reader.prefixed(2, 'certificate_authorities', list =>
		list.list('certificate_authorities', item => item.prefixed(2, 'DistinguishedName', name => name.rest('DistinguishedName'))),
	);
