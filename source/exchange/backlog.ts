/** Bytes that wait for more, put together only once there are enough: what comes in many small pieces takes no more time than in one. */
export type Backlog = {
	push(bytes: Uint8Array): void;
	/** All of them, where there are as many as are needed; undefined before. */
	whole(): Uint8Array | undefined;
	/**
	Keep what is behind the first `used` bytes of `whole`.

	@param needed - How many bytes the next item has at least.
	*/
	keep(used: number, needed: number): void;
	readonly length: number;
};

/** @param needed - How many bytes the first item has at least. */
export function makeBacklog(needed: number): Backlog {
	let parts: Uint8Array[] = [];
	let length = 0;
	return {
		push(bytes) {
			parts.push(bytes);
			length += bytes.length;
		},
		whole() {
			if (length < needed) {
				return undefined;
			}

			if (parts.length !== 1) {
				parts = [Buffer.concat(parts)];
			}

			return parts[0];
		},
		keep(used, next) {
			const left = parts[0]!.subarray(used);
			parts = [left];
			length = left.length;
			needed = next;
		},
		get length() {
			return length;
		},
	};
}
