import type {RegistryChange} from './value.js';

const numbered = /^HKEY_LOCAL_MACHINE\\SYSTEM\\(?<set>ControlSet\d{3})(?=\\|$)/i;
const current = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet';
const selectKey = 'HKEY_LOCAL_MACHINE\\SYSTEM\\Select';

export type CurrentChanges = {
	readonly changes: readonly RegistryChange[];
	/** The numbered set that stands for the current one, where the file has only numbered ones. */
	readonly controlSet?: string;
};

/**
CurrentControlSet is a link, which an export of the disk of another machine does not have: its numbered control set counts instead.

Which one it is says `Select\Current` where the file has it; otherwise it is the lowest number.
*/
export function inCurrentControlSet(changes: readonly RegistryChange[]): CurrentChanges {
	const sets = new Set(changes.flatMap(({key}) => numbered.exec(key)?.groups?.set?.toLowerCase() ?? []));
	if (sets.size === 0 || changes.some(({key}) => isAtOrBelow(key, current))) {
		return {changes};
	}

	const selected = changes.find(change => change.kind === 'set' && sameText(change.key, selectKey) && sameText(change.name, 'Current'));
	const number =
		selected?.kind === 'set' && selected.value.type === 'REG_DWORD' ? String(selected.value.number).padStart(3, '0') : undefined;
	const chosen = number === undefined ? [...sets].toSorted()[0]! : `controlset${number}`;
	const moved = changes.map(change => {
		const set = numbered.exec(change.key)?.groups?.set;
		return set !== undefined && sameText(set, chosen) ? {...change, key: change.key.replace(numbered, () => current)} : change;
	});
	return {changes: moved, controlSet: chosen.replace('controlset', 'ControlSet')};
}

const sameText = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const isAtOrBelow = (key: string, above: string): boolean =>
	sameText(key, above) || key.toLowerCase().startsWith(`${above.toLowerCase()}\\`);
