import {type FrameworkTarget, strongVersions, targets, weakVersions} from '../../clients/windows/framework.js';
import type {VersionName} from '../../iana/versions.js';
import {type Machine, type SwitchName, viewOf} from '../machine.js';
import {type Dword, readDword} from '../registry.js';
import {typeName} from '../registry-file/value.js';
import {applySteps, type Step} from '../remedy/step.js';
import {type Doubt, doubt, type Fact, fact, type SourceKey} from '../sources.js';
import type {KindJudgement} from './client-kind.js';
import {offerOf, protocolsInWords, type Request} from './offer.js';
import {protocolStates} from './protocol-states.js';
import {isHopeless, schannelSteps, upgrade, valuesToSet} from './remedies.js';

export type FrameworkRequest = {
	readonly request: Request;
	readonly isStrong: boolean;
	readonly facts: readonly Fact[];
	readonly doubts: readonly Doubt[];
	/** What decided, which is where a remedy has to be applied. */
	readonly decidedBy: 'code' | 'switches' | 'registry';
};

export const frameworkKey = (machine: Machine, bits: 32 | 64, runtime: 'v4.0.30319' | 'v2.0.50727' = 'v4.0.30319'): string =>
	viewOf(`Microsoft\\.NETFramework\\${runtime}`, bits, machine);

export const strong = 'SchUseStrongCrypto';
export const systemDefault = 'SystemDefaultTlsVersions';
export const bothValues = {[systemDefault]: 1, [strong]: 1} as const;

/**
What a program on .NET Framework 4 asks of SChannel. SPM-CFG, RS-REG.

Its target sets two switches; each says whether the registry has to turn it on, or off.
*/
export function frameworkRequest(machine: Machine, bits: 32 | 64, target: FrameworkTarget, hasSwitches = true): FrameworkRequest {
	const {codeProtocols, switches} = machine.program;
	const key = frameworkKey(machine, bits);
	const strongValue = readDword(machine.registry, key, strong);
	const systemValue = readDword(machine.registry, key, systemDefault);
	const set = hasSwitches ? switches : {};
	const dontStrong = set['Switch.System.Net.DontEnableSchUseStrongCrypto'] ?? !targets[target].isStrong;
	const dontSystem = set['Switch.System.Net.DontEnableSystemDefaultTlsVersions'] ?? !targets[target].isSystem;
	const isStrong = isOn(strongValue, dontStrong);
	const isSystem = isOn(systemValue, dontSystem);
	if (codeProtocols !== undefined) {
		const because = fact(
			`the program's code sets its versions to ${protocolsInWords(codeProtocols)}, which overrides the registry`,
			'NET-TLS',
		);
		return {request: {kind: 'named', versions: codeProtocols}, isStrong, facts: [because], doubts: [], decidedBy: 'code'};
	}

	const facts = [
		...switchFacts(set),
		valueFact(systemDefault, systemValue, key, dontSystem, 'SPM-CFG'),
		valueFact(strong, strongValue, key, dontStrong, 'SPM-CFG'),
	];
	const decidedBy = Object.values(set).includes(true) ? 'switches' : 'registry';
	if (isSystem) {
		const reason = fact('.NET leaves the choice to SChannel', 'SPM-CFG', 'NET-TLS');
		return {request: {kind: 'system', withoutSsl: isStrong}, isStrong, facts: [...facts, reason], doubts: ageDoubts(machine), decidedBy};
	}

	const versions = isStrong ? askedByName(machine) : weakVersions;
	const sources: readonly SourceKey[] = isStrong ? ['SPM-CFG', 'NET-MIT'] : ['SPM-CFG', 'NET-TLS'];
	const reason = fact(`a program built for .NET ${targets[target].span} then asks for ${protocolsInWords(versions)}`, ...sources);
	return {request: {kind: 'named', versions}, isStrong, facts: [...facts, reason], doubts: [], decidedBy};
}

