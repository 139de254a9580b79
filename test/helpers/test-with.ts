import process from 'node:process';
import test, {type Implementation} from 'ava';
import {findProgram} from './peers/find-program.js';

export type Tool = {
	/** Its names; one of them has to be there. */
	readonly programs: readonly string[];
	/** The Debian package that has it. */
	readonly debianPackage: string;
};

export type Declare = (title: string, run: Implementation<[]>) => void;

/**
`test.serial` for what needs a program of this machine. Where it is not installed, the tests are skipped, and their titles say what is
missing. In CI they fail instead: there a test that does not run would look passed.
*/
export function testWith({programs, debianPackage}: Tool): Declare {
	if (programs.some(name => findProgram(name) !== undefined)) {
		return (title, run) => test.serial(title, run);
	}

	const why = `${programs[0]} is not installed (Debian: ${debianPackage})`;
	return title => (process.env.CI ? test : test.skip)(`${title}: ${why}`, t => t.fail(why));
}
