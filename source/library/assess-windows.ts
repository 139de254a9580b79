import {readFile} from 'node:fs/promises';
import {InputError} from '../bytes/input-error.js';
import {whyUnreadable} from '../bytes/why-unreadable.js';
import {assess} from '../windows/assess.js';
import {assessServers} from '../windows/assess-servers.js';
import {type Architecture, describeMachine} from '../windows/machine.js';
import {parseOperatingSystem} from '../windows/operating-systems.js';
import {type MachineEvidence, readEvidence} from '../windows/registry-file/read-evidence.js';
import {clientsOf, serversOf, type WindowsClientsReport, type WindowsServersReport} from '../windows/report-json.js';

/** What files leave open. */
export type WindowsGiven = {
	readonly os?: string | undefined;
	readonly updates?: readonly string[] | undefined;
	readonly architecture?: Architecture | undefined;
	readonly role?: 'client' | 'server' | undefined;
};

/** @throws {InputError} For a file that cannot be read or is of no known format, and where nothing says which Windows it is. */
export async function assessWindows(
	files: readonly string[],
	{os: name, updates = [], architecture, role}: WindowsGiven,
): Promise<WindowsClientsReport | WindowsServersReport> {
	const os = name === undefined ? undefined : parseOperatingSystem(name);
	if (name !== undefined && os === undefined) {
		throw new InputError(`os: no version of Windows is ${JSON.stringify(name)}`);
	}

	const evidence = await Promise.all(files.map(readOne));
	const machine = describeMachine(evidence, {os, updates, architecture, program: {switches: {}}});
	if (machine === undefined) {
		throw new InputError(`${files.join(' and ')}: nothing says which Windows it is; give it as os, such as "windows-server-2012"`);
	}

	return role === 'server' ? serversOf(machine, assessServers(machine), undefined) : clientsOf(machine, assess(machine), undefined);
}

async function readOne(file: string): Promise<MachineEvidence> {
	const bytes = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
		throw new InputError(`it cannot be read: ${whyUnreadable(cause)}`, {place: file, cause});
	});
	const reading = readEvidence(file, bytes);
	if (reading.kind === 'unrecognised') {
		throw new InputError(reading.problem, {place: file});
	}

	return reading.evidence;
}
