import path from 'node:path';
import {fixture} from '../fixtures.js';
import type {ServerPlan} from '../start-server.js';

/** What `fixtures/peers/Servers.java` reads. */
export type JavaServer = {readonly settings: string};

/** Settings of a certificate. */
export const javaKeys = {
	rsa: `certificate=${fixture('rsa')} algorithm=RSA`,
	dsa: `certificate=${fixture('dsa')} algorithm=DSA`,
	p256: `certificate=${fixture('ecdsa-p256')} algorithm=EC`,
	p384: `certificate=${fixture('ecdsa-p384')} algorithm=EC`,
} as const;

/** Servers of Java in one process, with a port for each. It compiles in every tier: with the first alone, signatures take long. */
export const javaPlan = (servers: readonly JavaServer[]): ServerPlan => ({
	ports: servers.length,
	command: ports => ({
		program: 'java',
		argv: [
			...['-Xshare:auto', '-Xmx256m', path.resolve('fixtures/peers/Servers.java')],
			...servers.map(({settings}, index) => `port=${ports[index]} ${settings}`),
		],
	}),
});
