import {type CurrentChanges, inCurrentControlSet} from './control-set.js';
import {decodeText} from './decode-text.js';
import {inOwnHives, type OwnChanges} from './hive-names.js';
import {deniedAccess} from './query-messages.js';
import {type CollectedFacts, isCollection, readCollection} from './read-collection.js';
import {isQueryOutput, readQueryOutput} from './read-query-output.js';
import {isRegFile, readRegFile} from './read-reg-file.js';
import type {Parsed} from './value.js';

/** What one file says about a machine. */
export type Evidence = CurrentChanges &
	Partial<Pick<OwnChanges, 'renamed'>> &
	Pick<Parsed, 'problems'> & {readonly file: string; readonly facts?: CollectedFacts};

export type Reading =
	| {readonly kind: 'read'; readonly evidence: Evidence}
	| {readonly kind: 'unrecognised'; readonly file: string; readonly problem: string};

const expected = 'expected a .reg export, the output of reg query KEY /s, or JSON from tlsprobe windows --collector';

/** Read a file of any of the formats that an administrator can send. Never throws, whatever the bytes. */
export function readEvidence(file: string, bytes: Uint8Array): Reading {
	const text = decodeText(bytes);
	const read = isCollection(text)
		? readCollection(text)
		: isRegFile(text)
			? readRegFile(text)
			: isQueryOutput(text)
				? readQueryOutput(text)
				: {problem: problemOf(text)};
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
