/** Something outside the program went wrong with a file or stream that it was asked to write. Exit code 74. */
export class OutputError extends Error {
	override readonly name = 'OutputError';
}
