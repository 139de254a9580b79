import type {ReadProblem, RegistryChange} from '../value.js';
import {type FoundChanges, isCut, joined, joinWrapped, keyAboveCut, keyOfPath, nothing, type OutputLine, wider} from './lines.js';
import {changeOf} from './value-of-text.js';

/** What `Get-ItemProperty` and `Get-TlsCipherSuite` print: for each object a block of `Name : Value` lines. */
export const readLists = (lines: readonly OutputLine[]): FoundChanges => {
	const blocks = blocksOf(lines).map(fieldsOf);
	return joined([...blocks.map(readItem), readSuiteBlocks(blocks)]);
};

type Field = {readonly name: string; readonly value: string; readonly line: number};
type Block = {readonly fields: readonly Field[]; readonly used: readonly number[]};

function blocksOf(lines: readonly OutputLine[]): readonly (readonly OutputLine[])[] {
	const blocks: OutputLine[][] = [[]];
	for (const line of lines) {
		if (line.text.trim() === '') {
			blocks.push([]);
		} else {
			blocks.at(-1)!.push(line);
		}
	}

	return blocks;
}

/** The fields of a block. A line that is indented goes on with the value above it. */
function fieldsOf(lines: readonly OutputLine[]): Block {
	const found: {name: string; line: number; parts: string[]}[] = [];
	const used: number[] = [];
	for (const {text, number} of lines) {
		const last = found.at(-1);
		const {name, value = ''} = /^(?<name>[^\s:][^:]{0,100}):(?: (?<value>.*))?$/.exec(text)?.groups ?? {};
		if (/^\s/.test(text) && last !== undefined) {
			last.parts.push(text);
			used.push(number);
		} else if (name !== undefined) {
			found.push({name: name.trim(), line: number, parts: [value]});
			used.push(number);
		}
	}

	return {fields: found.map(({name, line, parts}) => ({name, line, value: joinWrapped(parts)})), used};
}

/** What PowerShell adds to each object, always or in a remote session. */
const added = /^(?:PS(?:Path|ParentPath|ChildName|Drive|Provider|ComputerName|ShowComputerName)|RunspaceId)$/i;

/** Where a value of this name is looked for, if its block does not say. */
const homes: Readonly<Record<string, string>> = {
	enabled: 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols',
	disabledbydefault: 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols',
	schusestrongcrypto: 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\.NETFramework',
	systemdefaulttlsversions: 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\.NETFramework',
};

function readItem({fields, used}: Block): FoundChanges {
	const paths = fields.filter(({name}) => /^PSPath$/i.test(name));
	const path = paths[0]?.value;
	const key = path === undefined || paths.length > 1 ? undefined : keyOfPath(path);
	const values = fields.filter(({name}) => !added.test(name));
	if (key !== undefined) {
		const changes = values.map(({name, value}) => changeOf(key, name, value));
		const problems = values.flatMap(({name, value, line}) =>
			isCut(value) ? [{line, problem: `the value of ${name} is cut off; ${wider}`}] : [],
		);
		return {changes: [{kind: 'key', key}, ...changes], problems, used};
	}

	if (path !== undefined) {
		const above = keyAboveCut(path);
		const changes: readonly RegistryChange[] =
			above === undefined ? [] : [{kind: 'unread', key: above, reason: 'a path below it is not readable'}];
		return {changes, problems: [{line: paths[0]!.line, problem: `the path is not that of one key of the registry; ${wider}`}], used};
	}

	const homeless = values.filter(({name}) => homes[name.toLowerCase()] !== undefined);
	const problems: readonly ReadProblem[] = homeless.map(({name, line}) => ({
		line,
		problem: `${name} is shown without its key; keep the lines of PSPath (no -Name, Select-Object or -ExpandProperty)`,
	}));
	const changes = homeless.map(
		({name}): RegistryChange => ({kind: 'unread', key: homes[name.toLowerCase()]!, reason: `${name} is shown without its key`}),
	);
	return homeless.length === 0 ? nothing : {changes, problems, used};
}

/** The list that a machine without a policy uses, which is what the cmdlet shows. */
export const suitesKey = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002';

function readSuiteBlocks(blocks: readonly Block[]): FoundChanges {
	const suites = blocks.flatMap(({fields, used}) => {
		const has = (name: string) => fields.some(field => field.name === name);
		const name = fields.find(field => field.name === 'Name')?.value;
		return name !== undefined && has('CipherSuite') && has('Protocols') ? [{name, used}] : [];
	});
	return suites.length === 0
		? nothing
		: {
				...suiteList(
					suites.map(({name}) => name),
					undefined,
				),
				used: suites.flatMap(({used}) => used),
			};
}

/** A whole list of suites, or one that cannot be trusted because a name is cut. */
export function suiteList(names: readonly string[], line: number | undefined): Omit<FoundChanges, 'used'> {
	return names.some(name => !/^[A-Z\d_]{1,64}$/.test(name))
		? {
				changes: [{kind: 'unread', key: suitesKey, name: 'Functions', reason: 'a cipher suite is cut off'}],
				problems: [{...(line === undefined ? {} : {line}), problem: `the name of a cipher suite is cut off; ${wider}`}],
			}
		: {changes: [{kind: 'set', key: suitesKey, name: 'Functions', value: {type: 'REG_MULTI_SZ', texts: names}}], problems: []};
}
