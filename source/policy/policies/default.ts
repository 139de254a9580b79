import {definePolicy} from '../policy.js';
import type {Rule} from '../rule.js';
import acceptsAny from '../rules/accepts-any.js';
import rfc6176NoSsl2 from '../rules/rfc6176-no-ssl-2.js';
import rfc7568NoSsl3 from '../rules/rfc7568-no-ssl-3.js';
import rfc8996NoTls10 from '../rules/rfc8996-no-tls-1-0.js';
import rfc8996NoTls11 from '../rules/rfc8996-no-tls-1-1.js';

/** By themselves, for what is judged by no other policy: most runs do without the other rules. */
export const defaultRules: readonly Rule[] = [rfc6176NoSsl2, rfc7568NoSsl3, rfc8996NoTls10, rfc8996NoTls11, acceptsAny];

export default definePolicy({
	name: 'default',
	title: 'the policy that applies if no other is named',
	source: {name: 'RFC 9325 §3.1.1', url: 'https://www.rfc-editor.org/rfc/rfc9325#section-3.1.1'},
	rules: defaultRules.map(({id}) => ({rule: id})),
});
