import {createHash, generateKeyPairSync, sign} from 'node:crypto';
import {type DerElement, derChildren, readDer} from '../../../source/bytes/der.js';
import {bits, explicit, octets, sequence} from './der.js';
import {ec, extension, type Issued, type Pair, pemOf} from './issue.js';

const keyOf = ({publicKey}: Pair): Buffer => publicKey.export({format: 'der', type: 'spki'});
const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** A log of Certificate Transparency. */
export const makeLog = (kind: 'ec' | 'rsa' = 'ec'): Pair => (kind === 'ec' ? ec() : generateKeyPairSync('rsa', {modulusLength: 2048}));

/** A list of logs as browsers publish it. */
export const logList = (logs: Readonly<Record<string, Pair>>): string =>
	JSON.stringify({
		version: '90.1',
		operators: [
			{
				name: 'Example',
				logs: Object.entries(logs).map(([description, pair]) => ({
					description,
					log_id: sha256(keyOf(pair)).toString('base64'),
					key: keyOf(pair).toString('base64'),
					url: 'https://ct.example/',
					mmd: 86_400,
				})),
				tiled_logs: [],
			},
		],
	});

const prefixed = (size: number, bytes: Uint8Array): Buffer => {
	const length = Buffer.alloc(size);
	length.writeUIntBE(bytes.length, 0, size);
	return Buffer.concat([length, bytes]);
};

/** What a log signs, behind its timestamp. @param issuer - Of a certificate that the timestamp will be put into. RFC 6962 §3.2. */
export const entryOf = (certificate: Issued, issuer?: Issued): Buffer => {
	const toBeSigned = derChildren(readDer(certificate.der))[0]!.whole;
	return issuer === undefined
		? Buffer.concat([Buffer.of(0, 0), prefixed(3, certificate.der)])
		: Buffer.concat([Buffer.of(0, 1), sha256(keyOf(issuer.pair)), prefixed(3, toBeSigned)]);
};

/** SignedCertificateTimestamp. RFC 6962 §3.2. */
export function sctOf(log: Pair, entry: Uint8Array, {version = 0, breaksSignature = false} = {}): Buffer {
	const timestamp = Buffer.alloc(8);
	timestamp.writeBigUInt64BE(BigInt(Date.parse('2026-11-01T00:00:00Z')));
	const signature = sign('sha256', Buffer.concat([Buffer.of(0, 0), timestamp, entry, Buffer.of(0, 0)]), log.privateKey);
	if (breaksSignature) {
		signature[signature.length - 1]! ^= 1;
	}

	const algorithm = Buffer.of(4, log.privateKey.asymmetricKeyType === 'rsa' ? 1 : 3);
	const body = [timestamp, Buffer.of(0, 0), algorithm, prefixed(2, signature)];
	return Buffer.concat([Buffer.of(version), sha256(keyOf(log)), ...body]);
}

/** SignedCertificateTimestampList. RFC 6962 §3.3. */
export const listOfScts = (scts: readonly Uint8Array[]): Buffer => prefixed(2, Buffer.concat(scts.map(sct => prefixed(2, sct))));

/** The certificate with these timestamps in it, signed again by its issuer, whose key is on P-256. */
export function withScts(certificate: Issued, issuer: Issued, scts: readonly Uint8Array[]): Issued {
	const [toBeSigned, algorithm] = derChildren(readDer(certificate.der));
	const fields = derChildren(toBeSigned);
	const added = extension('1.3.6.1.4.1.11129.2.4.2', octets(listOfScts(scts)));
	const signed = sequence(...fields.map(field => (field.tag === 0xa3 ? withExtension(field, added) : Buffer.from(field.whole))));
	const der = sequence(signed, Buffer.from(algorithm!.whole), bits(sign('sha256', signed, issuer.pair.privateKey)));
	return {...certificate, der, pem: pemOf(der)};
}

const withExtension = (field: DerElement, added: Buffer): Buffer => {
	const extensions = derChildren(derChildren(field)[0]).map(({whole}) => Buffer.from(whole));
	return explicit(3, sequence(...extensions.slice(0, 1), added, ...extensions.slice(1)));
};
