import {createHash, generateKeyPairSync, type KeyObject, sign} from 'node:crypto';
import {isIP} from 'node:net';
import {bits, boolean, der, distinguishedName, explicit, implicit, integer, octets, oid, sequence, time} from './der.js';

export type Pair = {readonly privateKey: KeyObject; readonly publicKey: KeyObject};

export const ec = (namedCurve = 'prime256v1'): Pair => generateKeyPairSync('ec', {namedCurve});

const algorithms = {
	'ecdsa-sha256': {hash: 'sha256', oid: '1.2.840.10045.4.3.2'},
	'ecdsa-sha384': {hash: 'sha384', oid: '1.2.840.10045.4.3.3'},
	'ecdsa-sha1': {hash: 'sha1', oid: '1.2.840.10045.4.1'},
	'rsa-sha256': {hash: 'sha256', oid: '1.2.840.113549.1.1.11', parameters: der(0x05)},
	'rsa-sha1': {hash: 'sha1', oid: '1.2.840.113549.1.1.5', parameters: der(0x05)},
	'rsa-md5': {hash: 'md5', oid: '1.2.840.113549.1.1.4', parameters: der(0x05)},
	ed25519: {hash: undefined, oid: '1.3.101.112'},
	ed448: {hash: undefined, oid: '1.3.101.113'},
} as const;

export type Algorithm = keyof typeof algorithms;

const dayMs = 86_400_000;

/** What a certificate is to be. What is undefined is as usual for a server's certificate; null leaves it out. */
export type Wanted = {
	readonly subject?: string;
	readonly pair?: Pair;
	/** Undefined signs it by itself. */
	readonly issuer?: Issued;
	/** The issuer's name in the certificate, where it is another than that of `issuer`. */
	readonly issuerName?: Buffer;
	readonly algorithm?: Algorithm;
	/** Days from now. */
	readonly from?: number;
	readonly to?: number;
	readonly serial?: Uint8Array;
	readonly names?: readonly string[] | null;
	readonly isCa?: boolean | null;
	readonly pathLength?: number;
	/** The bits of RFC 5280 §4.2.1.3: `digitalSignature` is 0x80. */
	readonly keyUsage?: number | null;
	readonly uses?: readonly string[] | null;
	readonly more?: readonly Buffer[];
	readonly hasKeyIdentifiers?: boolean;
	readonly version?: 1 | 3;
	readonly breaksSignature?: boolean;
};

export type Issued = {readonly der: Buffer; readonly pem: string; readonly name: Buffer; readonly pair: Pair; readonly serial: Uint8Array};

export const extension = (identifier: string, value: Buffer, isCritical = false): Buffer =>
	sequence(oid(identifier), ...(isCritical ? [boolean(true)] : []), octets(value));

export const serverAuth = '1.3.6.1.5.5.7.3.1';
export const clientAuth = '1.3.6.1.5.5.7.3.2';

let serials = 0x5a00_0000;

/** Make a certificate as the tests want it, right or wrong, and sign it. */
export function issue(wanted: Wanted = {}): Issued {
	const {subject = 'CN=server.example', pair = ec(), issuer, algorithm = 'ecdsa-sha256', from = -10, to = 80.5, version = 3} = wanted;
	const name = distinguishedName(subject);
	const {hash, oid: identifier, ...others} = algorithms[algorithm];
	const signature = sequence(oid(identifier), ...('parameters' in others ? [others.parameters] : []));
	serials += 1;
	const serial = wanted.serial ?? Buffer.concat([Buffer.from('5eed5eed5eed5eed', 'hex'), Buffer.from(serials.toString(16), 'hex')]);
	const toBeSigned = sequence(
		...(version === 3 ? [explicit(0, integer(2))] : []),
		integer(serial),
		signature,
		wanted.issuerName ?? issuer?.name ?? name,
		sequence(time(new Date(Date.now() + from * dayMs)), time(new Date(Date.now() + to * dayMs))),
		name,
		pair.publicKey.export({format: 'der', type: 'spki'}),
		...(version === 3 ? [explicit(3, sequence(...extensionsOf(wanted, pair, issuer?.pair ?? pair)))] : []),
	);
	const signed = sign(hash, toBeSigned, (issuer?.pair ?? pair).privateKey);
	if (wanted.breaksSignature) {
		signed[signed.length - 1]! ^= 1;
	}

	const bytes = sequence(toBeSigned, signature, bits(signed));
	return {der: bytes, pem: pemOf(bytes), name, pair, serial};
}

/** Most of what an authority is: one that is made with `issue`'s words. */
export const authority = (subject: string, wanted: Wanted = {}): Issued =>
	issue({subject, isCa: true, keyUsage: 0x06, uses: null, names: null, from: -100, to: 900, ...wanted});

export const pemOf = (bytes: Uint8Array): string =>
	`-----BEGIN CERTIFICATE-----\n${Buffer.from(bytes)
		.toString('base64')
		.replaceAll(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`;

export const keyIdentifier = ({publicKey}: Pair): Buffer =>
	createHash('sha1')
		.update(publicKey.export({format: 'der', type: 'spki'}))
		.digest();

export const generalName = (text: string): Buffer => {
	const bytes = isIP(text) === 4 ? Buffer.from(text.split('.').map(Number)) : isIP(text) === 6 ? ip6(text) : undefined;
	return bytes === undefined ? implicit(2, text) : implicit(7, bytes);
};

/** An address without `::` in the middle of nowhere: `::1`, or all eight groups. */
function ip6(text: string): Buffer {
	const [head = '', tail = ''] = text.split('::');
	const [left, right] = [head, tail].map(part => (part === '' ? [] : part.split(':').map(group => Number.parseInt(group, 16))));
	const groups = [...left!, ...Array.from({length: 8 - left!.length - right!.length}, () => 0), ...right!];
	return Buffer.from(groups.flatMap(group => [group >> 8, group & 0xff]));
}

function extensionsOf(wanted: Wanted, pair: Pair, issuerPair: Pair): Buffer[] {
	const {names = ['server.example'], isCa = false, pathLength, keyUsage = 0x80, uses = [serverAuth], more = []} = wanted;
	const identifiers = wanted.hasKeyIdentifiers !== false;
	return [
		...(isCa === null
			? []
			: [
					extension(
						'2.5.29.19',
						sequence(...(isCa ? [boolean(true)] : []), ...(pathLength === undefined ? [] : [integer(pathLength)])),
						true,
					),
				]),
		...(keyUsage === null ? [] : [extension('2.5.29.15', bits(Buffer.of(keyUsage)), true)]),
		...(uses === null ? [] : [extension('2.5.29.37', sequence(...uses.map(oid)))]),
		...(names === null ? [] : [extension('2.5.29.17', sequence(...names.map(generalName)))]),
		...(identifiers
			? [extension('2.5.29.14', octets(keyIdentifier(pair))), extension('2.5.29.35', sequence(implicit(0, keyIdentifier(issuerPair))))]
			: []),
		...more,
	];
}

/** `permitted` and `excluded` of name constraints. */
export const nameConstraints = (permitted: readonly Buffer[], excluded: readonly Buffer[] = []): Buffer =>
	extension(
		'2.5.29.30',
		sequence(
			...(permitted.length > 0 ? [explicit(0, ...permitted.map(base => sequence(base)))] : []),
			...(excluded.length > 0 ? [explicit(1, ...excluded.map(base => sequence(base)))] : []),
		),
		true,
	);
