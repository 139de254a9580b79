import type {RecordType} from './question.js';
import type {ServiceBinding} from './service-binding.js';

/** CAA. RFC 8659 §4.1. */
export type CaaRecord = {readonly type: 'CAA'; readonly isCritical: boolean; readonly tag: string; readonly value: string};

/** TLSA. RFC 6698 §2.1. */
export type TlsaRecord = {
	readonly type: 'TLSA';
	readonly usage: number;
	readonly selector: number;
	readonly matchingType: number;
	/** Hexadecimal. */
	readonly data: string;
};

/** HTTPS. RFC 9460 §9. */
export type HttpsRecord = ServiceBinding & {readonly type: 'HTTPS'};

/** What one record says. Plain data. */
export type DnsRecord = CaaRecord | TlsaRecord | HttpsRecord;

export type RecordOf<Type extends RecordType> = Extract<DnsRecord, {readonly type: Type}>;
