import {existsSync, readFileSync, statSync} from 'node:fs';
import {decodeText} from '../../bytes/decode-text.js';
import {InputError} from '../../bytes/input-error.js';
import {whyUnreadable} from '../../bytes/why-unreadable.js';
import {redact} from '../redact.js';

export const defaultFile = 'tlsprobe.yaml';

/** The one that is there of those that it may be. */
export const usualFile = (): string => [defaultFile, 'tlsprobe.yml', 'tlsprobe.json'].find(name => existsSync(name)) ?? defaultFile;

/**
The text of a file of expectations, in any encoding that editors write.

@throws {InputError} For one that cannot be read.
*/
export function openCheckFile(file: string): string {
	if (!existsSync(file)) {
		const isTarget = /:\d+$|:\/\//.test(file);
		throw isTarget
			? new InputError('tlsprobe check reads a file of expectations', {
					hint: `write one for ${redact(file)} with tlsprobe check --init, or leave out "check" to probe it`,
				})
			: new InputError(`there is no file ${file}`, {hint: 'write one with tlsprobe check --init HOST'});
	}

	if (statSync(file).isDirectory()) {
		throw new InputError(`${file} is a directory`, {hint: 'name a file in it'});
	}

	try {
		return decodeText(readFileSync(file));
	} catch (error) {
		throw new InputError(`${file} cannot be read: ${whyUnreadable(error)}`);
	}
}
