import test from 'ava';
import {fromHex} from '../../source/bytes/hex.js';
import {clientHello} from '../../source/wire/client-hello.js';
import {decode} from '../../source/wire/codec.js';
import {testCodec} from '../helpers/codec-cases.js';
import {clientHelloHex, extendedClientHelloHex} from '../helpers/hellos.js';

const bareLength = fromHex(clientHelloHex).length;

testCodec(clientHello, [
	{title: 'without an extension block', hex: clientHelloHex},
	// TLS 1.2 allows to leave the block out, so what stands before it is a whole hello. RFC 5246 §7.4.1.2.
	{title: 'an empty extension block', hex: `${clientHelloHex} 0000`, wholePrefixes: [bareLength]},
	{title: 'extensions, one of them unknown', hex: extendedClientHelloHex, wholePrefixes: [bareLength]},
	{title: 'the same extension twice', hex: `${clientHelloHex} 0008 fafa0000 fafa0000`, wholePrefixes: [bareLength]},
]);

test('a missing extension block and an empty one are not the same', t => {
	t.is(decode(clientHello, fromHex(clientHelloHex)).extensions, undefined);
	t.deepEqual(decode(clientHello, fromHex(`${clientHelloHex} 0000`)).extensions, []);
});

test('suites that no registry knows are values', t => {
	const {cipherSuites} = decode(clientHello, fromHex(clientHelloHex.replace('002f000a', 'fafa1301')));
	t.deepEqual(cipherSuites, [0xfa_fa, 0x13_01]);
});
