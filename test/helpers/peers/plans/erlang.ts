import path from 'node:path';
import {fixture} from '../fixtures.js';
import type {ServerPlan} from '../start-server.js';

export type ErlangServer = {
	/** Options of `ssl:listen/2`, as Erlang writes them. */
	readonly settings: string;
	/** `rsa` by default. */
	readonly certificate?: string;
};

/** Servers of Erlang in one process, with a port for each. */
export const erlangPlan = (servers: readonly ErlangServer[]): ServerPlan => ({
	ports: servers.length,
	command: ports => ({
		program: 'escript',
		argv: [
			path.resolve('fixtures/peers/servers.escript'),
			...servers.map(({settings, certificate = 'rsa'}, index) => {
				const file = fixture(certificate);
				return `[{port, ${ports[index]}}, {certfile, "${file}"}, {keyfile, "${file}"}, ${settings}].`;
			}),
		],
	}),
});
