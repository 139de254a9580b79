import {constants} from 'node:crypto';
import type {Duplex} from 'node:stream';
import tls from 'node:tls';
import {signatureSchemes as schemeRegistry} from '../../iana/signature-schemes.js';
import {opensslSuiteName} from '../sealing/cbc-suite.js';
import type {HandshakeSpec} from './completion.js';

const versionNames: Readonly<Record<number, tls.SecureVersion>> = {
	769: 'TLSv1',
	770: 'TLSv1.1',
	771: 'TLSv1.2',
	772: 'TLSv1.3',
};

/** Everything that OpenSSL still has is offered: an old server must not seem to refuse. */
export function connectTls(stream: Duplex, spec: HandshakeSpec): tls.TLSSocket {
	const {
		version,
		serverName,
		alpn,
		signatureSchemes = [],
		session,
		withoutTickets,
		renegotiations,
		withoutEncryptThenMac,
		cipherSuite,
	} = spec;
	const suite = cipherSuite === undefined ? undefined : opensslSuiteName(cipherSuite);
	const name = versionNames[version];
	if (name === undefined) {
		throw Object.assign(new Error('no such version'), {code: 'ERR_TLS_INVALID_PROTOCOL_VERSION'});
	}

	return tls.connect({
		socket: stream,
		...(serverName === undefined ? {} : {servername: serverName}),
		...(signatureSchemes.length === 0 ? {} : {sigalgs: signatureSchemes.map(opensslName).join(':')}),
		...(alpn === undefined ? {} : {ALPNProtocols: [...alpn]}),
		minVersion: name,
		maxVersion: name,
		// OpenSSL 3 speaks TLS 1.0 and 1.1 at level 0 alone; suites without a certificate go last.
		ciphers: suite === undefined ? 'ALL:+aNULL:@SECLEVEL=0' : `${suite}:@SECLEVEL=0`,
		minDHSize: 1,
		secureOptions:
			constants.SSL_OP_ALL |
			constants.SSL_OP_LEGACY_SERVER_CONNECT |
			(withoutTickets ? constants.SSL_OP_NO_TICKET : 0) |
			(withoutEncryptThenMac ? constants.SSL_OP_NO_ENCRYPT_THEN_MAC : 0) |
			(renegotiations === undefined ? 0 : constants.SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION),
		...(session === undefined ? {} : {session: Buffer.from(session, 'hex')}),
		// No certificate is trusted here. They are only read.
		rejectUnauthorized: false,
		ca: [],
	});
}

/** Before TLS 1.3 schemes had no names: they were pairs of a key and a hash. */
function opensslName(code: number): string {
	const [, key, hash] = /^(?<key>rsa|ecdsa)_(?:pkcs1_)?(?<hash>sha1|sha224)$/.exec(schemeRegistry.label(code)) ?? [];
	return key === undefined ? schemeRegistry.label(code) : `${key}+${hash}`.toUpperCase();
}
