import {tryDecode} from '../bytes/decode-error.js';
import type {Reader} from '../bytes/reader.js';
import type {Writer} from '../bytes/writer.js';
import {extensionTypes} from '../iana/extensions.js';
import {type Codec, decode, encode} from './codec.js';
import type {ExtensionContext} from './extension-body.js';
import {extensionBodies} from './extensions/index.js';

/** An extension with its body undecoded. Order and duplicates are kept; probes judge them. */
export type Extension = {
	readonly type: number;
	readonly data: Uint8Array;
};

export function decodeExtension(reader: Reader, context: ExtensionContext): Extension {
	return reader.group('Extension', item => {
		const type = item.uint16('extension_type', extensionTypes.label);
		const body = extensionBodies.get(type)?.[context];
		return {type, data: item.prefixed(2, 'extension_data', data => data.opaque('extension_data', body && (inner => body.decode(inner))))};
	});
}

export function encodeExtension(writer: Writer, {type, data}: Extension): void {
	writer.uint16(type);
	writer.prefixed(2, inner => inner.bytes(data));
}

/** The extension block of a hello; its absence, which TLS 1.2 allows, is undefined. RFC 5246 §7.4.1.2. */
export const extensionBlock = {
	decode: (reader: Reader, context: ExtensionContext): readonly Extension[] | undefined =>
		reader.left === 0
			? undefined
			: reader.prefixed(2, 'extensions', block => block.list('extensions', item => decodeExtension(item, context))),
	encode(writer: Writer, extensions: readonly Extension[] | undefined): void {
		if (extensions !== undefined) {
			writer.prefixed(2, block => {
				for (const item of extensions) {
					encodeExtension(block, item);
				}
			});
		}
	},
};

/** An extension from its type and the codec of its body. */
export const makeExtension = <Value>(type: number, body: Codec<Value>, value: Value): Extension => ({type, data: encode(body, value)});

/**
The body of the first extension of this type.

@returns Undefined if there is none.
@throws {DecodeError} If its body is invalid for the type.
*/
export function findExtension<Value>(extensions: readonly Extension[] | undefined, type: number, body: Codec<Value>): Value | undefined {
	const found = extensions?.find(extension => extension.type === type);
	return found && decode(body, found.data);
}

/** The same, where a body that is not what the type wants counts as none. */
export const findReadable = <Value>(extensions: readonly Extension[] | undefined, type: number, body: Codec<Value>): Value | undefined =>
	tryDecode(() => findExtension(extensions, type, body));
