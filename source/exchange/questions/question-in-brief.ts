import {cutInWords} from '../outcome-in-brief.js';
import type {NameAnswer} from './name-answer.js';

/** The outcome of a question to the DNS, in a few words. */
export function answerInBrief(answer: NameAnswer): string {
	switch (answer.kind) {
		case 'answered': {
			const {code, records, isAuthentic} = answer;
			const found = `${records.length} ${records.length === 1 ? 'record' : 'records'}${isAuthentic ? ', validated by DNSSEC' : ''}`;
			return code === 0 ? found : codeInWords(code);
		}
		case 'malformed':
			return 'malformed answer of the name server';
		case 'no-answer':
			return `no answer of a name server, ${answer.code}`;
		case 'unasked':
			return 'not asked';
		case 'unanswered':
			return cutInWords(answer);
		default:
			return answer satisfies never;
	}
}

/** RFC 1035 §4.1.1, by the names that IANA has for them. */
const codes: readonly string[] = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'];

export const codeInWords = (code: number): string => codes[code] ?? `response code ${code}`;
