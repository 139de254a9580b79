/** The input ended before its end. Thrown by what unpacks it, and caught in one place, `readHosts`, where it becomes an entry. */
export class CutError extends Error {
	override readonly name = 'CutError';
}
