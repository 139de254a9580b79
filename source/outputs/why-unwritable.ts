/**
Why the system did not take what was written, as the end of a sentence: `the disk is full`.

@param error - What writing or opening threw. An error that has no words here keeps its message.
*/
export function whyUnwritable(error: unknown): string {
	const {code = '', message} = error as NodeJS.ErrnoException;
	return words[code] ?? message;
}

const words: Readonly<Record<string, string>> = {
	ENOSPC: 'the disk is full',
	EDQUOT: 'the disk quota is exceeded',
	ENOENT: 'the directory does not exist',
	EACCES: 'permission denied',
	EEXIST: 'it exists already',
	EISDIR: 'it is a directory',
	EROFS: 'the file system is read-only',
	ENOTDIR: 'a part of its path is a file, not a directory',
	ENAMETOOLONG: 'the name is too long',
};
