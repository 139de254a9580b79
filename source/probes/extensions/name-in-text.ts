import {tryDecode} from '../../bytes/decode-error.js';
import {toHex} from '../../bytes/hex.js';
import {Reader} from '../../bytes/reader.js';

/** Attribute types by their DER, as RFC 4514 §3 and RFC 2985 name them. */
const attributes: Readonly<Record<string, string>> = {
	'550403': 'CN',
	'550406': 'C',
	'550407': 'L',
	'550408': 'ST',
	'550409': 'STREET',
	'55040a': 'O',
	'55040b': 'OU',
	'550405': 'serialNumber',
	'0992268993f22c640119': 'DC',
	'0992268993f22c640101': 'UID',
	'2a864886f70d010901': 'emailAddress',
};

const [sequence, set, oid, bmpString] = [0x30, 0x31, 0x06, 0x1e];

/** One element of DER: what its tag and its length say. X.690 §8.1. */
function element(reader: Reader): {readonly tag: number; readonly content: Uint8Array} {
	const tag = reader.uint8('tag');
	const first = reader.uint8('length');
	const size = first & 0x7f;
	let length = first < 0x80 ? first : 0;
	for (let index = 0; first >= 0x80 && index < Math.min(size, 4); index++) {
		length = length * 256 + reader.uint8('length');
	}

	return {tag, content: reader.bytes(length, 'content')};
}

const elements = (bytes: Uint8Array) => new Reader(bytes).list('elements', element);

/** A distinguished name such as `C=US, O=Example, CN=Root`, in the order of the certificate. Hexadecimal of what is none. */
export function nameInText(der: Uint8Array): string {
	const parts = tryDecode(() => {
		const [name] = elements(der);
		return name?.tag === sequence ? elements(name.content).flatMap(({tag, content}) => (tag === set ? elements(content) : [])) : undefined;
	});
	const texts = parts && tryDecode(() => parts.map(({content}) => attributeInText(content)));
	return texts === undefined ? toHex(der) : texts.join(', ');
}

function attributeInText(bytes: Uint8Array): string {
	const [type, value] = elements(bytes);
	if (type?.tag !== oid || value === undefined) {
		return toHex(bytes);
	}

	const name = attributes[toHex(type.content)] ?? toHex(type.content);
	const content = Buffer.from(value.content);
	return `${name}=${value.tag === bmpString && content.length % 2 === 0 ? content.swap16().toString('utf16le') : content.toString('utf8')}`;
}
