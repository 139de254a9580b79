import {createReadStream} from 'node:fs';
import {type Done, NotResultsError, readDone} from '../../lists/done.js';
import {sayWhenFull} from '../../lists/list-work.js';
import {type Context, UsageError} from '../command.js';

/**
What an earlier run has written into the file that `--resume` goes on with.

@returns Undefined where there was no run.
@throws {UsageError} For what is no file of results.
*/
export async function readEarlier(path: string, {warn}: Pick<Context, 'warn'>): Promise<Done | undefined> {
	try {
		return await readDone(createReadStream(path), sayWhenFull(warn));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
			return undefined;
		}

		if ((error as NodeJS.ErrnoException).code === 'EISDIR') {
			throw new UsageError(`--resume: ${path} is a folder; nothing was changed`);
		}

		if (error instanceof NotResultsError) {
			throw new UsageError(`--resume: ${path} is not a file of results (${error.message}); nothing was changed`);
		}

		throw error;
	}
}
