import process from 'node:process';
import test from 'ava';
import {findProgram} from './peers/find-program.js';

/**
Whether what a test needs is installed. If not, a test of that title is declared in its place, which names what is missing: it is skipped, and
in CI it fails, for there a test that does not run would look passed.

@param programs - Programs or plug-ins, all of which are needed. Where one of several will do they are separated by `|`.
*/
export function needsTool(title: string, programs: readonly string[]): boolean {
	const missing = [...new Set(programs)].filter(names => names.split('|').every(name => findProgram(name) === undefined));
	if (missing.length === 0) {
		return true;
	}

	const why = `${title}: cannot run without ${missing.join(' and ')}, which is not installed`;
	(process.env.CI ? test : test.skip)(why, t => t.fail(why));
	return false;
}
