import {existsSync} from 'node:fs';
import {readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {parseVersion, type VersionName} from '../registry/versions.js';
import {assess, type ClientReport} from '../windows/assess.js';
import {collectorScript} from '../windows/collector.js';
import {
	type Architecture,
	describeMachine,
	inOrder,
	isCollected,
	type Machine,
	type ProgramSettings,
	type SwitchName,
	switchNames,
} from '../windows/machine.js';
import {type OperatingSystem, operatingSystems, parseOperatingSystem} from '../windows/operating-systems.js';
import {isCovered} from '../windows/registry.js';
import {type Evidence, readEvidence} from '../windows/registry-file/read-evidence.js';
import {beforeAfter} from '../windows/remedy/before-after.js';
import {planFix} from '../windows/remedy/fix-files.js';
import {remedyScript, undoScript} from '../windows/remedy/remedy-ps1.js';
import {remedyRegFile, undoRegFile} from '../windows/remedy/remedy-reg.js';
import {reportJson} from '../windows/report-json.js';
import {reportText} from '../windows/report-text.js';
import {type Service, services} from '../windows/services.js';
import {type Context, defineCommand, type ExitCode, type FlagValues, OutputError, UsageError} from './command.js';
import {nearest} from './nearest.js';

const flags = {
	os: {type: 'string'},
	update: {type: 'string', isMultiple: true},
	arch: {type: 'string'},
	codeProtocols: {type: 'string'},
	switch: {type: 'string', isMultiple: true},
	service: {type: 'string'},
	json: {type: 'boolean'},
	fix: {type: 'string'},
	beforeAfter: {type: 'boolean'},
	collector: {type: 'boolean'},
} as const;

/** The client's side: what the programs of a Windows machine would offer, and what makes them reach TLS 1.2. */
export default defineCommand({
	name: 'windows',
	summary: 'tell which programs of a Windows machine reach TLS 1.2, and what they lack',
	flags,
	help: `Usage
  $ tlsprobe windows FILE...

Reads what an administrator can send from any machine, and tells for each kind
of client what it would offer, whether that reaches TLS 1.2, why, how sure that
is, and the smallest remedy. Nothing is asked of the machine itself.

A file is a .reg export, the output of reg query KEY /s in any language, or the
JSON of the collector script; - is standard input. Several are applied in their
order, as regedit would. Without a file it is a machine with nothing set.

What the files do not say
  --os NAME                  such as "Windows Server 2012" or windows-10-1809
  --update KB...             an installed update; one that is not given counts
                             as not installed
  --arch x86|x64             of Windows  [x64]
  --code-protocols LIST      the versions that a program's own code names
  --switch NAME=true|false   an AppContext switch of a .NET program:
                             DontEnableSchUseStrongCrypto,
                             DontEnableSystemDefaultTlsVersions
  --service NAME             judge against azure-arc, azure-devops,
                             azure-storage or azure-service-bus, not against
                             any endpoint with TLS 1.2

What to print or write
  --json                     one line of JSON
  --before-after             what each step of the remedy would change
  --fix FILE                 write the remedy, FILE.reg or FILE.ps1, and beside
                             it the way back (remedy.reg, remedy-undo.reg)
  --collector                print the script that collects all this on the
                             machine; it only reads (PowerShell 2.0 and later)

Exit code
  0 every kind of client reaches TLS 1.2  1 some do not
  2 wrong usage  3 none fails, but one could not be decided

Examples
  $ tlsprobe windows --collector > collect.ps1
  $ tlsprobe windows server.json
  $ tlsprobe windows schannel.reg dotnet.reg --os "Windows Server 2012"
  $ tlsprobe windows export.reg --os 2012 --update KB3140245 --fix remedy.reg
`,
	async run(input, values, context) {
		if (values.collector) {
			await context.write(collectorScript());
			return 0;
		}

		const service = readService(values.service);
		const given = {
			os: values.os === undefined ? undefined : readOs(values.os),
			updates: values.update.flatMap(text => text.split(',')).map(readUpdate),
			architecture: readArchitecture(values.arch),
			program: readProgram(values),
		};
		if (input.length === 0 && given.os === undefined) {
			throw new UsageError('name a file, such as tlsprobe windows export.reg; tlsprobe windows --collector prints a script that makes one');
		}

		const fix = readFix(values.fix);
		const evidence = await Promise.all(input.map(file => readInput(file, input, context)));
		for (const item of evidence) {
			showProblems(item, context);
		}

		const machine = describeMachine(evidence, given);
		if (machine === undefined) {
			throw new UsageError(
				`${input.join(' and ')} ${input.length === 1 ? 'does' : 'do'} not say which Windows it is; give it with --os, such as --os "Windows Server 2012" or --os windows-10-1809 (names: ${osNames})`,
			);
		}

		warnOfGaps(machine, evidence, context);
		const reports = assess(machine, service);
		const effects = values.beforeAfter ? beforeAfter(machine, service) : undefined;
		await context.write(values.json ? reportJson(machine, reports, effects) : await reportText(machine, reports, effects, context.look));
		if (fix !== undefined) {
			await writeFix(fix, machine, reports, context);
		}

		return exitCodeOf(reports);
	},
});

const osNames = operatingSystems.map(({name}) => name).join(', ');

function exitCodeOf(reports: readonly ClientReport[]): ExitCode {
	const verdicts = new Set(reports.map(({reachesTls12}) => reachesTls12));
	return verdicts.has('no') ? 1 : verdicts.has('uncertain') ? 3 : 0;
}

function readOs(text: string): OperatingSystem {
	const os = parseOperatingSystem(text);
	if (os === undefined) {
		const meant = nearest(
			text.toLowerCase().replaceAll(' ', '-'),
			operatingSystems.map(({name}) => name),
		);
		throw new UsageError(
			`--os ${JSON.stringify(text)} is none that is known${meant === undefined ? '' : `; did you mean ${meant}?`}; names: ${osNames}`,
		);
	}

	return os;
}

function readUpdate(text: string): string {
	const digits = /^\s*(?:KB)?(\d{5,8})\s*$/i.exec(text)?.[1];
	if (digits === undefined) {
		throw new UsageError(`--update takes the number of an update, such as KB3140245, not ${JSON.stringify(text)}`);
	}

	return `KB${digits}`;
}

function readArchitecture(text: string | undefined): Architecture | undefined {
	if (text !== undefined && text !== 'x86' && text !== 'x64') {
		throw new UsageError(`--arch takes x86 or x64, not ${JSON.stringify(text)}`);
	}

	return text;
}

function readService(name: string | undefined): Service | undefined {
	const service = services.find(item => item.name === name);
	if (name !== undefined && service === undefined) {
		throw new UsageError(`--service takes ${services.map(item => item.name).join(', ')}, not ${JSON.stringify(name)}`);
	}

	return service;
}

function readProgram(values: FlagValues<typeof flags>): ProgramSettings {
	return {
		codeProtocols: values.codeProtocols === undefined ? undefined : inOrder(values.codeProtocols.split(',').map(readProtocol)),
		switches: Object.fromEntries(values.switch.map(readSwitch)),
	};
}

function readProtocol(text: string): VersionName {
	const name = parseVersion(text);
	if (name === undefined) {
		throw new UsageError(`--code-protocols takes versions such as 1.0,1.2 or ssl3, not ${JSON.stringify(text)}`);
	}

	return name;
}

function readSwitch(text: string): [SwitchName, boolean] {
	const [name = '', value = ''] = text.split('=', 2);
	const known = switchNames.find(
		item => item.toLowerCase() === name.trim().toLowerCase() || item.toLowerCase().endsWith(`.${name.trim().toLowerCase()}`),
	);
	if (known === undefined || !/^(?:true|false)$/i.test(value.trim())) {
		throw new UsageError(
			`--switch takes ${switchNames.map(item => `${item.split('.').at(-1)}=true`).join(' or ')}, or =false, not ${JSON.stringify(text)}`,
		);
	}

	return [known, value.trim().toLowerCase() === 'true'];
}

/** More than an export of the keys in question can be; one of a whole machine is the wrong thing to send. */
const mostBytes = 256 * 1024 * 1024;

async function readInput(file: string, input: readonly string[], {stdin}: Context): Promise<Evidence> {
	if (file === '-' && input.filter(item => item === '-').length > 1) {
		throw new UsageError('- stands for standard input, which can be read once');
	}

	const bytes =
		file === '-'
			? await readAll(stdin)
			: await readFile(file).catch((error: NodeJS.ErrnoException) => {
					throw new UsageError(`${JSON.stringify(file)} cannot be read: ${readProblems[error.code ?? ''] ?? error.code}`);
				});
	const name = file === '-' ? 'standard input' : file;
	if (bytes.length > mostBytes) {
		throw new UsageError(`${JSON.stringify(name)} is larger than 256 MiB; export only the keys that tlsprobe windows --collector names`);
	}

	const reading = readEvidence(name, bytes);
	if (reading.kind === 'unrecognised') {
		throw new UsageError(`${JSON.stringify(name)}: ${reading.problem}`);
	}

	return reading.evidence;
}

const readProblems: Readonly<Record<string, string>> = {
	ENOENT: 'there is no such file',
	EISDIR: 'it is a directory',
	EACCES: 'it may not be read',
	EPERM: 'it may not be read',
};

async function readAll(stdin: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of stdin) {
		chunks.push(chunk);
		length += chunk.length;
		if (length > mostBytes) {
			break;
		}
	}

	return Buffer.concat(chunks);
}

