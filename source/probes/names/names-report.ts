import type {EchContents} from '../../wire/dns/ech-configs.js';
import type {CaaRecord, HttpsRecord, TlsaRecord} from '../../wire/dns/record.js';

/** `not-applicable`: the target has no name in the DNS, or its service has no such record. */
export type NamesStatus = 'present' | 'absent' | 'inconclusive' | 'not-applicable';

/** The result of a question, without its records. */
export type LookUpResult = {
	readonly status: NamesStatus;
	/** The name that has the records; if there are none, the first name that was asked for. */
	readonly name?: string | undefined;
	/** Whether the name server says that the answer is validated by DNSSEC. */
	readonly isSigned?: boolean | undefined;
	/** Why it is inconclusive or not applicable, in words. */
	readonly reason?: string | undefined;
	/** How many records are not in `records`. */
	readonly moreRecords?: number | undefined;
};

/** Whether the certificates of the server match the TLSA records. RFC 6698, 7671. */
export type DaneStatus =
	| 'match'
	| 'no-match'
	/** The records are not validated by DNSSEC, so clients do not use them. */
	| 'unsigned'
	/** No record has a usage, a selector and a matching type that the protocol knows. */
	| 'unusable'
	| 'inconclusive'
	/** There are no records. */
	| 'not-applicable';

/** One chain of the server, and the records that it matches. */
export type ChainMatch = {
	/** Of the server's certificate. */
	readonly sha256: string;
	readonly status: 'match' | 'no-match' | 'inconclusive';
	/** Indices in the list of records. */
	readonly records: readonly number[];
};

export type EchReport = Omit<EchContents, 'kem' | 'cipherSuites'> & {readonly kem: string; readonly cipherSuites: readonly string[]};

export type HttpsReport = Omit<HttpsRecord, 'type' | 'ech'> & {readonly ech?: readonly EchReport[] | undefined};

/** What is reported about the records of a name. */
export type NamesReport = {
	readonly caa: LookUpResult & {readonly records: readonly Omit<CaaRecord, 'type'>[]};
	readonly tlsa: LookUpResult & {
		readonly records: readonly Omit<TlsaRecord, 'type'>[];
		readonly dane: DaneStatus;
		/** One for each chain that clients of the target get. */
		readonly matches: readonly ChainMatch[];
	};
	readonly https: LookUpResult & {
		readonly records: readonly HttpsReport[];
		/** Names that led to this one, by records in alias mode. */
		readonly aliases?: readonly string[] | undefined;
		/** What the records announce about Encrypted Client Hello. RFC 9848. */
		readonly ech: {readonly status: NamesStatus; readonly publicNames: readonly string[]};
	};
	/** How many questions were sent. */
	readonly questions: number;
};
