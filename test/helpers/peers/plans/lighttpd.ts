import {fixture} from '../fixtures.js';
import type {ServerPlan} from '../start-server.js';

export type LighttpdSocket = {
	/** What `ssl-conf-cmd` is given; undefined for HTTP in clear. */
	readonly commands?: Readonly<Record<string, string>>;
	/** `rsa` by default. */
	readonly certificate?: string;
};

/** The programs and files that have to be installed for lighttpd with a TLS library. */
export const lighttpdPrograms = (library: string): readonly string[] => ['lighttpd', `/usr/lib/lighttpd/mod_${library}.so`];

/** lighttpd with a port for each socket, and a last one that it always has, without TLS. */
export const lighttpdPlan = (library: string, sockets: readonly LighttpdSocket[]): ServerPlan => ({
	ports: sockets.length + 1,
	command: (ports, folder) => ({
		program: 'lighttpd',
		argv: ['-D', '-f', 'lighttpd.conf'],
		files: {
			'lighttpd.conf': [
				`server.document-root = "${folder}"`,
				'server.bind = "127.0.0.1"',
				`server.port = ${ports.at(-1)}`,
				`server.modules = ("mod_${library}")`,
				...sockets.flatMap((socket, index) => [`$SERVER["socket"] == "127.0.0.1:${ports[index]}" {`, ...linesOf(socket), '}']),
				'',
			].join('\n'),
		},
	}),
});

function linesOf({commands, certificate = 'rsa'}: LighttpdSocket): string[] {
	if (commands === undefined) {
		return [];
	}

	const pairs = Object.entries(commands).map(([name, value]) => `"${name}" => "${value}"`);
	return ['ssl.engine = "enable"', `ssl.pemfile = "${fixture(certificate)}"`, `ssl.openssl.ssl-conf-cmd = (${pairs.join(', ')})`];
}
