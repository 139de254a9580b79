import {strongVersions} from '../../clients/windows/framework.js';
import {builds, needsNoSetting} from '../../clients/windows/versions.js';
import type {Machine} from '../machine.js';
import {readDword} from '../registry.js';
import type {Step} from '../remedy/step.js';
import type {ClientKind, KindJudgement} from '../rules/client-kind.js';
import {frameworkKey, frameworkRequest, judgeFramework, strong, systemDefault} from '../rules/framework.js';
import {judgeFramework2} from '../rules/framework-2.js';
import {isHopeless, schannelSteps} from '../rules/remedies.js';
import {type Doubt, doubt, fact} from '../sources.js';

/** `Invoke-WebRequest` and all else of .NET in Windows PowerShell up to 5.1. */
export default {
	name: 'powershell',
	title: 'Windows PowerShell',
	bits: 'both',
	judge(machine, bits) {
		if (machine.program.codeProtocols !== undefined) {
			return judgeScript(machine, bits);
		}

		if (machine.powershell?.startsWith('2.') || machine.powershell?.startsWith('1.')) {
			const judgement = judgeFramework2(machine, bits);
			return {...judgement, facts: [fact(`PowerShell ${machine.powershell} runs on .NET 2.0 to 3.5`), ...judgement.facts]};
		}

		return needsNoSetting(machine.os) ? judgeNew(machine, bits) : judgeOld(machine, bits);
	},
} satisfies ClientKind;

const forSession: Step = {kind: 'script', command: '[Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12'};

function judgeScript(machine: Machine, bits: 32 | 64): KindJudgement {
	const rule = frameworkRequest(machine, bits, '4.5', false);
	const {request} = rule;
	const isShort = request.kind === 'named' && !request.versions.includes('TLSv1.2');
	return {...rule, remedy: isShort ? [forSession] : judgeFramework(machine, bits, '4.5').remedy};
}

/** Until Windows 10 1803 and Server 2016 it is a program of the 4.5 level. TLS1P. */
function judgeOld(machine: Machine, bits: 32 | 64): KindJudgement {
	const judgement = judgeFramework(withoutSwitches(machine), bits, '4.5');
	const isShort = judgement.request.kind === 'named' && !judgement.request.versions.includes('TLSv1.2');
	const reason = fact('Windows PowerShell counts as a program built for .NET 4.5', 'TLS1P', 'SEED');
	return {
		...judgement,
		facts: [reason, ...judgement.facts],
		doubts: [...judgement.doubts, ...versionDoubts(machine, isShort)],
		remedy: isShort && !isHopeless(machine) ? [...judgement.remedy, forSession] : judgement.remedy,
	};
}

/** Windows 7 and Server 2008 R2 came with PowerShell 2.0, which does not read what .NET 4 reads. */
function versionDoubts({os, powershell}: Machine, isShort: boolean): readonly Doubt[] {
	const mayBe2 = powershell === undefined && os.build < builds.eight;
	return mayBe2 && !isShort
		? [doubt('medium', 'the files do not say which PowerShell it is: 2.0 would read the values of .NET 3.5 instead')]
		: [];
}

/**
From Windows 10 1809 and Server 2019 it works without a setting. SEED.

Which .NET target it then has is written nowhere, so what its values of 0 do is open.
*/
function judgeNew(machine: Machine, bits: 32 | 64): KindJudgement {
	const judgement = judgeFramework(withoutSwitches(machine), bits, '4.5');
	if (judgement.request.kind === 'system' || judgement.request.versions.includes('TLSv1.2')) {
		return judgement;
	}

	const key = frameworkKey(machine, bits);
	const isZero = (name: string) => {
		const value = readDword(machine.registry, key, name);
		return value.kind === 'number' && value.number === 0;
	};

	const openness = doubt(
		'low',
		'which .NET version Windows PowerShell counts as here is not documented, and its value of 0 decides by that',
	);
	const remedy = [...judgement.remedy, forSession];
	if (isZero(strong)) {
		return isZero(systemDefault)
			? {
					...judgement,
					remedy,
					doubts: [
						doubt(
							'medium',
							'which .NET version Windows PowerShell counts as here is not documented; both values are 0, which disables TLS 1.2 in either case',
						),
					],
				}
			: {...judgement, remedy, doubts: [openness], isOpen: true};
	}

	const text = `${machine.os.title} offers TLS 1.2 from PowerShell without a setting by an article of 2021 and one observation, while a program of the 4.5 level would not`;
	return {
		request: {kind: 'named', versions: strongVersions},
		isStrong: true,
		facts: [fact(`neither ${strong} nor ${systemDefault} decides in ${key}`)],
		doubts: [doubt('medium', text, 'SEED', 'PSPAS-110', 'TLS1P')],
		remedy: schannelSteps(machine),
	};
}

/** The switches are of a program's own configuration, which is not PowerShell's. */
const withoutSwitches = (machine: Machine): Machine => ({...machine, program: {...machine.program, switches: {}}});
