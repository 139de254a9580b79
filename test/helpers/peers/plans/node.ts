import path from 'node:path';
import {fixture} from '../fixtures.js';
import type {ServerPlan} from '../start-server.js';

export type NodeServer = {
	/** `rsa` by default. */
	readonly keys?: readonly string[];
	/** Options of `tls.createServer`, and what `fixtures/peers/servers.mjs` adds. */
	readonly settings?: Readonly<Record<string, unknown>>;
};

/** Servers of Node.js in one process, with a port for each. */
export const nodePlan = (servers: readonly NodeServer[]): ServerPlan => ({
	ports: servers.length,
	command: ports => ({
		program: process.execPath,
		argv: [
			path.resolve('fixtures/peers/servers.mjs'),
			JSON.stringify(
				servers.map(({keys = ['rsa'], settings}, index) => ({port: ports[index], certificates: keys.map(fixture), ...settings})),
			),
		],
	}),
});
