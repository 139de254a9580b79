import type {TerminalFeatures} from '../formats/paint.js';
import {assess} from '../windows/assess.js';
import {assessServers} from '../windows/assess-servers.js';
import {collectorScript} from '../windows/collector.js';
import {describeMachine, type Machine} from '../windows/machine.js';
import {beforeAfter, beforeAfterServers} from '../windows/remedy/before-after.js';
import {reportJson, serverReportJson} from '../windows/report-json.js';
import {reportText} from '../windows/report-text.js';
import type {Reaches} from '../windows/rules/offer.js';
import {serverReportText} from '../windows/server-report-text.js';
import {defineCommand, type ExitCode, UsageError} from './command.js';
import {planPrinting, planText, printingFlags, withPrinting} from './probing/printing.js';
import {allowOnly} from './read-flags.js';
import {readFiles} from './windows/read-files.js';
import {osNames, readGiven} from './windows/read-given.js';
import {readQuestion, type WindowsQuestion} from './windows/read-question.js';
import {warnOf, warnOfGaps} from './windows/warnings.js';
import {readFix, writeFix} from './windows/write-fix.js';

const flags = {
	os: {type: 'string', value: 'windows-versions'},
	update: {type: 'string', value: 'text', isList: true, isMultiple: true},
	arch: {type: 'string', value: 'architectures'},
	codeProtocols: {type: 'string', value: 'versions', isList: true},
	switch: {type: 'string', value: 'switches', isMultiple: true},
	service: {type: 'string', value: 'windows-services'},
	client: {type: 'string', value: 'windows-clients', isList: true, isMultiple: true},
	role: {type: 'string', value: 'roles'},
	server: {type: 'string', value: 'windows-servers', isList: true, isMultiple: true},
	...printingFlags,
	fix: {type: 'string', value: 'file'},
	beforeAfter: {type: 'boolean'},
	collector: {type: 'boolean'},
	quiet: {type: 'boolean', shortFlag: 'q'},
} as const;

