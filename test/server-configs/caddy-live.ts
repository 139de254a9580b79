import {execFileSync} from 'node:child_process';
import {writeFile} from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import caddy from '../../source/server-configs/caddy.js';
import {findProgram} from '../helpers/peers/find-program.js';
import {assertAnswers, configurationsOf, handshake, placed, portsIn} from '../helpers/peers/held-against.js';
import {findFreePorts} from '../helpers/peers/ports.js';
import {testBeside} from '../helpers/peers/real-server.js';
import {filesOf} from '../helpers/proxies.js';
import {runInProcess} from '../helpers/run-in-process.js';

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

let folder = '';

testBeside(
	{
		name: 'caddy',
		programs: [minorVersion() < 9 ? 'caddy 2.9 or later' : 'caddy'],
		plan: {
			ports: 1,
			command([administration], temporary) {
				folder = temporary;
				return {
					program: 'caddy',
					argv: ['run', '--config', 'nothing.json'],
					files: {'nothing.json': '{}'},
					environment: {...environment, CADDY_ADMIN: `127.0.0.1:${administration}`},
				};
			},
		},
	},
	`${names.length} configurations are answered as they are read`,
	async (t, [administration]) => {
		for (const name of names) {
			const texts = await load(name, administration!);
			const {endpoints} = caddy.read(path.resolve('/etc', name), filesOf(texts, environment));
			// Certificates are issued while it runs already.
			for (const endpoint of endpoints) {
				const accepted = endpoint.accepts[0] as 'TLSv1.2' | 'TLSv1.3';
				for (let tries = 0; tries < mostTries && (await handshake(endpoint, accepted)) !== 'accepted'; tries++) {
					await delay(25);
				}
			}

			await assertAnswers(t, endpoints, name);
			// Of what is read no port is missed.
			for (const port of portsOf(texts, name).filter(number => !endpoints.some(endpoint => endpoint.port === number))) {
				t.regex(await handshake({port, serverName: 'unknown.test'}, 'TLSv1.3'), /^refused/, `${name}, ${port}`);
			}

			for (const {port} of endpoints.filter(({port}) => !endpoints.some(other => other.port === port && other.serverName === null))) {
				t.regex(await handshake({port, serverName: 'unknown.test'}, 'TLSv1.3'), /^refused/, name);
			}

			if (name === 'default-name.caddyfile') {
				const {code, stdout} = await runInProcess(['check', '--config', path.join(folder, name), '--timeout', '20s', '--deadline', '120s']);
				t.is(code, 0, stdout);
				t.regex(stdout, /\n3 endpoints: 3 pass, 0 fail, 0 inconclusive/);
			}
		}
	},
);

/** The ports that a file has been given, in the places of those that are written in it. */
function portsOf(texts: Readonly<Record<string, string>>, name: string): readonly number[] {
	const [written, given] = [configurations[name]!, texts[name]!].map(text => text.match(/\b\d{5}\b/g) ?? []);
	return given!.filter((_port, index) => written![index]!.startsWith('104')).map(Number);
}

const mostTries = 200;

/** How often other ports are tried, where another process takes one before it is used. */
const mostLoads = 3;

/**
Make the running server go over to a configuration.

@returns The files, with the ports that they are given.
*/
async function load(name: string, administration: number): Promise<Readonly<Record<string, string>>> {
	const parts = Object.entries(configurations).filter(
		([other]) => other === name || (name === 'imports-a-file.caddyfile' && other.endsWith('.caddy')),
	);
	const written = Object.fromEntries(parts);
	for (let tries = 1; ; tries++) {
		const texts = placed(written, await findFreePorts(portsIn(written).length));
		await Promise.all(Object.entries(texts).map(([file, text]) => writeFile(path.join(folder, file), text)));
		const answer = await post(texts[name]!, name.endsWith('.json') ? 'application/json' : 'text/caddyfile', administration);
		if (answer === '200') {
			return texts;
		}

		if (tries >= mostLoads) {
			throw new Error(`${name}: ${answer}`);
		}
	}
}

/** @returns The status, and what is wrong with the configuration. */
function post(text: string, type: string, administration: number): Promise<string> {
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
