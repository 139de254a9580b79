import {four, hello, switchedOff} from '../helpers/peers/expected.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {type PeerCase, testPeers} from '../helpers/peers/peer-tests.js';
import {nginxPlan} from '../helpers/peers/plans/nginx.js';

/** Gates that let a connection pass by the version in its hello, in front of servers that may speak older ones. */
type GateCase = PeerCase & {
	/** What nginx calls the versions that pass. */
	readonly passes: readonly string[];
	/** `ssl_protocols` of the server behind. */
	readonly protocols: string;
};

const closed = ['rejected', 'closed'] as const;
const listed = hello({shape: 'listed'});
const every = 'TLSv1 TLSv1.1 TLSv1.2 TLSv1.3';
const modern = ['TLSv1.2', 'TLSv1.3'];

const cases: GateCase[] = [
	{title: 'every version behind a gate', passes: modern, protocols: every, expected: four(listed, listed, hello(), hello())},
	{title: 'TLS 1.2 and 1.3 behind a gate', passes: modern, protocols: 'TLSv1.2 TLSv1.3', expected: four(closed, closed, hello(), hello())},
	{
		title: 'TLS 1.0 and 1.2 behind a gate',
		passes: modern,
		protocols: 'TLSv1 TLSv1.2',
		expected: four(listed, closed, hello(), switchedOff),
	},
	{
		title: 'every version behind a gate that lets TLS 1.1 pass',
		passes: ['TLSv1.1', ...modern],
		protocols: every,
		expected: four(listed, hello({shape: 'short'}), hello(), hello()),
	},
	{
		title: 'every version behind a gate for TLS 1.3',
		passes: ['TLSv1.3'],
		protocols: every,
		expected: four(listed, listed, closed, hello()),
	},
];

const streamModule = '/usr/lib/nginx/modules/ngx_stream_module.so';

testPeers<GateCase>({
	name: 'nginx stream with ssl_preread_protocol',
	programs: ['nginx', streamModule],
	cases,
	planAll: configurations =>
		nginxPlan(2 * configurations.length, ports => ({
			main: [
				`load_module ${streamModule};`,
				'stream {',
				...configurations.flatMap(({passes}, index) => [
					`map $ssl_preread_protocol $behind_${index} {`,
					'default 127.0.0.1:1;',
					...passes.map(name => `${name} 127.0.0.1:${ports[configurations.length + index]};`),
					'}',
					`server { listen 127.0.0.1:${ports[index]}; ssl_preread on; proxy_pass $behind_${index}; }`,
				]),
				'}',
			],
			http: [
				`ssl_certificate ${fixture('rsa')}; ssl_certificate_key ${fixture('rsa')}; ssl_ciphers DEFAULT:@SECLEVEL=0;`,
				...configurations.map(
					({protocols}, index) => `server { listen 127.0.0.1:${ports[configurations.length + index]} ssl; ssl_protocols ${protocols}; }`,
				),
			],
		})),
});
