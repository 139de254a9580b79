import type {Reader} from '../../bytes/reader.js';
import {cipherSuites} from '../../iana/cipher-suites.js';
import {groups} from '../../iana/groups.js';
import {signatureSchemes} from '../../iana/signature-schemes.js';
import {readNamedCurve, readPrimeBits} from '../server-key-exchange.js';

/**
The fields of a ServerKeyExchange, which depend on the cipher suite.

@param cipherSuite - The ServerHello's selection. Without one, the first bytes decide.
@returns A summary of the parameters.
@throws {DecodeError} If its layout does not match the suite.

RFC 5246 §7.4.3, RFC 8422 §5.4, RFC 4279 §2 (PSK), RFC 5054 §2.8 (SRP), RFC 2246 §7.4.3 (export RSA).
*/
export function readServerKeyExchange(reader: Reader, cipherSuite: number | undefined): string | undefined {
	const name = cipherSuite === undefined ? guess(reader) : cipherSuites.label(cipherSuite);
	if (name.includes('PSK')) {
		vector(reader, 'psk_identity_hint');
	}

	const words = readParameters(reader, name);
	if (reader.left > 0) {
		readSignature(reader);
	}

	return words;
}

const guess = (reader: Reader): string => {
	const [curveType, high, low] = reader.peek(3);
	return curveType === 3 && groups.get(high! * 256 + low!) !== undefined ? 'TLS_ECDHE_' : 'TLS_DHE_';
};

function readParameters(reader: Reader, name: string): string | undefined {
	if (/^TLS_ECDH(?:E|_anon)_|^TLS_ECCPWD_/.test(name)) {
		const group = readNamedCurve(reader);
		if (group === undefined) {
			reader.rest('ECParameters and the rest');
			return 'an explicit curve';
		}

		reader.prefixed(1, 'public', point => point.rest('public'));
		return groups.label(group);
	}

	if (/^TLS_DH(?:E|_anon)_/.test(name)) {
		const bits = readPrimeBits(reader);
		vector(reader, 'dh_g');
		vector(reader, 'dh_Ys');
		return `DHE of ${bits} bits`;
	}

	if (name.startsWith('TLS_SRP_')) {
		vector(reader, 'srp_N');
		vector(reader, 'srp_g');
		reader.prefixed(1, 'srp_s', salt => salt.rest('srp_s'));
		vector(reader, 'srp_B');
	} else if (name.startsWith('TLS_RSA_EXPORT')) {
		vector(reader, 'rsa_modulus');
		vector(reader, 'rsa_exponent');
	} else if (!name.includes('PSK')) {
		reader.rest('params');
	}

	return undefined;
}

/** TLS 1.2 names the algorithm first; older versions have only the signature. */
function readSignature(reader: Reader): void {
	const [, , high, low] = reader.peek(4);
	if (low !== undefined && high! * 256 + low === reader.left - 4) {
		reader.uint16('algorithm', signatureSchemes.label);
	}

	vector(reader, 'signature');
}

const vector = (reader: Reader, label: string): void => void reader.prefixed(2, label, inner => inner.rest(label));
