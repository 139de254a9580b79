import path from 'node:path';
import kubernetes from '../../source/server-configs/kubernetes.js';
import {systemFiles} from '../../source/server-configs/reading/files.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {assertAnswers} from '../helpers/peers/held-against.js';
import {testBeside} from '../helpers/peers/real-server.js';

const modern = 'TLSv1.2 TLSv1.3';

/**
For each port of a file in `fixtures/server-configs/kubernetes`, the versions that the controller writes for it.

Those of ingress-nginx are what its template makes `ssl_protocols` of; of the other implementations, which are no nginx, what they document.
*/
const rows: readonly (readonly [file: string, port: number, protocols: string])[] = [
	['anchors.yaml', 443, 'TLSv1.2'],
	['configmap-alone.yaml', 443, modern],
	['default-protocols.yaml', 443, modern],
	['gateway-envoy.yaml', 443, 'TLSv1.3'],
	['gateway-envoy.yaml', 8443, 'TLSv1.3'],
	['gateway-envoy-default.yaml', 443, modern],
	['gateway-istio-class.yaml', 8443, modern],
	['gateway-section.yaml', 8443, 'TLSv1 TLSv1.1 TLSv1.2'],
	['ingress-alone.yaml', 443, modern],
	['ingress-and-configmap.yaml', 443, modern],
	['istio.yaml', 443, 'TLSv1.3'],
	['istio.yaml', 8443, 'TLSv1 TLSv1.1 TLSv1.2'],
	['istio.yaml', 10_443, modern],
	['list-with-status.yaml', 443, modern],
	['list.json', 443, 'TLSv1.3'],
	['old-protocols.yaml', 443, 'TLSv1 TLSv1.1 TLSv1.2 TLSv1.3'],
	['only-1.3.yaml', 443, 'TLSv1.3'],
	['other-classes.yaml', 443, modern],
	['passthrough.yaml', 443, modern],
	['reject-handshake.yaml', 443, modern],
	['two-configmaps.yaml', 443, modern],
	['two-configmaps.yaml', 443, 'TLSv1.1 TLSv1.2'],
	['without-hosts.yaml', 443, 'TLSv1.2'],
];

const endpointsOf = ([name, port]: (typeof rows)[number]) =>
	kubernetes
		.read(path.join('fixtures/server-configs/kubernetes', name), systemFiles({}))
		.endpoints.filter(endpoint => endpoint.port === port);

/** A server for other names, or none, and one for each name. */
function serversOf(row: (typeof rows)[number], port: number): string {
	const endpoints = endpointsOf(row);
	const names = endpoints.flatMap(({serverName}) => serverName ?? []);
	const others = endpoints.some(({serverName}) => serverName === null) ? 'off' : 'on';
	const block = (rest: string): string =>
		`server { listen 127.0.0.1:${port} ssl ${rest}; ssl_protocols ${row[2]}; ssl_ciphers DEFAULT:@SECLEVEL=0; }\n`;
	return block(`default_server; ssl_reject_handshake ${others}`) + [...new Set(names)].map(name => block(`; server_name ${name}`)).join('');
}

testBeside(
	{
		name: 'kubernetes',
		programs: ['nginx'],
		plan: {
			ports: rows.length,
			command: (ports, folder) => ({
				program: 'nginx',
				argv: ['-e', 'stderr', '-p', folder, '-c', 'nginx.conf'],
				files: {
					'nginx.conf': `daemon off;
pid ${folder}/nginx.pid;
error_log stderr;
events {}
http {
	access_log off;
	server_names_hash_bucket_size 128;
	ssl_certificate ${fixture('rsa')};
	ssl_certificate_key ${fixture('rsa')};
	${rows.map((row, index) => serversOf(row, ports[index]!)).join('\t')}
}
`,
				},
			}),
		},
	},
	`what nginx makes of the versions is what is read, on ${rows.length} ports`,
	async (t, ports) => {
		for (const [index, row] of rows.entries()) {
			const endpoints = endpointsOf(row);
			t.true(endpoints.length > 0, row[0]);
			await assertAnswers(
				t,
				endpoints.map(endpoint => ({...endpoint, port: ports[index]!})),
				`${row[0]} ${row[2]}`,
			);
		}
	},
);
