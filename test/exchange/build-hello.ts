import test from 'ava';
import {buildHello} from '../../source/exchange/build-hello.js';
import {shapesOf} from '../../source/probes/ladder/shapes.js';
import {clientHello} from '../../source/wire/client-hello.js';
import {decode} from '../../source/wire/codec.js';
import {findExtension} from '../../source/wire/extension.js';
import {keyShare} from '../../source/wire/extensions/index.js';

const x25519 = 0x00_1d;
const headers = 5 + 4;

test('an X25519 share has its top bit clear whatever is drawn, as wolfSSL insists', t => {
	const [spec] = shapesOf(0x03_04, 'peer.test');
	// The second is made from what the first has left behind.
	const shares = [0x00, 0xff, 0xff].map(fill => {
		const {bytes} = buildHello(spec, size => new Uint8Array(size).fill(fill));
		const {extensions} = decode(clientHello, bytes.subarray(headers));
		return findExtension(extensions, keyShare.type, keyShare.clientHello)!.find(({group}) => group === x25519)!.keyExchange;
	});
	t.deepEqual(
		shares.map(share => [share.length, share[0], share[31]! & 0x80]),
		[
			[32, 0x00, 0],
			[32, 0xff, 0],
			[32, 0xff, 0],
		],
	);
});
