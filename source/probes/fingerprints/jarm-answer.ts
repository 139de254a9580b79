import {createHash} from 'node:crypto';
import {toHex} from '../../bytes/hex.js';

/** The reference reads so many bytes, once. */
const mostBytes = 1484;

const refused = '|||';

/** How the reference writes an answer: suite, version, ALPN and extensions, with `|` between them. What it cannot read is refused. */
export function readJarmAnswer(received: Uint8Array): string {
	const data = Buffer.from(received.subarray(0, mostBytes));
	if (data[0] !== 22 || data[5] !== 2 || data.length <= 43) {
		return refused;
	}

	const counter = data[43]!;
	const suite = data.toString('hex', counter + 44, counter + 46);
	const extensions = readExtensions(data, counter);
	return extensions === undefined ? refused : `${suite}|${data.toString('hex', 9, 11)}|${extensions}`;
}

/** @returns Undefined where the reference gives up the whole answer, and not only the extensions. */
function readExtensions(data: Buffer, counter: number): string | undefined {
	const start = counter + 47;
	// A Certificate follows at once, so there are none.
	const hasNone =
		data.length <= start ||
		data[start] === 11 ||
		data.toString('hex', counter + 50, counter + 53) === '0eac0b' ||
		data.toString('hex', 82, 85) === '0ff00b';
	if (hasNone) {
		return '|';
	}

	const types: string[] = [];
	let protocol = '';
	let hasProtocol = false;
	let at = start + 2;
	const end = Number.parseInt(data.toString('hex', start, start + 2), 16) + at - 1;
	while (at < end) {
		const length = Number.parseInt(data.toString('hex', at + 2, at + 4), 16);
		if (Number.isNaN(length)) {
			return undefined;
		}

		const type = data.toString('hex', at, at + 2);
		types.push(type);
		if (type === '0010' && !hasProtocol) {
			const value = data.subarray(at + 4 + 3, at + 4 + length);
			// The reference fails for an empty extension, and for what is not UTF-8.
			if (length === 0 || !Buffer.from(value.toString()).equals(value)) {
				return undefined;
			}

			hasProtocol = true;
			protocol = value.toString();
		}

		at += 4 + length;
	}

	return `${protocol}|${types.join('-')}`;
}

/** In the order of the reference: a suite stands for its place, from 1. */
const places: readonly string[] = [
	...'0004 0005 0007 000a 0016 002f 0033 0035 0039 003c 003d 0041 0045 0067 006b 0084 0088 009a 009c 009d 009e 009f 00ba 00be 00c0 00c4'.split(
		' ',
	),
	...'c007 c008 c009 c00a c011 c012 c013 c014 c023 c024 c027 c028 c02b c02c c02f c030 c060 c061 c072 c073 c076 c077 c09c c09d c09e c09f'.split(
		' ',
	),
	...'c0a0 c0a1 c0a2 c0a3 c0ac c0ad c0ae c0af cc13 cc14 cca8 cca9 1301 1302 1303 1304 1305'.split(' '),
];

const digits = 62;

/** @returns The fingerprint of ten answers; undefined where the reference has none for them. */
export function jarmOf(answers: readonly string[]): string | undefined {
	if (answers.every(answer => answer === refused)) {
		return '0'.repeat(digits);
	}

	const parts = answers
		.join(',')
		.split(',')
		.map(answer => answer.split('|'));
	const versions = parts.map(([, version]) => (version === '' ? '0' : 'abcdef'[Number(version?.[3] ?? 'x')]));
	if (parts.length !== answers.length || versions.includes(undefined) || parts.some(fields => fields.length < 4)) {
		return undefined;
	}

	const choices = parts.map(([suite], index) => `${placeOf(suite!)}${versions[index]}`).join('');
	const others = parts.map(([, , protocol, extensions]) => `${protocol}${extensions}`).join('');
	return choices + createHash('sha256').update(others).digest('hex').slice(0, 32);
}

/** A suite that is not in the list has the place behind it. */
function placeOf(suite: string): string {
	const place = suite === '' ? 0 : places.includes(suite) ? places.indexOf(suite) + 1 : places.length + 1;
	return place.toString(16).padStart(2, '0');
}

/** The MD5 of the version, the suite and the extensions of a ServerHello, in decimal. */
export function ja3sOf(received: Uint8Array): {readonly version: number; readonly ja3s: string} | undefined {
	const answer = readJarmAnswer(received);
	const [suite = '', version = '', , extensions = ''] = answer.split('|');
	if (answer === refused || suite.length !== 4) {
		return undefined;
	}

	const types = extensions === '' ? [] : extensions.split('-').map(hex => Number.parseInt(hex, 16));
	const text = [Number.parseInt(version, 16), Number.parseInt(suite, 16), types.join('-')].join(',');
	const isOf13 = types.includes(0x2b) && toHex(received).includes('002b00020304');
	return {version: isOf13 ? 0x03_04 : Number.parseInt(version, 16), ja3s: createHash('md5').update(text).digest('hex')};
}
