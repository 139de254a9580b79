import type {DnsResponse} from '../../wire/dns/message.js';
import type {Outcome} from '../outcome.js';

/** The outcome of a question to the DNS. */
export type NameAnswer =
	/** A name server answered; its code may be an error. */
	| ({readonly kind: 'answered'} & Omit<DnsResponse, 'isTruncated'>)
	/** The message does not decode. */
	| {readonly kind: 'malformed'}
	/** No name server answered, or there is none. The code is the system's, or `ETIMEDOUT`. */
	| {readonly kind: 'no-answer'; readonly code: string}
	| Extract<Outcome, {readonly kind: 'unasked' | 'unanswered'}>;
