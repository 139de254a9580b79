import type {ServerCommand, ServerPlan} from '../start-server.js';

/** What stands in a configuration once the ports are known. */
export type NginxText = {
	/** Lines of `http`. */
	readonly http: readonly string[];
	/** Lines before `events` and `http`. */
	readonly main?: readonly string[];
	readonly files?: ServerCommand['files'];
};

/** nginx in one process, with everything that it writes in its folder. */
export const nginxPlan = (count: number, textFor: (ports: readonly number[]) => NginxText): ServerPlan => ({
	ports: count,
	command: (ports, folder) => {
		const {http, main = [], files} = textFor(ports);
		return {
			program: 'nginx',
			argv: ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr'],
			files: {
				...files,
				'nginx.conf': [
					...main,
					'daemon off; master_process off; pid nginx.pid; error_log stderr info;',
					'events { worker_connections 512; }',
					'http { access_log off; ssl_session_cache off;',
					...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(name => `${name}_temp_path temporary-${name};`),
					...http,
					'}',
				].join('\n'),
			},
		};
	},
});
