import type {VersionName} from '../../iana/versions.js';
import type {Machine} from '../machine.js';
import type {ServerJudgement, ServerKind} from '../rules/server-kind.js';
import {type Doubt, doubt, fact} from '../sources.js';

/** SQL Server 2016 and later, and 2008 to 2014 with their update for TLS 1.2. KB3135244. */
export default {
	name: 'sql-server',
	title: 'SQL Server',
	judge(machine, states): ServerJudgement {
		const isOff10 = states['TLSv1.0'].state !== 'enabled';
		return {
			versions: spoken,
			facts: [
				...(states['TLSv1.3'].state === 'enabled'
					? [fact('TLS 1.3 is left out: SQL Server accepts it from 2022 on, and only with strict encryption (TDS 8.0)')]
					: []),
			],
			doubts: ageDoubts(machine, isOff10),
			consequences: [],
			updates: [],
		};
	},
} satisfies ServerKind;

const spoken: readonly VersionName[] = ['SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2'];

function ageDoubts(machine: Machine, isOff10: boolean): readonly Doubt[] {
	const versions = installedVersions(machine);
	if (machine.updates.has('KB3135244') || (versions.length > 0 && versions.every(version => version >= 13))) {
		return [];
	}

	const effect = isOff10 ? 'SQL Server does not start, because TLS 1.0 is off for servers' : 'SQL Server accepts TLS 1.0 at most';
	const which =
		versions.length > 0
			? `SQL Server 2008 to 2014 is installed (MSSQL${Math.min(...versions)}), and the files do not say whether it has its update for TLS 1.2 (KB3135244)`
			: 'the files do not say which SQL Server it is: 2008 to 2014 need an update for TLS 1.2 (KB3135244)';
	return [doubt('medium', `${which}; without it, ${effect}`, 'KB3135244')];
}

/** Instances stand below the key as MSSQL12.MSSQLSERVER: 13 is SQL Server 2016. */
const instance = /^hkey_local_machine\\software\\microsoft\\microsoft sql server\\mssql(\d{1,3})(?:_\d+)?\./;

const installedVersions = ({registry}: Machine): readonly number[] =>
	[...new Set([...registry.keys()].flatMap(key => Number(instance.exec(key)?.[1] ?? [])))].filter(version => version > 0);