/** A value that has to turn something on must be 1; one that has to turn it off must be 0. Other types than REG_DWORD are as good as none. */
const isOn = (value: Dword, mustTurnOn: boolean): boolean =>
	mustTurnOn ? value.kind === 'number' && value.number === 1 : value.kind !== 'number' || value.number !== 0;

/** .NET 4.8 added TLS 1.3 to what strong cryptography asks for. */
const askedByName = ({netRelease}: Machine): readonly VersionName[] => [
	...strongVersions,
	...(netRelease !== undefined && netRelease >= 528_040 ? (['TLSv1.3'] as const) : []),
];

const firstGoodRelease = 394_802;

const ageDoubts = ({netRelease}: Machine): readonly Doubt[] =>
	netRelease !== undefined && netRelease < firstGoodRelease
		? [
				doubt(
					'medium',
					`.NET is older than 4.6.2 here (Release ${netRelease}): ${systemDefault} needs an update of it to work`,
					'NET-TLS',
					'MEM',
				),
			]
		: [];

export function valueFact(name: string, value: Dword, key: string, mustTurnOn: boolean, source: SourceKey): Fact {
	switch (value.kind) {
		case 'absent':
			return fact(`${name} is absent in ${key}`, source);
		case 'other-type':
			return fact(`${name} is a ${typeName(value.value)} in ${key}, and only a REG_DWORD counts`, 'RS-REG');
		case 'number':
			return fact(`${name} is ${value.number} in ${key}${mustTurnOn && value.number > 1 ? ', and only 1 turns it on' : ''}`, source);
		default:
			return value satisfies never;
	}
}

const switchFacts = (switches: Machine['program']['switches']): Fact[] =>
	(Object.entries(switches) as [SwitchName, boolean][]).map(([name, value]) => fact(`the program sets ${name} to ${value}`, 'SPM-CFG'));

/** What a program of this target is judged to do, with the smallest remedy. */
export function judgeFramework(
	machine: Machine,
	bits: 32 | 64,
	target: FrameworkTarget,
): KindJudgement & Pick<FrameworkRequest, 'decidedBy'> {
	const rule = frameworkRequest(machine, bits, target);
	return {...rule, remedy: frameworkSteps(machine, bits, target, rule)};
}

export function frameworkSteps(machine: Machine, bits: 32 | 64, target: FrameworkTarget, rule: FrameworkRequest): readonly Step[] {
	if (rule.decidedBy === 'code' && rule.request.kind === 'named' && !rule.request.versions.includes('TLSv1.2')) {
		return [{kind: 'program', command: 'remove the setting of ServicePointManager.SecurityProtocol from the program, or add Tls12 to it'}];
	}

	if (isHopeless(machine)) {
		return [upgrade(machine)];
	}

	const own = isShort(rule) ? valueSteps(machine, bits, target, rule) : [];
	const after = applySteps(machine, own);
	const {request, doubts} = frameworkRequest(after, bits, target);
	const {reachesTls12} = offerOf(request, protocolStates(after));
	const system = reachesTls12 === 'yes' && request.kind === 'named' ? [] : schannelSteps(machine);
	const old: readonly Step[] = doubts.length > 0 ? [{kind: 'update', update: '.NET Framework 4.6.2 or later', isAdvised: true}] : [];
	return [...old, ...system.filter(({kind}) => kind === 'update'), ...own, ...system.filter(({kind}) => kind !== 'update')];
}

/** Whether the request itself leaves TLS 1.2 out. */
const isShort = ({request}: FrameworkRequest): boolean => request.kind === 'named' && !request.versions.includes('TLSv1.2');

function valueSteps(machine: Machine, bits: 32 | 64, target: FrameworkTarget, {decidedBy}: FrameworkRequest): readonly Step[] {
	if (decidedBy === 'switches') {
		return [{kind: 'program', command: "remove the AppContext switches from the program's configuration, or set them to false"}];
	}

	const key = frameworkKey(machine, bits);
	return valuesToSet(machine, key, target === '4.6' ? {[strong]: 1} : bothValues);
}
