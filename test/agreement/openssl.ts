import {testAgreement} from '../helpers/peers/agreement.js';
import {opensslProducts} from '../helpers/peers/products/openssl.js';

for (const withProduct of opensslProducts) {
	withProduct(testAgreement);
}
