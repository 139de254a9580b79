import {readFileSync} from 'node:fs';
import type {FingerprintsFinding} from '../../source/probes/fingerprints/finding.js';
import {requestProbe} from '../../source/probes/requests.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {nginxPlan} from '../helpers/peers/plans/nginx.js';
import {testBeside} from '../helpers/peers/real-server.js';
import {probePort} from '../helpers/scripted-server.js';

/** What the reference of JARM made of nginx with each of these configurations. */
const {servers} = JSON.parse(readFileSync('fixtures/fingerprints/servers.json', 'utf8')) as {
	readonly servers: readonly {readonly title: string; readonly jarm: string}[];
};

const intermediate = `ssl_protocols TLSv1.2 TLSv1.3; ssl_prefer_server_ciphers off;
	ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-CHACHA20-POLY1305;`;

/** By the title in the fixture: what follows the address in `listen`, and the other lines. */
const configurations: readonly (readonly [title: string, listen: string, lines: string])[] = [
	['TLS 1.2 and 1.3, intermediate suites', 'ssl', intermediate],
	['the same, with h2', 'ssl http2', intermediate],
	['TLS 1.3 alone', 'ssl', 'ssl_protocols TLSv1.3;'],
	[
		'TLS 1.2 alone, the order of the server',
		'ssl',
		'ssl_protocols TLSv1.2; ssl_ciphers AES256-GCM-SHA384:ECDHE-RSA-AES128-SHA256:AES128-SHA; ssl_prefer_server_ciphers on;',
	],
	['TLS 1.0 to 1.2', 'ssl', 'ssl_protocols TLSv1 TLSv1.1 TLSv1.2; ssl_ciphers ECDHE-RSA-AES256-SHA:AES256-SHA:@SECLEVEL=0;'],
];

testBeside(
	{
		name: 'nginx',
		programs: ['nginx'],
		plan: nginxPlan(configurations.length, ports => ({
			http: [
				`ssl_certificate ${fixture('rsa')}; ssl_certificate_key ${fixture('rsa')};`,
				...configurations.map(([, listen, lines], index) => `server { listen 127.0.0.1:${ports[index]} ${listen}; ${lines} }`),
			],
		})),
	},
	'JARM is what its reference makes of the same configuration',
	async (t, ports) => {
		const probes = [requestProbe('versions', {versions: ['TLSv1.2', 'TLSv1.3']}), requestProbe('fingerprints')];
		for (const [index, [title]] of configurations.entries()) {
			// The reference sends a server name even where it is an address.
			const {recordings} = await probePort(ports[index]!, {host: '127.0.0.1', probes});
			const {fingerprints} = recordings[0].report as unknown as {readonly fingerprints: FingerprintsFinding};
			t.is(fingerprints.jarm, servers.find(server => server.title === title)!.jarm, title);
			t.is(fingerprints.connections, 10, title);
		}
	},
);