/** What the programs of a Windows machine would offer as clients or accept as servers, and what makes them use TLS 1.2. */
export default defineCommand({
	name: 'windows',
	summary: 'show which programs on a Windows machine can use TLS 1.2, and what the others lack',
	operands: 'file',
	flags,
	help: `Usage
  $ tlsprobe windows FILE...

Reads settings that an administrator can export from any machine. For each kind
of client, shows which versions it offers, whether that includes TLS 1.2, why,
how certain that is, and the smallest remedy. No network is used.

A file is a .reg export, the output of reg query KEY /s in any language, of
Get-ItemProperty, Get-ChildItem or Get-TlsCipherSuite, the table of Microsoft's
script for Entra Connect, or the JSON of the collector script; - is standard
input. Several files are applied in order, as in regedit. Without a file, all
settings are the defaults.

What the files do not contain
  --os NAME                  the version of Windows, such as windows-10-1809 or
                             "Windows Server 2012"
  --update KB...             an installed update; one that is not given counts
                             as not installed
  --arch x86|x64             of Windows  [x64]
  --code-protocols LIST      the versions that the program sets in its code
  --switch NAME=true|false   an AppContext switch of a .NET program:
                             DontEnableSchUseStrongCrypto,
                             DontEnableSystemDefaultTlsVersions
  --service NAME             judge against azure-arc, azure-devops,
                             azure-storage or azure-service-bus, instead of
                             any endpoint with TLS 1.2

What to judge
  --client NAME              only this kind, such as mars-agent or dotnet-4.5,
                             and its remedy; a program such as odbc, pwsh or
                             ".NET 8" selects its kind; repeatable
  --role client|server       what the programs offer, or what the servers
                             accept  [client]
  --server NAME              only this kind: schannel, iis, rdp or sql-server;
                             implies --role server; repeatable

What to print or write
  --format NAME              text, jsonl or json  [text]
  --json                     short for --format jsonl: one line of JSON
  -o, --output FILE          write to FILE, in the format of its extension:
                             .txt, .jsonl or .json; repeatable
  --before-after             show what each step of the remedy changes
  --fix FILE                 write the remedy, FILE.reg or FILE.ps1, and a file
                             to undo it (remedy.reg, remedy-undo.reg)
  --collector                print the script that collects all this on the
                             machine; it only reads (PowerShell 2.0 and later)
  -q, --quiet                print only errors on stderr

Exit code
  0 every kind can use TLS 1.2, or accepts it as a server  1 some do not
  2 wrong usage  3 none fails, but one could not be decided, or a file contains
  a deciding key without its values

Examples
  $ tlsprobe windows --collector > collect.ps1
  $ tlsprobe windows server.json
  $ tlsprobe windows schannel.reg dotnet.reg --os "Windows Server 2012"
  $ tlsprobe windows export.reg --os 2012 --update KB3140245 --fix remedy.reg
  $ tlsprobe windows server.json --role server
`,
	async run(input, values, context) {
		if (values.collector) {
			allowOnly(values, ['collector', 'format', 'output'], 'does not go with --collector, which prints a script');
			return withPrinting(planText(values, [], '.ps1'), context, async print => {
				await print({text: collectorScript});
				return 0;
			});
		}

		const plan = planPrinting(values, input);
		const question = readQuestion(values);
		const given = readGiven(values);
		if (input.length === 0 && given.os === undefined) {
			throw new UsageError('name a file, such as tlsprobe windows export.reg; tlsprobe windows --collector prints a script that makes one');
		}

		const fix = readFix(values.fix);
		const evidence = await readFiles(input, context);
		warnOf(evidence, given, context);
		const machine = describeMachine(evidence, given);
		if (machine === undefined) {
			throw new UsageError(
				`${input.join(' and ')} ${input.length === 1 ? 'does' : 'do'} not say which Windows it is; give it with --os, such as --os "Windows Server 2012" or --os windows-10-1809 (names: ${osNames})`,
			);
		}

		warnOfGaps(machine, evidence, question.role, context);
		const found = judge(machine, question, values.beforeAfter === true);
		for (const note of question.notes) {
			context.warn(`tlsprobe: ${note}\n`);
		}

		const code = await withPrinting(
			plan,
			context,
			async print => {
				await print({text: found.text, json: found.json});
				return exitCodeOf(found.answers);
			},
			{isOneObject: true},
		);
		if (fix !== undefined) {
			await writeFix(fix, machine, found.reports, context);
		}

		return code;
	},
});

type Judged = {
	readonly text: (look: TerminalFeatures) => Promise<string>;
	readonly json: () => string;
	readonly reports: Parameters<typeof writeFix>[2];
	readonly answers: readonly Reaches[];
};

/** The report on one role, in each form that can be printed. */
function judge(machine: Machine, question: WindowsQuestion, hasEffects: boolean): Judged {
	if (question.role === 'server') {
		const reports = assessServers(machine, question.servers);
		const effects = hasEffects ? beforeAfterServers(machine, question.servers) : undefined;
		return {
			text: look => serverReportText(machine, reports, effects, look),
			json: () => serverReportJson(machine, reports, effects),
			reports,
			answers: reports.map(({acceptsTls12}) => acceptsTls12),
		};
	}

	const reports = assess(machine, question);
	if (reports.length === 0) {
		const bits = machine.architecture === 'x64' ? '' : '32-bit ';
		throw new UsageError(`there is no ${question.clients?.join(' or ')} on a ${bits}Windows such as ${machine.os.title}`);
	}

	const effects = hasEffects ? beforeAfter(machine, question) : undefined;
	return {
		text: look => reportText(machine, reports, effects, look),
		json: () => reportJson(machine, reports, effects),
		reports,
		answers: reports.map(({reachesTls12}) => reachesTls12),
	};
}

function exitCodeOf(answers: readonly Reaches[]): ExitCode {
	const verdicts = new Set(answers);
	return verdicts.has('no') ? 1 : verdicts.has('uncertain') ? 3 : 0;
}
