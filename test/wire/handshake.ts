import {handshake} from '../../source/wire/handshake.js';
import {testCodec} from '../helpers/codec-cases.js';

testCodec(handshake, [
	{title: 'ServerHelloDone, which is empty', hex: '0e000000', value: {type: 14, body: new Uint8Array()}},
	{title: 'a body', hex: '0b000003 aabbcc', value: {type: 11, body: Uint8Array.of(0xaa, 0xbb, 0xcc)}},
	{title: 'a type that no registry knows', hex: 'fa000001 00', value: {type: 0xfa, body: Uint8Array.of(0)}},
]);
