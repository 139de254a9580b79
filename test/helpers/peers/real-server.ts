import test, {type ExecutionContext} from 'ava';
import pLimit from 'p-limit';
import {needsTool} from '../needs-tool.js';
import {type RunningServer, type ServerPlan, startServer} from './start-server.js';

/** A machine has few cores, and a test file's cases all begin at once. */
const limit = pLimit(4);

export type RealServer = {
	readonly name: string;
	/** All of them have to be installed. */
	readonly programs: readonly string[];
	readonly plan: ServerPlan;
};

/**
Declare a test that runs beside a server of its own. Where a program is not installed nothing can be shown: see `needsTool`.
*/
export function testBeside(
	{name, programs, plan}: RealServer,
	title: string,
	run: (t: ExecutionContext, ports: readonly number[], server: RunningServer) => Promise<void>,
): void {
	if (!needsTool(`${name}: ${title}`, programs)) {
		return;
	}

	test(`${name}: ${title}`, t =>
		limit(async () => {
			const server = await startServer(plan);
			try {
				await run(t, server.ports, server);
			} finally {
				if (!t.passed) {
					t.log(server.log());
				}

				await server.stop();
			}
		}));
}

/** Programs that will not run as root are run as somebody else, who owns the folder. */
export const asUser = (user: string, folder: string, program: string, argv: readonly string[]): {program: string; argv: string[]} =>
	process.getuid?.() === 0
		? {
				program: '/bin/sh',
				argv: [
					'-c',
					'chown -R "$1" "$2"; user=$1; shift 2; exec setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups "$@"',
					'sh',
					user,
					folder,
					program,
					...argv,
				],
			}
		: {program, argv: [...argv]};
