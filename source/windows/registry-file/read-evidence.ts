import {decodeText} from '../../bytes/decode-text.js';
import {type CurrentChanges, inCurrentControlSet} from './control-set.js';
import {inOwnHives, type OwnChanges} from './hive-names.js';
import {deniedAccess} from './query-messages.js';
import {type CollectedFacts, isCollection, readCollection} from './read-collection.js';
import {readPowershellOutput} from './read-powershell-output.js';
import {isQueryOutput, readQueryOutput} from './read-query-output.js';
import {isRegFile, readRegFile} from './read-reg-file.js';
import type {Parsed} from './value.js';

/** What one file says about a machine. */
export type MachineEvidence = CurrentChanges &
	Partial<Pick<OwnChanges, 'renamed'>> &
	Pick<Parsed, 'problems'> & {
		readonly file: string;
		readonly facts?: CollectedFacts;
		/** Whether it shows values without their types, as PowerShell does. */
		readonly isUntyped?: boolean;
	};

export type Reading =
	| {readonly kind: 'read'; readonly evidence: MachineEvidence}
	| {readonly kind: 'unrecognised'; readonly file: string; readonly problem: string};

const expected =
	'expected a .reg export, the output of reg query KEY /s or of Get-ItemProperty, or JSON from tlsprobe windows --collector; on the machine, reg export HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL schannel.reg makes an export';

/** Read a file of any of the formats that an administrator can send. Never throws, whatever the bytes. */
export function readEvidence(file: string, bytes: Uint8Array): Reading {
	const text = decodeText(bytes);
	const read = isCollection(text)
		? readCollection(text)
		: isRegFile(text)
			? readRegFile(text)
			: isQueryOutput(text)
				? withPowershell(readQueryOutput(text), text)
				: (readUntyped(text) ?? {problem: problemOf(text)});
	if ('problem' in read) {
		return {kind: 'unrecognised', file, problem: [read.problem, expected].filter(part => part !== undefined).join('; ')};
	}

	const {changes, renamed} = inOwnHives(read.changes);
	return {kind: 'read', evidence: {file, ...read, renamed, ...inCurrentControlSet(changes)}};
}

function problemOf(text: string): string | undefined {
	if (text.trim() === '') {
		return 'empty';
	}

	return deniedAccess.test(text.slice(0, 10_000)) ? 'access was denied: run reg query as an administrator' : undefined;
}

type Untyped = Parsed & {readonly isUntyped?: boolean};

function readUntyped(text: string, isOthers?: (line: string) => boolean): Untyped | undefined {
	const read = readPowershellOutput(text, isOthers);
	return read === undefined ? undefined : {...read, isUntyped: read.changes.some(({kind}) => kind === 'set')};
}

/** One file may hold what several commands printed. */
function withPowershell(query: Parsed, text: string): Untyped {
	const more = /^(?:PS(?:Parent)?Path[ \t]{0,200}:|Path[ \t]{1,200}Name[ \t]{1,200}Value[ \t]{0,200}\r?$)/im.test(text)
		? readUntyped(text, line => line.startsWith('HKEY_'))
		: undefined;
	return more === undefined
		? query
		: {...more, changes: [...query.changes, ...more.changes], problems: [...query.problems, ...more.problems]};
}
