import {isDeepStrictEqual} from 'node:util';
import type {ExecutionContext} from 'ava';
import type {LooseOptions} from '../probe-options.js';
import {askFor, type Expected} from './expected.js';
import {makeTestProduct, type Product, type RunningCase} from './test-product.js';

/** One configuration of a server, and the truth about it. */
export type PeerCase = {
	readonly title: string;
	/** Where no server name is sent. */
	readonly expected: Expected;
	/** Where one of these names is sent. */
	readonly byName?: Readonly<Record<string, Expected>>;
	readonly options?: LooseOptions;
};

const testProduct = makeTestProduct(4, 6);

/** Declares a test for each configuration of a product: the versions that are reported are those that it accepts. */
export const testPeers = <Case extends PeerCase>(product: Product<Case>): void => testProduct(product, check);

async function check(t: ExecutionContext, {configuration, port, server}: RunningCase<PeerCase>): Promise<void> {
	const {title, expected, byName = {}, options} = configuration;
	for (const [serverName, wanted] of [[undefined, expected] as const, ...Object.entries(byName)]) {
		const result = await askFor(wanted, port, serverName, options);
		if (!isDeepStrictEqual(result.actual, result.wanted)) {
			t.log(server.log(), result.reports);
		}

		t.deepEqual(result.actual, result.wanted, `${title}, asked for ${serverName ?? 'no name'}`);
	}
}
