import type {Machine} from '../machine.js';
import {applyChanges} from '../registry.js';
import {fullKey, type RegistryChange} from '../registry-file/value.js';

/** One step. */
export type Step =
	| {readonly kind: 'update'; readonly update: string; readonly isAdvised?: boolean}
	/** A DWORD of the registry. The key of 32-bit programs is spelled with WOW6432Node. */
	| {readonly kind: 'registry'; readonly key: string; readonly name: string; readonly number: number; readonly isAdvised?: boolean}
	/** For one session or script, instead of the registry. */
	| {readonly kind: 'script'; readonly command: string}
	/** In the program's own code or configuration. */
	| {readonly kind: 'program'; readonly command: string}
	| {readonly kind: 'cipher-suites'; readonly command: string}
	| {readonly kind: 'upgrade'; readonly command: string};

/** What to type, or in words what to do. */
export function commandOf(step: Step, {architecture}: Pick<Machine, 'architecture'>): string {
	switch (step.kind) {
		case 'update':
			return `install ${step.update}`;
		case 'registry': {
			const data = step.number < 10 ? String(step.number) : `0x${step.number.toString(16).toUpperCase()}`;
			return `reg add "${plainKey(step.key)}" /v ${step.name} /t REG_DWORD /d ${data} /f${viewSwitch(step.key, architecture)}`;
		}
		case 'script':
		case 'program':
		case 'cipher-suites':
		case 'upgrade':
			return step.command;
		default:
			return step satisfies never;
	}
}

const plainKey = (key: string): string => key.replace(/\\WOW6432Node\\/i, '\\');

/** Only HKLM\SOFTWARE has two views, and its policies are in both. */
function viewSwitch(key: string, architecture: Machine['architecture']): string {
	if (architecture === 'x86' || !/^HKLM\\SOFTWARE\\/i.test(key) || /^HKLM\\SOFTWARE\\Policies\\/i.test(key)) {
		return '';
	}

	return /\\WOW6432Node\\/i.test(key) ? ' /reg:32' : ' /reg:64';
}

/** The machine once it is done. What is done inside a program shows in no registry, and changes nothing here. */
export function applyStep(machine: Machine, step: Step): Machine {
	switch (step.kind) {
		case 'update':
			return {...machine, updates: new Set([...machine.updates, step.update])};
		case 'registry':
			return {...machine, registry: applyChanges(machine.registry, [changeOf(step)])};
		default:
			return machine;
	}
}

export const applySteps = (machine: Machine, steps: readonly Step[]): Machine => steps.reduce(applyStep, machine);

export const changeOf = ({key, name, number}: Extract<Step, {kind: 'registry'}>): RegistryChange => ({
	kind: 'set',
	key: fullKey(key) ?? key,
	name,
	value: {type: 'REG_DWORD', number},
});

const sameStep = (step: Step): string => JSON.stringify({...step, isAdvised: undefined});

/** Each step once, updates first: the values below them are read only by what they bring. What one client needs is no mere advice for another. */
export function mergeSteps(steps: readonly Step[]): readonly Step[] {
	const merged = new Map<string, Step>();
	for (const step of steps) {
		const known = merged.get(sameStep(step));
		if (known === undefined || ('isAdvised' in known && known.isAdvised && !('isAdvised' in step && step.isAdvised))) {
			merged.set(sameStep(step), step);
		}
	}

	const all = [...merged.values()];
	const rest = all.filter(({kind}) => kind !== 'update' && kind !== 'script');
	return [...all.filter(({kind}) => kind === 'update'), ...rest, ...all.filter(({kind}) => kind === 'script')];
}
