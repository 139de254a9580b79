import {line} from '../replies.js';
import type {StartTls} from '../starttls.js';

export default {
	name: 'nut',
	ports: [3493],
	source: 'RFC 9271 §4.2.11',
	steps: [{send: 'STARTTLS\n', reply: line, expect: /^OK STARTTLS\b/}],
} as const satisfies StartTls;
