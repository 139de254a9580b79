import {groupBy} from '../../bytes/group-by.js';
import type {Machine} from '../machine.js';
import {lookUp} from '../registry.js';
import type {RegistryChange, RegistryValue} from '../registry-file/value.js';
import {changeOf, mergeSteps, type Step} from './step.js';

/** What the files of a remedy hold, before they are written in one form or another. */
export type FixPlan = {
	readonly changes: readonly Extract<RegistryChange, {kind: 'set'}>[];
	/** Puts back what the machine's own files said. */
	readonly undo: readonly RegistryChange[];
	/** What has to be installed before the values mean anything. */
	readonly updates: readonly string[];
	/** What no file can do. */
	readonly byHand: readonly Step[];
	readonly title: string;
};

/** Everything that all clients together need. Values come grouped by key. */
export function planFix(machine: Machine, reports: readonly {readonly remedy: readonly Step[]}[]): FixPlan {
	const steps = mergeSteps(reports.flatMap(({remedy}) => remedy));
	const changes = steps.flatMap(step => (step.kind === 'registry' ? [changeOf(step)] : [])) as Extract<RegistryChange, {kind: 'set'}>[];
	const grouped = [...groupBy(changes, ({key}) => key).values()].flat();
	return {
		changes: grouped,
		undo: grouped.map(({key, name}) => {
			const before = lookUp(machine.registry, key, name);
			return before === undefined ? {kind: 'delete-value', key, name} : {kind: 'set', key, name, value: before};
		}),
		updates: steps.flatMap(step => (step.kind === 'update' ? [step.update] : [])),
		byHand: steps.filter(({kind}) => kind !== 'registry' && kind !== 'update' && kind !== 'script'),
		title: machine.os.title,
	};
}

const restart = 'Restart the computer afterwards: services and programs that run keep what they have read.';

/** What a person has to know before the file is used, line by line. */
export function fixNotes({title, updates, byHand, changes}: FixPlan, undoName: string): string[] {
	const hasUser = changes.some(({key}) => key.startsWith('HKEY_CURRENT_USER'));
	return [
		`TLS 1.2 for the programs of ${title}, written by tlsprobe windows.`,
		...updates.map(update => `First install ${update}: without it the values below do not have their meaning.`),
		...byHand.map(step => `By hand: ${'command' in step ? step.command : ''}.`),
		...(hasUser ? ['HKEY_CURRENT_USER is the user who applies this; others need it too.'] : []),
		restart,
		`To go back: ${undoName}.`,
	];
}

export const undoNotes = ({title}: FixPlan): string[] => [
	`Puts ${title} back to what the files said that tlsprobe windows was given.`,
	'A value that they did not show is deleted, so check that they were complete.',
	restart,
];

/** A registry value as PowerShell writes it down. */
export function powershellValue(value: RegistryValue): {readonly data: string; readonly kind: string} {
	switch (value.type) {
		case 'REG_DWORD':
			// .NET takes a signed number.
			return {data: String(value.number | 0), kind: 'DWord'};
		case 'REG_SZ':
			return {data: inQuotes(value.text), kind: 'String'};
		case 'REG_EXPAND_SZ':
			return {data: inQuotes(value.text), kind: 'ExpandString'};
		case 'REG_MULTI_SZ':
			return {data: `([string[]]@(${value.texts.map(inQuotes).join(', ')}))`, kind: 'MultiString'};
		case 'other':
			return value.code === 11 && value.bytes.length === 16
				? {data: `([int64]${Buffer.from(value.bytes, 'hex').readBigInt64LE()})`, kind: 'QWord'}
				: {data: `([byte[]]@(${[...Buffer.from(value.bytes, 'hex')].join(', ')}))`, kind: 'Binary'};
		default:
			return value satisfies never;
	}
}

// PowerShell takes typographic quotes for quotes.
export const inQuotes = (text: string): string => `'${text.replaceAll(/['\u2018-\u201B]/g, quote => quote + quote)}'`;
