/** Elements of DER, written: the tests' own, which shares nothing with the reader. */
export const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
	const contents = Buffer.concat(parts);
	const size = contents.length;
	const length =
		size < 0x80
			? [size]
			: size < 0x1_00
				? [0x81, size]
				: size < 0x1_00_00
					? [0x82, size >> 8, size & 0xff]
					: [0x83, size >> 16, (size >> 8) & 0xff, size & 0xff];
	return Buffer.concat([Buffer.from([tag, ...length]), contents]);
};

export const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
export const set = (...parts: readonly Uint8Array[]): Buffer => der(0x31, ...parts);
export const octets = (bytes: Uint8Array): Buffer => der(0x04, bytes);
export const bits = (bytes: Uint8Array, unused = 0): Buffer => der(0x03, Buffer.of(unused), bytes);
export const boolean = (value: boolean): Buffer => der(0x01, Buffer.of(value ? 0xff : 0));
export const explicit = (number: number, ...parts: readonly Uint8Array[]): Buffer => der(0xa0 + number, ...parts);
export const implicit = (number: number, bytes: Uint8Array | string): Buffer => der(0x80 + number, Buffer.from(bytes as string, 'latin1'));

export const integer = (value: number | Uint8Array): Buffer => {
	if (typeof value !== 'number') {
		return der(0x02, value);
	}

	const digits = value.toString(16);
	const bytes = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
	return der(0x02, bytes[0]! >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes);
};

export const oid = (text: string): Buffer => {
	const [first, second, ...others] = text.split('.').map(Number);
	return der(0x06, Buffer.from([first! * 40 + second!, ...others].flatMap(base128)));
};

function base128(arc: number): number[] {
	const digits = [arc & 0x7f];
	for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) {
		digits.unshift((rest & 0x7f) | 0x80);
	}

	return digits;
}

/** UTCTime until 2049, GeneralizedTime from then on. RFC 5280 §4.1.2.5. */
export const time = (date: Date, isGeneralized = date.getUTCFullYear() >= 2050): Buffer => {
	const text = `${date.toISOString().replaceAll(/[-:T]|\.\d+/g, '')}`;
	return isGeneralized ? der(0x18, Buffer.from(text)) : der(0x17, Buffer.from(text.slice(2)));
};

/** `C=DE, O=Example, CN=example.com`: a relative name each. `tag` is the type of string: UTF8String, or 0x13 for PrintableString. */
export const distinguishedName = (text: string, tag = 0x0c): Buffer =>
	sequence(
		...text
			.split(', ')
			.filter(part => part !== '')
			.map(part => {
				const [type, ...value] = part.split('=');
				return set(sequence(oid(nameTypes[type!]!), der(tag, Buffer.from(value.join('=')))));
			}),
	);

const nameTypes: Readonly<Record<string, string>> = {CN: '2.5.4.3', C: '2.5.4.6', O: '2.5.4.10', OU: '2.5.4.11'};
