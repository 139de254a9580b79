import type {ServerPlan} from '../start-server.js';

export type HaproxyFrontend = {
	/** What follows the port in `bind`. */
	readonly bind: string;
	/** Other lines of the frontend. */
	readonly frontend?: readonly string[];
};

/** HAProxy with a port for each frontend. */
export const haproxyPlan = (
	frontends: readonly HaproxyFrontend[],
	backendsFor: (ports: readonly number[]) => readonly string[] = () => [],
): ServerPlan => ({
	ports: frontends.length,
	command: ports => ({
		program: 'haproxy',
		argv: ['-db', '-f', 'haproxy.cfg'],
		files: {
			'haproxy.cfg': [
				'global',
				'  log stderr format raw local0',
				'  nbthread 1',
				'defaults',
				'  mode http',
				'  timeout connect 5s',
				'  timeout client 30s',
				'  timeout server 30s',
				'  retries 0',
				...frontends.flatMap(({bind, frontend = []}, index) => [
					`frontend case-${index}`,
					`  bind 127.0.0.1:${ports[index]} ${bind}`,
					...frontend.map(line => `  ${line}`),
				]),
				...backendsFor(ports),
				'',
			].join('\n'),
		},
	}),
});
