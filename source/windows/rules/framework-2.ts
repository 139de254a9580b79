import {weakVersions} from '../../clients/windows/framework.js';
import {builds} from '../../clients/windows/versions.js';
import type {Machine} from '../machine.js';
import {readDword} from '../registry.js';
import type {Step} from '../remedy/step.js';
import {type Doubt, doubt, type Fact, fact} from '../sources.js';
import type {KindJudgement} from './client-kind.js';
import {frameworkKey, systemDefault, valueFact} from './framework.js';
import {protocolsInWords} from './offer.js';
import {allValues, isHopeless, schannelSteps, upgrade, valuesToSet} from './remedies.js';

type Need = {readonly update?: string; readonly doubt?: Doubt};

/** Which update makes .NET 3.5 read SystemDefaultTlsVersions. NET-TLS. */
function updateFor({os}: Machine): Need {
	switch (true) {
		case os.name === 'windows-server-2008':
			return {update: 'KB3154517'};
		case os.build < builds.seven:
			return {};
		case os.build < builds.eight:
			return {update: 'KB3154518'};
		case os.build < builds.eightOne:
			return {update: 'KB3154519'};
		case os.build < builds.ten:
			return {update: 'KB3154520'};
		case os.build < builds.ten1511:
			return {doubt: doubt('low', `which update makes .NET 3.5 read ${systemDefault} on ${os.title} is not documented`)};
		case os.build < builds.ten1607:
			return {update: 'KB3156421'};
		default:
			return {doubt: doubt('medium', `no update is named for .NET 3.5 on ${os.title}: taken to be in it`, 'NET-TLS')};
	}
}

/** What a program on .NET 2.0 to 3.5 does, Windows PowerShell 2.0 among them. It reads nothing of what .NET 4 reads. */
export function judgeFramework2(machine: Machine, bits: 32 | 64): KindJudgement {
	const {codeProtocols} = machine.program;
	if (codeProtocols !== undefined) {
		return {
			request: {kind: 'named', versions: codeProtocols},
			facts: [fact(`the program's code sets its versions to ${protocolsInWords(codeProtocols)}, which overrides the registry`, 'NET-TLS')],
			doubts: [],
			remedy: codeProtocols.includes('TLSv1.2')
				? schannelSteps(machine)
				: [{kind: 'program', command: 'remove the setting of ServicePointManager.SecurityProtocol from the program, or add TLS 1.2 to it'}],
		};
	}

	const key = frameworkKey(machine, bits, 'v2.0.50727');
	const value = readDword(machine.registry, key, systemDefault);
	const facts: Fact[] = [valueFact(systemDefault, value, key, true, 'NET-TLS')];
	const need = updateFor(machine);
	const isMissing = need.update !== undefined && !machine.updates.has(need.update);
	if (isMissing) {
		facts.push(
			fact(
				`.NET 3.5 reads ${systemDefault} only with ${need.update}, which is not given and counts as not installed`,
				'NET-TLS',
				'KB3154518',
			),
		);
	}

	const remedy = steps(machine, key, isMissing ? need.update : undefined);
	if (value.kind === 'number' && value.number === 1 && !isMissing && !isHopeless(machine)) {
		const doubts = need.doubt === undefined ? [] : [need.doubt];
		const reason = fact('.NET leaves the choice to SChannel', 'NET-TLS');
		return {request: {kind: 'system', withoutSsl: false}, facts: [...facts, reason], doubts, isOpen: need.doubt?.atMost === 'low', remedy};
	}

	const reason = fact(`a program on .NET 2.0 to 3.5 then asks for ${protocolsInWords(weakVersions)}`, 'NET-TLS');
	return {request: {kind: 'named', versions: weakVersions}, facts: [...facts, reason], doubts: [], remedy};
}

function steps(machine: Machine, key: string, missingUpdate: string | undefined): readonly Step[] {
	if (isHopeless(machine)) {
		return [upgrade(machine)];
	}

	const wanted = {[systemDefault]: 1};
	return [
		...(missingUpdate === undefined ? [] : [{kind: 'update', update: missingUpdate} as const]),
		...(missingUpdate === undefined ? valuesToSet(machine, key, wanted) : allValues(key, wanted)),
		...schannelSteps(machine),
	];
}
