import {readFileSync} from 'node:fs';
import net from 'node:net';
import test, {type ExecutionContext} from 'ava';
import {encode} from '../../source/wire/codec.js';
import {ssl2Record, ssl2ServerHello} from '../../source/wire/ssl2.js';
import {answering, listen, ok, serveTls} from '../helpers/confirm.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {runInProcess} from '../helpers/run-in-process.js';

const pem = readFileSync(fixture('rsa'), 'utf8');

const serveRsa = (t: ExecutionContext): Promise<number> =>
	serveTls(
		t,
		answering(() => ok),
		{key: pem, cert: pem},
	);

/** A server that accepts SSL 2 as well: it answers such a hello by itself. */
async function serveSsl2(t: ExecutionContext, behind: number): Promise<number> {
	const body = encode(ssl2ServerHello, {
		sessionIdHit: 0,
		certificateType: 1,
		version: 0x00_02,
		certificate: new Uint8Array(300),
		cipherKinds: [0x01_00_80],
		connectionId: new Uint8Array(16),
	});
	return listen(
		t,
		net.createServer(client => {
			client.on('error', () => {});
			client.once('data', bytes => {
				if (bytes[0]! & 0x80) {
					client.end(ssl2Record(body));
					return;
				}

				const server = net.connect(behind, '127.0.0.1').on('error', () => client.destroy());
				server.write(bytes);
				client.pipe(server).pipe(client);
			});
		}),
	);
}

test('a host whose RSA key another one has that accepts SSL 2 is named on stderr, by targets and by a list', async t => {
	const sound = await serveRsa(t);
	const [first, second, other] = [
		`127.0.0.1:${sound}`,
		`127.0.0.1:${await serveSsl2(t, sound)}`,
		`127.0.0.1:${await serveTls(t, () => {})}`,
	];
	const flags = ['--probes', 'certificates', '--versions', 'ssl2,tls1.2', '--json'];
	const words = `${second} accepts SSLv2 with the RSA key of ${first}`;
	const named = await runInProcess([...flags, first, second, other]);
	t.deepEqual(
		named.stderr.split('\n').filter(line => line.includes('DROWN')),
		[`DROWN: ${words}`],
	);
	const listed = await runInProcess([...flags, '--hosts', '-'], {input: `${second}\n${first}\n${other}\n`});
	t.true(listed.stderr.replaceAll(/\s+/g, ' ').includes(`DROWN with the key of another host ${words}`), listed.stderr);
	const without = await runInProcess([...flags.with(3, 'tls1.2'), '--hosts', '-'], {input: `${second}\n${first}\n`});
	t.false(without.stderr.includes('DROWN'));
});
