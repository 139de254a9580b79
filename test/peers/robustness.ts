import test, {type ExecutionContext} from 'ava';
import {requestProbe} from '../../source/probes/requests.js';
import {type RobustnessFinding, toleranceFields} from '../../source/probes/robustness/finding.js';
import {serveTls} from '../helpers/confirm.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {gnutlsPlan} from '../helpers/peers/plans/gnutls.js';
import {goPlan} from '../helpers/peers/plans/go.js';
import {haproxyPlan} from '../helpers/peers/plans/haproxy.js';
import {nginxPlan} from '../helpers/peers/plans/nginx.js';
import {testBeside} from '../helpers/peers/real-server.js';
import {probePort} from '../helpers/scripted-server.js';

async function robustnessOf(port: number): Promise<RobustnessFinding> {
	const probes = [requestProbe('versions', {versions: ['TLSv1.2', 'TLSv1.3']}), requestProbe('robustness')];
	const {recordings} = await probePort(port, {host: 'peer.test', probes});
	return (recordings[0].report as unknown as {readonly robustness: RobustnessFinding}).robustness;
}

/** Asserts what is refused, by its field; everything else is accepted. */
async function finds(
	t: ExecutionContext,
	port: number,
	title: string,
	refused: Readonly<Record<string, readonly string[]>> = {},
): Promise<void> {
	const found = await robustnessOf(port);
	t.deepEqual(
		Object.fromEntries(toleranceFields.map(field => [field, found[field].of ?? found[field].status])),
		Object.fromEntries(toleranceFields.map(field => [field, refused[field] ?? 'tolerant'])),
		`${title}: ${JSON.stringify(found)}`,
	);
	t.is(found.randomReuse.status, 'absent', title);
	t.true(Object.keys(refused).length > 0 || found.connections <= 10, title);
}

test('OpenSSL in Node.js: every unusual hello is accepted', async t => {
	await finds(t, await serveTls(t, socket => socket.resume()), 'Node.js');
});

const keyLines = `ssl_certificate ${fixture('rsa')}; ssl_certificate_key ${fixture('rsa')};`;

testBeside(
	{
		name: 'nginx',
		programs: ['nginx'],
		plan: nginxPlan(2, ([every, named]) => ({
			http: [
				keyLines,
				`server { listen 127.0.0.1:${every} ssl; }`,
				`server { listen 127.0.0.1:${named} ssl default_server; ssl_reject_handshake on; }`,
				`server { listen 127.0.0.1:${named} ssl; server_name peer.test; }`,
			],
		})),
	},
	'every unusual hello is accepted, and unknown names are refused with ssl_reject_handshake',
	async (t, [every, named]) => {
		await finds(t, every!, 'its defaults');
		await finds(t, named!, 'ssl_reject_handshake', {unknownName: ['name']});
	},
);

testBeside(
	{name: 'HAProxy', programs: ['haproxy'], plan: haproxyPlan([{bind: `ssl crt ${fixture('rsa')}`}])},
	'every unusual hello is accepted',
	(t, [port]) => finds(t, port!, 'its defaults'),
);

testBeside(
	{name: 'GnuTLS', programs: ['gnutls-serv'], plan: gnutlsPlan({priority: 'NORMAL'})},
	'every unusual hello is accepted',
	(t, [port]) => finds(t, port!, 'NORMAL'),
);

testBeside({name: 'Go', programs: ['go'], plan: goPlan([{settings: {}}])}, 'every unusual hello is accepted', (t, [port]) =>
	finds(t, port!, 'its defaults'),
);
