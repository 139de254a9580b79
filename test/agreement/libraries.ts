import {testAgreement} from '../helpers/peers/agreement.js';
import {libraryProducts} from '../helpers/peers/products/libraries.js';

for (const withProduct of libraryProducts) {
	withProduct(testAgreement);
}
