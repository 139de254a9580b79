import test from 'ava';
import {fromHex} from '../../source/bytes/hex.js';
import {decode} from '../../source/wire/codec.js';
import {downgradeSentinel, isHelloRetryRequest, serverHello} from '../../source/wire/server-hello.js';
import {testCodec} from '../helpers/codec-cases.js';
import {helloRetryRequestHex, serverHello13Hex, serverHelloHex} from '../helpers/hellos.js';

const bareLength = fromHex(serverHelloHex).length;

testCodec(serverHello, [
	{title: 'without an extension block', hex: serverHelloHex},
	{title: 'an empty extension block', hex: `${serverHelloHex} 0000`, wholePrefixes: [bareLength]},
	{title: 'an extension that no registry knows', hex: `${serverHelloHex} 0004 fafa0000`, wholePrefixes: [bareLength]},
	{title: 'TLS 1.3', hex: serverHello13Hex, wholePrefixes: [bareLength + 2]},
	{title: 'a HelloRetryRequest', hex: helloRetryRequestHex, wholePrefixes: [bareLength]},
]);

test('a HelloRetryRequest is recognized by its random', t => {
	t.true(isHelloRetryRequest(decode(serverHello, fromHex(helloRetryRequestHex))));
	t.false(isHelloRetryRequest(decode(serverHello, fromHex(serverHelloHex))));
});

const sentinels = [
	{ending: '444f574e47524401', version: 0x03_04},
	{ending: '444f574e47524400', version: 0x03_03},
	{ending: '444f574e47524402', version: undefined},
] as const;

for (const {ending, version} of sentinels) {
	test(`a random that ends in ${ending} tells of ${version === undefined ? 'nothing' : `version 0x${version.toString(16)}`}`, t => {
		t.is(downgradeSentinel(fromHex(`${'00'.repeat(24)}${ending}`)), version);
	});
}
