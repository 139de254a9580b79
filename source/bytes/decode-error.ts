/**
Bytes that are not valid for their field.

Thrown while a message is decoded, and caught in one place, `exchange`, where it becomes an outcome: nothing that a peer sends throws beyond that.
*/
export class DecodeError extends Error {
	override readonly name = 'DecodeError';

	/** The RFC's name of the invalid field. */
	readonly field: string;

	/** Its offset, in bytes from the start of the decoded input. */
	readonly offset: number;

	constructor(field: string, offset: number, problem: string) {
		super(`${field}: ${problem} at byte ${offset}`);
		this.field = field;
		this.offset = offset;
	}
}

/**
@returns Undefined where the bytes do not decode.
@throws Any error but a DecodeError.
*/
export function tryDecode<Value>(read: () => Value): Value | undefined {
	try {
		return read();
	} catch (error) {
		if (error instanceof DecodeError) {
			return undefined;
		}

		throw error;
	}
}
