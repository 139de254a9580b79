import type {EndpointVerdict} from '../policy/default-expectation.js';
import {checkText, total} from './check-text.js';
import type {Format} from './format.js';

/** A line per address, and below it every rule that is not met, with what was seen and where the rule is from. */
export default {
	name: 'rules',
	isAppendable: false,
	start({look}) {
		const verdicts: EndpointVerdict[] = [];
		return {
			add({addresses, verdict}) {
				verdicts.push(verdict);
				return addresses.map(judged => checkText(judged, look)).join('');
			},
			end: () => total(verdicts, 'endpoints', look),
		};
	},
} satisfies Format;
