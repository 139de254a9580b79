import test, {type ExecutionContext} from 'ava';
import pLimit from 'p-limit';
import {rowsOf} from '../depth.js';
import {needsTool} from '../needs-tool.js';
import {type RunningServer, type ServerPlan, startServer} from './start-server.js';

/** A product, and configurations of it. */
export type Product<Case> = {
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

/** A configuration that runs. */
export type RunningCase<Case> = {
	readonly configuration: Case;
	/** Its place among the configurations of the product. */
	readonly index: number;
	readonly port: number;
	readonly server: RunningServer;
};

/**
Makes what declares a test for each configuration of a product.

Where a program of it is not installed nothing can be shown: see `needsTool`.

@param atOnce - How many run at the same time: a machine has few cores, and a test file's cases all begin at once.
@param most - How many configurations of a product a sample has.
*/
export function makeTestProduct(atOnce: number, most: number) {
	const limit = pLimit(atOnce);
	return <Case extends {readonly title: string}>(
		product: Product<Case>,
		check: (t: ExecutionContext, running: RunningCase<Case>) => Promise<void>,
	): void => {
		const {name, programs, cases} = product;
		if (!needsTool(`${name}: ${cases.length} configurations`, programs)) {
			return;
		}

		let together: Promise<RunningServer> | undefined;
		test.after.always(`${name} is stopped`, async () => (await together?.catch(() => undefined))?.stop());
		for (const [index, configuration] of rowsOf(cases.entries(), most)) {
			test(`${name}: ${configuration.title}`, t =>
				limit(async () => {
					t.timeout(600_000, 'Java and Go compile first');
					if ('planAll' in product) {
						together ??= startServer(product.planAll(cases));
						const server = await together;
						await check(t, {configuration, index, port: server.ports[index]!, server});
						return;
					}

					const server = await startServer(product.planOne(configuration));
					try {
						await check(t, {configuration, index, port: server.ports[0]!, server});
					} finally {
						await server.stop();
					}
				}));
		}
	};
}
