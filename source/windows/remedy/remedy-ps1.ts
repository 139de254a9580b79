import type {RegistryChange} from '../registry-file/value.js';
import {type FixPlan, fixNotes, inQuotes, powershellValue, undoNotes} from './fix-files.js';

/** The remedy as a script for Windows PowerShell 2.0 and later, CRLF, UTF-8 with the byte order mark that old ones need. */
export const remedyScript = (plan: FixPlan, undoName: string): Uint8Array => script(fixNotes(plan, undoName), plan.changes, plan.updates);

export const undoScript = (plan: FixPlan): Uint8Array => script(undoNotes(plan), plan.undo, []);

function script(notes: readonly string[], changes: readonly RegistryChange[], updates: readonly string[]): Uint8Array {
	const lines = [
		...notes.map(note => `# ${note}`),
		...(updates.length === 0 ? [] : ['param([switch]$SkipUpdateCheck)']),
		"$ErrorActionPreference = 'Stop'",
		'',
		...guards,
		...updates.filter(update => update.startsWith('KB')).flatMap(updateCheck),
		'',
		...changes.flatMap(lineOf),
		'',
		"Write-Host 'Done. Restart the computer to apply the changes.'",
	];
	return Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`, 'utf8');
}

const guards = [
	'$identity = [Security.Principal.WindowsIdentity]::GetCurrent()',
	'$principal = New-Object Security.Principal.WindowsPrincipal($identity)',
	'if (-not $principal.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) {',
	"    throw 'Run this as an administrator.'",
	'}',
	'if ($env:PROCESSOR_ARCHITEW6432) {',
	"    throw 'Run this in the 64-bit PowerShell: the 32-bit one would write to the wrong keys.'",
	'}',
];

const updateCheck = (update: string): string[] => [
	`if (-not $SkipUpdateCheck -and -not (Get-HotFix -Id ${update} -ErrorAction SilentlyContinue)) {`,
	`    throw 'Install ${update} first. If a later rollup included it, run this with -SkipUpdateCheck.'`,
	'}',
];

function lineOf(change: RegistryChange): string[] {
	switch (change.kind) {
		case 'set': {
			const {data, kind} = powershellValue(change.value);
			return [
				`[Microsoft.Win32.Registry]::SetValue(${inQuotes(change.key)}, ${inQuotes(change.name)}, ${data}, [Microsoft.Win32.RegistryValueKind]::${kind})`,
			];
		}
		case 'delete-value':
			return [
				`Remove-ItemProperty -LiteralPath ${inQuotes(`Registry::${change.key}`)} -Name ${inQuotes(change.name)} -ErrorAction SilentlyContinue`,
			];
		case 'key':
		case 'unread':
		case 'delete-key':
			return [];
		default:
			return change satisfies never;
	}
}
