import pLimit from 'p-limit';
import type {AgreementCase} from '../../test/helpers/peers/agreement.js';
import {findProgram} from '../../test/helpers/peers/find-program.js';
import {startServer} from '../../test/helpers/peers/start-server.js';
import type {Product} from '../../test/helpers/peers/test-product.js';
import {assess} from './assess.js';
import type {Run} from './summary.js';
import {findTruth} from './truth.js';

export type Extent = {
	readonly rounds: number;
	/** Whether a configuration is run, by its product and title. */
	readonly isMeant: (name: string) => boolean;
	/** How many configurations at the same time. */
	readonly atOnce: number;
	readonly onRun: (run: Run) => void;
	readonly onError: (name: string, error: unknown) => void;
};

/** Start the meant configurations of a product, and run the probe on each of them, round after round. */
export async function runProduct<Case extends AgreementCase>(product: Product<Case>, extent: Extent): Promise<void> {
	const {name, programs} = product;
	const cases = product.cases.filter(({title}) => extent.isMeant(`${name}: ${title}`));
	const missing = programs.filter(program => findProgram(program) === undefined);
	if (cases.length === 0) {
		return;
	}

	if (missing.length > 0) {
		extent.onError(name, `${missing.join(', ')} not installed`);
		return;
	}

	const limit = pLimit(extent.atOnce);
	const run = async (configuration: Case, port: number): Promise<void> => {
		try {
			const truth = await findTruth(port, configuration.versions);
			for (let round = 1; round <= extent.rounds; round++) {
				extent.onRun({product: name, title: configuration.title, round, said: await assess(port, truth)});
			}
		} catch (error) {
			extent.onError(`${name}: ${configuration.title}`, error);
		}
	};

	if ('planAll' in product) {
		const server = await startServer(product.planAll(cases));
		try {
			await Promise.all(cases.map((configuration, index) => limit(() => run(configuration, server.ports[index]!))));
		} finally {
			await server.stop();
		}

		return;
	}

	const alone = async (configuration: Case): Promise<void> => {
		const server = await startServer(product.planOne(configuration));
		try {
			await run(configuration, server.ports[0]!);
		} finally {
			await server.stop();
		}
	};

	await Promise.all(cases.map(configuration => limit(() => alone(configuration))));
}
