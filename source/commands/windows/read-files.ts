import {readFile} from 'node:fs/promises';
import {quotedPath} from '../../bytes/quoted-path.js';
import {whyUnreadable} from '../../bytes/why-unreadable.js';
import {type MachineEvidence, readEvidence} from '../../windows/registry-file/read-evidence.js';
import {type Context, UsageError} from '../command.js';
import {readAll} from '../read-all.js';

/** More than an export of the keys in question can be; one of a whole machine is the wrong thing to send. */
const mostBytes = 256 * 1024 * 1024;

/**
What the files say, in their order; `-` is standard input.

@throws {UsageError} If one cannot be read, or is of no format that is known.
*/
export const readFiles = (input: readonly string[], context: Context): Promise<readonly MachineEvidence[]> =>
	Promise.all(input.map(file => readInput(file, input, context)));

async function readInput(file: string, input: readonly string[], context: Context): Promise<MachineEvidence> {
	if (file === '-' && input.filter(item => item === '-').length > 1) {
		throw new UsageError('- is standard input, which can be read only once');
	}

	const bytes =
		file === '-'
			? await readAll(context, mostBytes)
			: await readFile(file).catch((error: unknown) => {
					throw new UsageError(`${quotedPath(file)} cannot be read: ${whyUnreadable(error)}`);
				});
	const name = file === '-' ? 'standard input' : file;
	if (bytes.length > mostBytes) {
		throw new UsageError(`${quotedPath(name)} is larger than 256 MiB; export only the keys that tlsprobe windows --collector names`);
	}

	const reading = readEvidence(name, bytes);
	if (reading.kind === 'unrecognised') {
		throw new UsageError(`${quotedPath(name)}: ${reading.problem}`);
	}

	return reading.evidence;
}