const mostProblems = 20;

function showProblems({file, problems}: Evidence, {warn}: Context): void {
	for (const {line, problem} of problems.slice(0, mostProblems)) {
		warn(`tlsprobe: ${file}${line === undefined ? '' : `:${line}`}: ${problem}; skipped\n`);
	}

	if (problems.length > mostProblems) {
		warn(`tlsprobe: ${file}: ${problems.length - mostProblems} more that could not be read\n`);
	}
}

/** What no file shows is judged as not set, which is right only for whole exports. */
function warnOfGaps({registry}: Machine, evidence: readonly Evidence[], {warn}: Context): void {
	if (evidence.length === 0 || isCollected(evidence)) {
		return;
	}

	for (const [what, key] of coverage) {
		if (!isCovered(registry, key)) {
			warn(`tlsprobe: the files hold nothing of ${what} (${key}): taken as not set\n`);
		}
	}
}

const coverage = [
	['SChannel', 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL'],
	['.NET', 'HKLM\\SOFTWARE\\Microsoft\\.NETFramework'],
] as const;

type Fix = {readonly file: string; readonly undo: string; readonly isScript: boolean};

function readFix(file: string | undefined): Fix | undefined {
	if (file === undefined) {
		return undefined;
	}

	const {dir, name, ext} = path.parse(file);
	const isScript = ext.toLowerCase() === '.ps1';
	if (!isScript && ext.toLowerCase() !== '.reg') {
		throw new UsageError(`--fix writes a .reg or a .ps1 file, not ${JSON.stringify(file)}`);
	}

	const fix = {file, undo: path.join(dir, `${name}-undo${ext}`), isScript};
	// The way back of a remedy that was applied must not be lost to the next one.
	for (const existing of [fix.file, fix.undo].filter(item => existsSync(item))) {
		throw new UsageError(`${JSON.stringify(existing)} is there already; name another file, or move it away`);
	}

	return fix;
}

async function writeFix({file, undo, isScript}: Fix, machine: Machine, reports: readonly ClientReport[], {warn}: Context): Promise<void> {
	const plan = planFix(machine, reports);
	if (plan.changes.length === 0) {
		warn(`tlsprobe: ${file} is not written: no value of the registry would help\n`);
		return;
	}

	const undoName = path.basename(undo);
	const write = (name: string, bytes: Uint8Array) =>
		writeFile(name, bytes, {flag: 'wx'}).catch((error: Error) => {
			throw new OutputError(`cannot write ${name}: ${error.message}`, {cause: error});
		});
	await write(undo, isScript ? undoScript(plan) : undoRegFile(plan));
	await write(file, isScript ? remedyScript(plan, undoName) : remedyRegFile(plan, undoName));
	for (const update of plan.updates) {
		warn(`tlsprobe: install ${update} before ${file} is applied\n`);
	}

	warn(`tlsprobe: wrote ${file}, and ${undo} as the way back; restart the computer after either\n`);
}
