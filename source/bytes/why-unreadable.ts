/**
Why the system did not give out a file, as the end of a sentence: `it is a directory; name a file in it`.

@param error - What reading or opening it threw. An error that has no words here keeps its code, or else its message.
*/
export function whyUnreadable(error: unknown): string {
	const {code, message} = error as NodeJS.ErrnoException;
	return code === undefined ? message : (words[code] ?? code);
}

const words: Readonly<Record<string, string>> = {
	ENOENT: 'there is no such file',
	ENOTDIR: 'a part of its path is a file, not a directory',
	EISDIR: 'it is a directory; name a file in it',
	EACCES: 'permission denied',
	EPERM: 'permission denied',
	EBUSY: 'another program has it open',
	EMFILE: 'too many files are open',
	ELOOP: 'its symbolic links lead to each other',
	ENAMETOOLONG: 'the name is too long',
};
