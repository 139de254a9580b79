/**
Bytes that are not what the field they stand in may hold.

Thrown while a message is decoded, and caught in one place, `exchange`, where it becomes an outcome: what a peer sends never
throws further than that.
*/
export class DecodeError extends Error {
	override readonly name = 'DecodeError';

	/** The RFC's name of the field that did not fit. */
	readonly field: string;

	/** Where it stands, in bytes from the start of what was decoded. */
	readonly offset: number;

	constructor(field: string, offset: number, problem: string) {
		super(`${field}: ${problem} at byte ${offset}`);
		this.field = field;
		this.offset = offset;
	}
}
