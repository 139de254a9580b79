import {decodeText} from './decode-text.js';
import {type CollectedFacts, isCollection, readCollection} from './read-collection.js';
import {isQueryOutput, readQueryOutput} from './read-query-output.js';
import {isRegFile, readRegFile} from './read-reg-file.js';
import type {Parsed} from './value.js';

/** What one file says about a machine. */
export type Evidence = Parsed & {readonly file: string; readonly facts?: CollectedFacts};

export type Reading =
	| {readonly kind: 'read'; readonly evidence: Evidence}
	| {readonly kind: 'unrecognised'; readonly file: string; readonly problem: string};

const expected = 'expected a .reg export, the output of reg query KEY /s, or JSON from tlsprobe windows --collector';

/** Read a file of any of the formats that an administrator can send. Never throws, whatever the bytes. */
export function readEvidence(file: string, bytes: Uint8Array): Reading {
	const text = decodeText(bytes);
	if (isCollection(text)) {
		const read = readCollection(text);
		return 'problem' in read
			? {kind: 'unrecognised', file, problem: `${read.problem}; ${expected}`}
			: {kind: 'read', evidence: {file, ...read}};
	}

	if (isRegFile(text)) {
		return {kind: 'read', evidence: {file, ...readRegFile(text)}};
	}

	if (isQueryOutput(text)) {
		return {kind: 'read', evidence: {file, ...readQueryOutput(text)}};
	}

	return {kind: 'unrecognised', file, problem: bytes.length === 0 ? `empty; ${expected}` : expected};
}
