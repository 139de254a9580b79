import {strongVersions} from '../../clients/windows/framework.js';
import {builds, needsNoSetting} from '../../clients/windows/versions.js';
import type {Machine} from '../machine.js';
import type {Step} from '../remedy/step.js';
import type {ClientKind} from '../rules/client-kind.js';
import {bothValues, frameworkKey, frameworkRequest, judgeFramework} from '../rules/framework.js';
import {allValues, isHopeless, schannelSteps, upgrade, valuesToSet} from '../rules/remedies.js';
import {type Doubt, doubt, fact} from '../sources.js';

/** The agent of Azure Backup: a 64-bit program of the .NET 4.5 level, whose settings Microsoft documents for both views. */
export default {
	name: 'mars-agent',
	title: 'MARS agent (Azure Backup)',
	bits: 'only-64',
	judge(whole) {
		// Its code and configuration are its own.
		const machine = {...whole, program: {switches: {}}};
		const {request, isStrong, facts, doubts} = judgeFramework(machine, 64, '4.5');
		const level = fact('the MARS agent is a program of the .NET 4.5 level', 'AB-TLS', 'AB-SUP');
		const isShort = request.kind === 'named' && !request.versions.includes('TLSv1.2');
		if (isShort && needsNoSetting(machine.os)) {
			const text = `an article says that the agent needs no setting on ${machine.os.title}; according to the .NET source, a program of its level would not offer TLS 1.2`;
			return {
				request: {kind: 'named', versions: strongVersions},
				isStrong: true,
				facts: [level, ...facts.slice(0, 2)],
				doubts: [doubt('medium', text, 'SEED', 'AB-TLS', 'SPM-CFG')],
				remedy: schannelSteps(machine),
			};
		}

		return {
			request,
			isStrong,
			facts: [level, ...facts],
			doubts: [...doubts, ...updateDoubts(machine, isShort)],
			remedy: steps(machine, isShort),
		};
	},
} satisfies ClientKind;

/** AB-TLS names it for Windows 7, Server 2008 R2 and Server 2012. */
const missingUpdate = ({os, updates}: Machine): string | undefined =>
	os.build >= builds.seven && os.build < builds.eightOne && !updates.has('KB3140245') ? 'KB3140245' : undefined;

function updateDoubts(machine: Machine, isShort: boolean): readonly Doubt[] {
	const update = missingUpdate(machine);
	return update === undefined || isShort
		? []
		: [
				doubt(
					'medium',
					`${update} is named as needed before the settings, and counts as not installed; the rules of .NET do not need it`,
					'AB-TLS',
					'SPM-CFG',
				),
			];
}

function steps(machine: Machine, isShort: boolean): readonly Step[] {
	if (isHopeless(machine)) {
		return [upgrade(machine)];
	}

	const update = missingUpdate(machine);
	const updates: readonly Step[] = update === undefined ? [] : [{kind: 'update', update, isAdvised: true}];
	const system = schannelSteps(machine);
	if (!isShort && frameworkRequest(machine, 64, '4.5').request.kind === 'named') {
		return [...updates, ...system.map(step => ('isAdvised' in step || step.kind !== 'registry' ? step : {...step, isAdvised: true}))];
	}

	const set = system.some(({kind}) => kind === 'update')
		? allValues
		: (key: string, wanted: typeof bothValues) => valuesToSet(machine, key, wanted);
	const values = ([64, 32] as const).flatMap(bits => set(frameworkKey(machine, bits), bothValues));
	return [
		...updates,
		...system.filter(({kind}) => kind === 'update'),
		...(isShort ? values : []),
		...system.filter(({kind}) => kind !== 'update'),
	];
}
