import {assess} from '../../benchmark/false-positives/assess.js';
import {findTruth} from '../../benchmark/false-positives/truth.js';
import {vulnerabilities} from '../../source/probes/vulnerabilities/index.js';
import {libraryProducts} from '../helpers/peers/products/libraries.js';
import {opensslProducts} from '../helpers/peers/products/openssl.js';
import {runtimeProducts} from '../helpers/peers/products/runtimes.js';
import {makeTestProduct} from '../helpers/peers/test-product.js';

/*
One round of `npm run bench:false-positives`, on a few sound servers of today.
*/

/** One or two configurations of each product, with old suites and with new ones. */
const chosen: Readonly<Record<string, readonly string[]>> = {
	nginx: ['every suite', 'static RSA alone'],
	HAProxy: ['its defaults'],
	GnuTLS: ['its defaults'],
	NSS: ['RC4 and 3DES'],
	Go: ['RC4 and 3DES'],
	Java: ['export suites'],
};

/** What no record-level answer of a sound server may be taken for. */
const sound = new Set(['absent', 'not-applicable']);

/** What stays inconclusive of a server that has one connection at a time, and may be asked by several conversations at once. */
const openOfGnutls = new Set(['clientRenegotiation', 'lucky13', 'opossum']);

const testProduct = makeTestProduct(2, 1);

for (const withProduct of [...opensslProducts, ...runtimeProducts, ...libraryProducts]) {
	withProduct(product => {
		const cases = product.cases.filter(({title}) => chosen[product.name]?.includes(title));
		if (cases.length === 0) {
			return;
		}

		testProduct({...product, cases}, async (t, {configuration, port}) => {
			const said = await assess(port, await findTruth(port, configuration.versions));
			t.deepEqual(said.map(({name}) => name).toSorted(), vulnerabilities.map(({name}) => name).toSorted());
			t.deepEqual(
				said.filter(({wrong}) => wrong !== undefined),
				[],
			);
			t.deepEqual(
				said.filter(({name, status}) => ['heartbleed', 'ccsInjection'].includes(name) && !sound.has(status)),
				[],
			);
			if (product.name === 'GnuTLS') {
				t.deepEqual(
					said.filter(({name, status}) => status === 'inconclusive' && !openOfGnutls.has(name)),
					[],
				);
			}
		});
	});
}
