/** Types of records that can be asked for, by their codes: RFC 8659, RFC 6698, RFC 9460. */
export const recordTypes = {CAA: 257, TLSA: 52, HTTPS: 65} as const;

export type RecordType = keyof typeof recordTypes;

/** A question to the DNS, in the class IN. */
export type Question = {
	/** Labels with dots between them, without one at the end. */
	readonly name: string;
	readonly type: RecordType;
};

const mostLabel = 63;
const mostName = 253;

/** Whether a name can be asked for. RFC 1035 §2.3.4. */
export const isDnsName = (name: string): boolean =>
	name.length <= mostName && name.split('.').every(label => label.length > 0 && label.length <= mostLabel && /^[!-~]+$/.test(label));
