import {testAgreement} from '../helpers/peers/agreement.js';
import {runtimeProducts} from '../helpers/peers/products/runtimes.js';

for (const withProduct of runtimeProducts) {
	withProduct(testAgreement);
}
