import {createHash} from 'node:crypto';
import {isGrease, type SeenHello} from '../../exchange/read-client-hello.js';

export type Ja4 = {
	readonly hash: string;
	/** The inputs of the hashes in its second and third part. */
	readonly text: string;
};

const serverName = 0x00_00;
const alpn = 0x00_10;

/**
JA4, FoxIO's fingerprint of TLS clients over TCP, the only one of its fingerprints with a BSD licence. Suites and extensions are sorted, so that
clients that shuffle them have one fingerprint; GREASE is left out. Undefined for the format of SSL 2.
*/
export function ja4Of(hello: SeenHello): Ja4 | undefined {
	if (hello.format === 'ssl2') {
		return undefined;
	}

	const suites = real(hello.cipherSuites);
	const types = real(hello.extensions?.map(({type}) => type) ?? []);
	const start = [
		't',
		versionNames[hello.version] ?? '00',
		types.includes(serverName) ? 'd' : 'i',
		twoDigits(suites.length),
		twoDigits(types.length),
		endsOf(hello.alpn?.[0] ?? ''),
	].join('');
	const suiteText = suites.map(hex).toSorted().join(',');
	const typeText = types
		.filter(type => type !== serverName && type !== alpn)
		.map(hex)
		.toSorted()
		.join(',');
	const schemes = real(hello.signatureSchemes ?? []).map(hex);
	const extensionText = schemes.length === 0 ? typeText : `${typeText}_${schemes.join(',')}`;
	return {
		hash: `${start}_${shortHash(suiteText)}_${typeText === '' ? nothing : shortHash(extensionText)}`,
		text: `${start}_${suiteText}_${extensionText}`,
	};
}

const versionNames: Readonly<Record<number, string>> = {
	772: '13',
	771: '12',
	770: '11',
	769: '10',
	768: 's3',
	2: 's2',
};

const real = (codes: readonly number[]): readonly number[] => codes.filter(code => !isGrease(code));

const hex = (code: number): string => code.toString(16).padStart(4, '0');

const twoDigits = (count: number): string => String(Math.min(count, 99)).padStart(2, '0');

/** The first and the last character of the first protocol, or of its hexadecimal form if one of them is not a letter or digit. */
function endsOf(protocol: string): string {
	if (protocol === '') {
		return '00';
	}

	const ends = `${protocol[0]}${protocol.at(-1)}`;
	const bytes = Buffer.from(protocol, 'latin1').toString('hex');
	return /^[\da-z]{2}$/i.test(ends) ? ends : `${bytes[0]}${bytes.at(-1)}`;
}

const nothing = '000000000000';

const shortHash = (text: string): string => (text === '' ? nothing : createHash('sha256').update(text).digest('hex').slice(0, 12));
