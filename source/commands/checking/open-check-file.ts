import {existsSync, readFileSync, statSync} from 'node:fs';
import {decodeText} from '../../windows/registry-file/decode-text.js';
import {type Context, UsageError} from '../command.js';
import {readAll} from '../read-all.js';
import {redact} from './redact.js';

export const defaultFile = 'tlsprobe.yaml';

/** The one that is there of those that it may be. */
export const usualFile = (): string => [defaultFile, 'tlsprobe.yml', 'tlsprobe.json'].find(name => existsSync(name)) ?? defaultFile;

/**
The text of a file of expectations, in any encoding that editors write; `-` is standard input.

@returns Also what messages call it.
@throws {UsageError} For one that cannot be read.
*/
export const openCheckFile = async (
	file: string,
	context: Pick<Context, 'stdin' | 'signal'>,
): Promise<{readonly name: string; readonly text: string}> =>
	file === '-' ? {name: 'standard input', text: decodeText(await readAll(context))} : {name: file, text: readText(file)};

function readText(file: string): string {
	if (!existsSync(file)) {
		const isTarget = /:\d+$|:\/\//.test(file);
		throw new UsageError(
			isTarget
				? `check reads a file of expectations; write one for ${redact(file)} with tlsprobe check --init, or leave out check to probe it`
				: `there is no file ${file}; write one with tlsprobe check --init HOST`,
		);
	}

	if (statSync(file).isDirectory()) {
		throw new UsageError(`${file} is a folder; name a file in it`);
	}

	try {
		return decodeText(readFileSync(file));
	} catch (error) {
		throw new UsageError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
	}
}
