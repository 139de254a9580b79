import {execFileSync} from 'node:child_process';
import http from 'node:http';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import caddy from '../../source/proxies/caddy.js';
import {findProgram} from '../helpers/peers/find-program.js';
import {assertAnswers, configurationsOf, handshake, placed, portsIn} from '../helpers/peers/held-against.js';
import {findFreePorts} from '../helpers/peers/ports.js';
import {testBeside} from '../helpers/peers/real-server.js';
import {filesOf} from '../helpers/proxies.js';

const configurations = configurationsOf('caddy');
const environment = {SITE_NAME: 'named.variables.test', LOWEST: 'tls1.2'};

/** Of what is there. Before 2.8 its administration cannot be moved to another port. */
function minorVersion(): number {
	const program = findProgram('caddy');
	const words = program === undefined ? '' : execFileSync(program, ['version'], {encoding: 'utf8'});
	return Number(/^v?2\.(?<minor>\d+)/.exec(words)?.groups?.minor ?? 0);
}

/** The file of one site without options also listens on port 80. */
const names = Object.keys(configurations).filter(name => !/\.caddy$|^single-site/.test(name));

let texts: Readonly<Record<string, string>> = {};

testBeside(
	{
		name: 'caddy',
		programs: [minorVersion() < 9 ? 'caddy 2.9 or later' : 'caddy'],
		plan: {
			ports: 1,
			async command([administration]) {
				texts = placed(configurations, await findFreePorts(portsIn(configurations).length));
				return {
					program: 'caddy',
					argv: ['run', '--config', 'nothing.json'],
					files: {...texts, 'nothing.json': '{}'},
					environment: {...environment, CADDY_ADMIN: `127.0.0.1:${administration}`},
				};
			},
		},
	},
	`${names.length} configurations are answered as they are read`,
	async (t, [administration]) => {
		for (const name of names) {
			t.is(await load(name, texts[name]!, administration!), '200', name);
			const {endpoints} = caddy.read(path.resolve('/etc', name), filesOf(texts, environment));
			// Certificates are issued while it runs already.
			for (const endpoint of endpoints) {
				const accepted = endpoint.accepts[0] as 'TLSv1.2' | 'TLSv1.3';
				for (let tries = 0; tries < mostTries && (await handshake(endpoint, accepted)) !== 'accepted'; tries++) {
					await delay(25);
				}
			}

			await assertAnswers(t, endpoints, name);
			for (const {port} of endpoints.filter(({port}) => !endpoints.some(other => other.port === port && other.serverName === null))) {
				t.regex(await handshake({port, serverName: 'unknown.test'}, 'TLSv1.3'), /^refused/, name);
			}
		}
	},
);

const mostTries = 200;

/** @returns The status, and what is wrong with the configuration. */
function load(name: string, text: string, administration: number): Promise<string> {
	const type = name.endsWith('.json') ? 'application/json' : 'text/caddyfile';
	const options = {host: '127.0.0.1', port: administration, path: '/load', method: 'POST', agent: false, headers: {'content-type': type}};
	return new Promise((resolve, reject) => {
		const request = http.request(options, response => {
			let body = '';
			response.on('data', chunk => {
				body += chunk;
			});
			response.on('end', () => resolve(response.statusCode === 200 ? '200' : `${response.statusCode} ${body}`));
		});
		request.on('error', reject).end(text);
	});
}
