import type {RegistryChange} from './value.js';

/** A hive that a file names otherwise than its own machine does, both as paths. */
export type RenamedHive = {readonly from: string; readonly to: string};

/** A place where a hive was loaded, and what stands below it in the hive of the machine that it is from. */
const machineHives = [
	{
		to: 'HKEY_LOCAL_MACHINE\\SYSTEM',
		below: /^(?<from>HKEY_(?:LOCAL_MACHINE|USERS)\\(?<name>[^\\]+))\\(?:(?:Current)?ControlSet(?:\d{3})?|Select)(?:\\|$)/i,
	},
	{
		to: 'HKEY_LOCAL_MACHINE\\SOFTWARE',
		below: /^(?<from>HKEY_(?:LOCAL_MACHINE|USERS)\\(?<name>[^\\]+))\\(?:(?:WOW6432Node\\)?Microsoft|Policies\\Microsoft)\\/i,
	},
] as const;

/** A user's hive: by identifier (S-1-5-21 of a domain or machine, S-1-12-1 of Entra), or by the name that it was loaded under. */
const userHive =
	/^(?<from>HKEY_USERS\\(?!\.DEFAULT\\|S-1-5-(?:18|19|20)\\)(?:S-1-(?:5-21|12-1)(?:-\d+)+|(?!S-1-)[^\\]+))\\(?:Software|Control Panel|Environment)(?:\\|$)/i;

const ownHives: ReadonlySet<string> = new Set(['system', 'software', 'sam', 'security', 'hardware', 'components', 'drivers']);

export type OwnChanges = {readonly changes: readonly RegistryChange[]; readonly renamed: readonly RenamedHive[]};

/**
Changes as the machine that they are about names them.

The disk of a machine that does not start is looked at elsewhere: its hives are loaded there under any name, and its users are below
HKEY_USERS. A hive that the file also has under the usual name stays as it is, since two machines are not to be mixed. Of several hives of
a kind, the first counts.
*/
export function inOwnHives(changes: readonly RegistryChange[]): OwnChanges {
	const renamed = new Map<string, RenamedHive>();
	const usual = new Set<string>();
	for (const {key} of changes) {
		const hive = hiveOf(key);
		if (hive === undefined) {
			usual.add(usualHiveOf(key));
		} else if (!renamed.has(hive.to)) {
			renamed.set(hive.to, hive);
		}
	}

	const used = [...renamed.values()].filter(({to}) => !usual.has(to.toLowerCase()));
	return used.length === 0
		? {changes, renamed: []}
		: {changes: changes.map(change => ({...change, key: inHive(change.key, used)})), renamed: used};
}

function inHive(key: string, renamed: readonly RenamedHive[]): string {
	const lower = key.toLowerCase();
	const hive = renamed.find(({from}) => lower.startsWith(`${from.toLowerCase()}\\`));
	return hive === undefined ? key : `${hive.to}${key.slice(hive.from.length)}`;
}

function hiveOf(key: string): RenamedHive | undefined {
	for (const {to, below} of machineHives) {
		const {from, name} = below.exec(key)?.groups ?? {};
		if (from !== undefined && !ownHives.has(name!.toLowerCase())) {
			return {from, to};
		}
	}

	const from = userHive.exec(key)?.groups?.from;
	return from === undefined ? undefined : {from, to: 'HKEY_CURRENT_USER'};
}

/** `hkey_local_machine\system`, `hkey_current_user`. */
function usualHiveOf(key: string): string {
	const [root, hive] = key.toLowerCase().split('\\', 2);
	return root === 'hkey_local_machine' ? `${root}\\${hive}` : root!;
}
