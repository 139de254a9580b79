/** What an `InputError` says beside the problem. */
export type InputErrorDetails = {
	/** Where the input is wrong: a file, as `file:line` or `file:line:column` where that is known. */
	readonly place?: string | undefined;
	/** What to do instead, for a person who uses the command line. */
	readonly hint?: string | undefined;
	readonly cause?: unknown;
};

/**
Input that means nothing or cannot be read: text, a file, a value. The message is the problem behind its place. The command line adds the
hint, shows all as one line without a stack, and exits with 2.
*/
export class InputError extends Error {
	override readonly name: string = 'InputError';
	readonly problem: string;
	readonly place: string | undefined;
	readonly hint: string | undefined;

	constructor(problem: string, {place, hint, cause}: InputErrorDetails = {}) {
		super(place === undefined ? problem : `${place}: ${problem}`, cause === undefined ? undefined : {cause});
		this.problem = problem;
		this.place = place;
		this.hint = hint;
	}
}
