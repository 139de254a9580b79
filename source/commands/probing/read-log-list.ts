import {readFileSync} from 'node:fs';
import {decodeText} from '../../bytes/decode-text.js';
import {whyUnreadable} from '../../bytes/why-unreadable.js';
import {type CtLog, readCtLogs} from '../../certificates/ct-logs.js';
import {UsageError} from '../command.js';

/**
The logs of `--ct-logs FILE`.

@throws {UsageError} For a file that cannot be read, or that is no list of logs.
*/
export function readLogList(file: string): readonly CtLog[] {
	const text = readText(file);
	try {
		// Sorted, since results identify the logs by a hash.
		return readCtLogs(text).toSorted((one, other) => (one.key < other.key ? -1 : 1));
	} catch (error) {
		throw new UsageError(`--ct-logs ${file} is not a list of logs such as log_list.json: ${(error as Error).message}`);
	}
}

function readText(file: string): string {
	try {
		return decodeText(readFileSync(file));
	} catch (error) {
		throw new UsageError(`--ct-logs ${file} cannot be read: ${whyUnreadable(error)}`);
	}
}
