import {hostname} from 'node:os';
import {readProxyLogins} from '../queue/proxy-logins.js';
import {cacheNames} from '../transport/name-cache.js';
import {nameServerResolver} from '../transport/name-server.js';
import {parseReachBlock, type Reach} from '../transport/reach.js';
import {defineCommand, type FlagValues, UsageError} from './command.js';
import {planLoad} from './probing/plan-load.js';
import {hostsFilePath, readExchangerResolver} from './read-name-servers.js';
import {readLabel, readLeaseMs, readPlace} from './read-queue.js';
import {readCount} from './read-values.js';

const flags = {
	queue: {type: 'string', value: 'text'},
	label: {type: 'string', value: 'text'},
	concurrency: {type: 'string', value: 'text'},
	workers: {type: 'string', value: 'text'},
	allow: {type: 'string', value: 'text', isList: true, isMultiple: true},
	deny: {type: 'string', value: 'text', isList: true, isMultiple: true},
	quiet: {type: 'boolean', shortFlag: 'q'},
} as const;

/** Probes the targets of runs that are on a queue. */
export default defineCommand({
	name: 'worker',
	summary: 'probe the targets of runs with --queue, on as many machines as you like',
	operands: 'text',
	flags,
	help: `Usage
  $ tlsprobe worker --queue URL

Takes chunks of lists from a queue, probes their targets, and returns the
results to the runs (tlsprobe --hosts FILE --queue URL). Any number of workers
may come and go. The first Ctrl-C or SIGTERM finishes what runs and takes
nothing new; the second one ends at once, and other workers probe the rest.

Options
  --queue URL          redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE], rediss://
                       for TLS, or unix:///PATH
  --label NAME         take only runs with --from NAME
  --concurrency N      targets at the same time in this worker, of all runs
  --workers N          threads  [the idle cores]
  --allow CIDR         connect only to these addresses, whatever a run says;
                       repeatable
  --deny CIDR          do not connect to these addresses; repeatable
  -q, --quiet          print only errors

Environment
  TLSPROBE_REDIS_USER, TLSPROBE_REDIS_PASSWORD
                       the login, if the URL has none
  TLSPROBE_PROXY_LOGINS
                       URLs of proxies with their logins, separated by spaces;
                       runs name proxies without logins
  TLSPROBE_QUEUE_LEASE a worker that is silent for this time counts as gone, and
                       its chunks run again  [30s]

Examples
  $ tlsprobe worker --queue redis://queue.example.com:6379
  $ tlsprobe worker --queue rediss://q.example.com --label eu --deny 10.0.0.0/8
`,
	async run(input, values, context) {
		if (input.length > 0) {
			throw new UsageError(`tlsprobe worker takes no targets: ${JSON.stringify(input[0])}; runs name them`);
		}

		const place = readPlace(values.queue, context);
		const reach = readReach(values);
		const addLogin = readProxyLogins(context.environment);
		if (typeof addLogin === 'string') {
			throw new UsageError(addLogin);
		}

		const label = values.label === undefined ? undefined : readLabel('--label', values.label);
		const concurrency = values.concurrency === undefined ? undefined : readCount('--concurrency', values.concurrency, 1, 100_000);
		const workers = values.workers === undefined ? undefined : readCount('--workers', values.workers, 1, 256);
		const leaseMs = readLeaseMs(context);
		const [{connect}, {work}] = await Promise.all([import('../queue/connect.js'), import('../queue/work.js')]);
		const {warn, signal, toolVersion} = context;
		const connection = await connect(place, {say: warn, leaseMs, signal});
		context.expectMuch(false);
		const takes = label === undefined ? 'runs without --from' : `runs with --from ${label}`;
		warn(`worker ${hostname()} is up: tlsprobe ${toolVersion}, takes ${takes} from ${place.label}\n`);
		const onStop = (): void => warn('ending: what runs is finished, nothing new is taken; press Ctrl-C again to stop immediately\n');
		signal.addEventListener('abort', onStop);
		try {
			await work(connection, {
				label,
				concurrency,
				spread: {workers, threadEntry: context.threadEntry},
				reach,
				addLogin,
				planLoad,
				hooksFor: (nameServers, isMail) => ({
					resolver: cacheNames(nameServerResolver({servers: nameServers, hostsFile: hostsFilePath(context)})),
					exchangerResolver: isMail ? readExchangerResolver(nameServers) : undefined,
				}),
				toolVersion,
				stop: signal,
				leaseMs,
				say: warn,
			});
		} catch (error) {
			throw connection.explain(error);
		} finally {
			signal.removeEventListener('abort', onStop);
			connection.close();
		}

		return 0;
	},
});

/** @throws {UsageError} For what is no block of addresses. */
function readReach({allow, deny}: FlagValues<typeof flags>): Reach | undefined {
	const read = (flag: string, texts: readonly string[]): readonly string[] =>
		texts
			.flatMap(text => text.split(','))
			.map(text => {
				if (parseReachBlock(text) === undefined) {
					throw new UsageError(`${flag} takes an address or a block such as 10.0.0.0/8 or 2001:db8::/32, not ${JSON.stringify(text)}`);
				}

				return text;
			});
	const reach = {allow: read('--allow', allow), deny: read('--deny', deny)};
	return reach.allow.length === 0 && reach.deny.length === 0 ? undefined : reach;
}
