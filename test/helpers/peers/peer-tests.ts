import {isDeepStrictEqual} from 'node:util';
import test, {type ExecutionContext} from 'ava';
import pLimit from 'p-limit';
import {needsTool} from '../needs-tool.js';
import type {LooseOptions} from '../probe-options.js';
import {askFor, type Expected} from './expected.js';
import {type RunningServer, type ServerPlan, startServer} from './start-server.js';

/** One configuration of a server, and the truth about it. */
export type PeerCase = {
	readonly title: string;
	/** Where no server name is sent. */
	readonly expected: Expected;
	/** Where one of these names is sent. */
	readonly byName?: Readonly<Record<string, Expected>>;
	readonly options?: LooseOptions;
};

export type Product<Case extends PeerCase> = {
	readonly name: string;
	/** All of them have to be installed. */
	readonly programs: readonly string[];
	readonly cases: readonly Case[];
} & (
	| {
			/** A process for each configuration, of one port. */
			readonly planOne: (configuration: Case) => ServerPlan;
	  }
	| {
			/** One process for all of them, of one port each in their order, perhaps followed by others. */
			readonly planAll: (configurations: readonly Case[]) => ServerPlan;
	  }
);

/** A machine has few cores, and a test file's cases all begin at once. */
const limit = pLimit(4);

/**
Declare a test for each configuration of a product.

Where a program of it is not installed nothing can be shown: see `needsTool`.
*/
export function testPeers<Case extends PeerCase>(product: Product<Case>): void {
	if (!needsTool(`${product.name}: ${product.cases.length} configurations`, product.programs)) {
		return;
	}

	if ('planOne' in product) {
		declareEach(product.name, product.cases, product.planOne);
	} else {
		declareTogether(product.name, product.cases, product.planAll);
	}
}

function declareEach<Case extends PeerCase>(name: string, cases: readonly Case[], plan: (configuration: Case) => ServerPlan): void {
	for (const configuration of cases) {
		test(`${name}: ${configuration.title}`, t =>
			limit(async () => {
				const server = await startServer(plan(configuration));
				try {
					await check(t, configuration, server, server.ports[0]!);
				} finally {
					await server.stop();
				}
			}));
	}
}

function declareTogether<Case extends PeerCase>(
	name: string,
	cases: readonly Case[],
	plan: (configurations: readonly Case[]) => ServerPlan,
): void {
	let running: Promise<RunningServer> | undefined;
	test.after.always(`${name} is stopped`, async () => (await running?.catch(() => undefined))?.stop());
	for (const [index, configuration] of cases.entries()) {
		test(`${name}: ${configuration.title}`, t =>
			limit(async () => {
				t.timeout(600_000, 'Java and Go compile first');
				running ??= startServer(plan(cases));
				const server = await running;
				await check(t, configuration, server, server.ports[index]!);
			}));
	}
}

async function check(
	t: ExecutionContext,
	{title, expected, byName = {}, options}: PeerCase,
	server: RunningServer,
	port: number,
): Promise<void> {
	for (const [serverName, wanted] of [[undefined, expected] as const, ...Object.entries(byName)]) {
		const result = await askFor(wanted, port, serverName, options);
		if (!isDeepStrictEqual(result.actual, result.wanted)) {
			t.log(server.log(), result.reports);
		}

		t.deepEqual(result.actual, result.wanted, `${title}, asked for ${serverName ?? 'no name'}`);
	}
}
