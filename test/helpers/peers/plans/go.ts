import path from 'node:path';
import {fixture} from '../fixtures.js';
import {buildGoProgram} from '../go-program.js';
import type {ServerPlan} from '../start-server.js';

/** What `fixtures/peers/servers.go` reads. */
export type GoServer = {
	readonly settings: {
		readonly Certificate?: string;
		readonly Min?: number;
		readonly Max?: number;
		readonly Suites?: readonly number[];
		readonly Groups?: readonly number[];
		readonly ClientAuth?: boolean;
		readonly OnlyName?: string;
		/** Reads a request, and answers it; otherwise the connection is closed behind the handshake. */
		readonly Answers?: boolean;
		readonly StrictMax?: number;
	};
};

/** Servers of Go in one process, with a port for each, and with all that Go has turned off by default. */
export const goPlan = (servers: readonly GoServer[]): ServerPlan => ({
	ports: servers.length,
	command: async (ports, folder) => ({
		program: await buildGoProgram(path.resolve('fixtures/peers/servers.go'), folder),
		argv: [JSON.stringify(servers.map(({settings}, index) => ({Port: ports[index], Certificate: fixture('rsa'), ...settings})))],
		environment: {GODEBUG: 'tlsrsakex=1,tls3des=1,tls10server=1,tlsmlkem=1,tlssecpmlkem=1,tlssha1=1'},
	}),
});
