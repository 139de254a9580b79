import test, {type Implementation} from 'ava';
import {needsTool} from './needs-tool.js';

export type Tool = {
	/** Its names; one of them has to be there. */
	readonly programs: readonly string[];
	/** The Debian package that has it. */
	readonly debianPackage: string;
};

export type Declare = (title: string, run: Implementation<[]>) => void;

/** `test.serial` for what needs a program of this machine, as `needsTool` has it. */
export const testWith =
	({programs, debianPackage}: Tool): Declare =>
	(title, run) => {
		if (needsTool(`${title} (Debian: ${debianPackage})`, [programs.join('|')])) {
			test.serial(title, run);
		}
	};
