import {existsSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {quotedPath} from '../../bytes/quoted-path.js';
import {attempt} from '../../outputs/write-file.js';
import type {Machine} from '../../windows/machine.js';
import {planFix} from '../../windows/remedy/fix-files.js';
import {remedyScript, undoScript} from '../../windows/remedy/remedy-ps1.js';
import {remedyRegFile, undoRegFile} from '../../windows/remedy/remedy-reg.js';
import type {Step} from '../../windows/remedy/step.js';
import {type Context, UsageError} from '../command.js';

/** Where a remedy goes, and the way back. */
export type Fix = {readonly file: string; readonly undo: string; readonly isScript: boolean};

export function readFix(file: string | undefined): Fix | undefined {
	if (file === undefined) {
		return undefined;
	}

	const {dir, name, ext} = path.parse(file);
	const isScript = ext.toLowerCase() === '.ps1';
	if (!isScript && ext.toLowerCase() !== '.reg') {
		throw new UsageError(`--fix writes a .reg or a .ps1 file, not ${quotedPath(file)}`);
	}

	const fix = {file, undo: path.join(dir, `${name}-undo${ext}`), isScript};
	// The way back of a remedy that was applied must not be lost to the next one.
	for (const existing of [fix.file, fix.undo].filter(item => existsSync(item))) {
		throw new UsageError(`${quotedPath(existing)} already exists; name another file, or move it`);
	}

	return fix;
}

export async function writeFix(
	{file, undo, isScript}: Fix,
	machine: Machine,
	reports: readonly {readonly remedy: readonly Step[]}[],
	{warn}: Context,
): Promise<void> {
	const plan = planFix(machine, reports);
	if (plan.changes.length === 0) {
		warn(`tlsprobe: ${file} was not written: no registry value would help\n`);
		return;
	}

	const undoName = path.basename(undo);
	const write = (name: string, bytes: Uint8Array) => attempt(name, () => writeFileSync(name, bytes, {flag: 'wx'}));
	write(undo, isScript ? undoScript(plan) : undoRegFile(plan));
	write(file, isScript ? remedyScript(plan, undoName) : remedyRegFile(plan, undoName));
	for (const update of plan.updates) {
		warn(`tlsprobe: install ${update} before ${file} is applied\n`);
	}

	warn(`tlsprobe: wrote ${file}, and ${undo} to undo it; restart the computer after applying either\n`);
}
