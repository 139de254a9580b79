import type {Role} from '../../clients/windows/versions.js';
import {type GivenFacts, isCollected, type Machine, windowsOf} from '../../windows/machine.js';
import {isCovered} from '../../windows/registry.js';
import type {MachineEvidence} from '../../windows/registry-file/read-evidence.js';
import type {Context} from '../command.js';

/** What a person should know of the files before they believe the report, one line each. */
export function warnOf(evidence: readonly MachineEvidence[], {os}: GivenFacts, {warn}: Context): void {
	for (const text of [
		...evidence.flatMap(problemsOf),
		...evidence.flatMap(hivesOf),
		...evidence.flatMap(controlSetOf),
		...strangersOf(evidence, os),
	]) {
		warn(`tlsprobe: ${text}\n`);
	}
}

const mostProblems = 20;

/** What could not be read, each by its line. */
function problemsOf({file, problems}: MachineEvidence): readonly string[] {
	const shown = problems.slice(0, mostProblems).map(({line, problem}) => `${file}${line === undefined ? '' : `:${line}`}: ${problem}`);
	const more = problems.length > mostProblems ? [`${file}: ${problems.length - mostProblems} more that could not be read`] : [];
	return problems.length === 0 ? [] : [...shown, ...more, `${file}: the rest of it is used`];
}

const hivesOf = ({file, renamed = []}: MachineEvidence): readonly string[] =>
	renamed.map(({from, to}) => `${file}: ${from} is read as ${to}`);

const controlSetOf = ({file, controlSet}: MachineEvidence): readonly string[] =>
	controlSet === undefined ? [] : [`${file}: it has no CurrentControlSet; ${controlSet} is used instead`];

/** Files of two machines add up to a machine that does not exist. */
function strangersOf(evidence: readonly MachineEvidence[], given: GivenFacts['os']): readonly string[] {
	const known = evidence.flatMap(item => {
		const os = windowsOf([item]);
		return os === undefined ? [] : [{file: item.file, os}];
	});
	const said = given ?? windowsOf(evidence);
	const by = given !== undefined ? '--os' : isCollected(evidence) ? 'the collector' : 'the last file';
	return known
		.filter(({os}) => os !== said)
		.map(({file, os}) => `${file} is from ${os.title}, and is read as ${said!.title}, as ${by} says`);
}

/** What no file shows is judged as not set, which is right only for whole exports. */
export function warnOfGaps({registry}: Machine, evidence: readonly MachineEvidence[], role: Role, {warn}: Context): void {
	if (evidence.length === 0 || isCollected(evidence)) {
		return;
	}

	for (const [what, key] of role === 'server' ? coverage.slice(0, 1) : coverage) {
		if (!isCovered(registry, key)) {
			warn(`tlsprobe: the files do not contain ${what} (${key}): treated as not set\n`);
		}
	}
}

const coverage = [
	['SChannel', 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL'],
	['.NET', 'HKLM\\SOFTWARE\\Microsoft\\.NETFramework'],
] as const;
