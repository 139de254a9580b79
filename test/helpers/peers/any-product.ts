import type {AgreementCase} from './agreement.js';
import type {Product} from './test-product.js';

/** A product whose configurations have any type: it is given to what takes every product. */
export type AgreementProduct = <Result>(use: <Case extends AgreementCase>(product: Product<Case>) => Result) => Result;

export const anyProduct =
	<Case extends AgreementCase>(product: Product<Case>): AgreementProduct =>
	use =>
		use(product);
