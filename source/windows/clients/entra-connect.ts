import type {Machine} from '../machine.js';
import type {Step} from '../remedy/step.js';
import type {ClientKind} from '../rules/client-kind.js';
import {bothValues, frameworkKey, judgeFramework} from '../rules/framework.js';
import {protocolKey} from '../rules/protocol-states.js';
import {isHopeless, valuesToSet} from '../rules/remedies.js';
import {doubt, fact} from '../sources.js';

/** Microsoft Entra Connect Sync: a program of the .NET 4.7 level, whose setup of some versions checks the registry before it starts. */
export default {
	name: 'entra-connect',
	title: 'Microsoft Entra Connect',
	bits: 'only-64',
	isOnlyAsked: true,
	judge(whole) {
		// Its code and configuration are its own.
		const machine = {...whole, program: {switches: {}}};
		const judgement = judgeFramework(machine, 64, '4.7');
		const missing = missingValues(machine);
		const level = doubt(
			'medium',
			'the .NET version that Entra Connect is built for is inferred from its requirements; it can use TLS 1.2 from version 1.2.65.0 on',
			'EC-TLS',
		);
		const check = fact(
			missing.length === 0
				? 'all values that the setup of versions 2.3.20.0 to 2.4.129.0 checks are present'
				: `the setup of versions 2.3.20.0 to 2.4.129.0 stops until ${missing.length} of the values it checks are written, even if they change nothing; 2.4.131.0 and later do not check`,
			'EC-TLS',
		);
		return {
			...judgement,
			facts: [...judgement.facts, check],
			doubts: [...judgement.doubts, level],
			remedy: isHopeless(machine) ? judgement.remedy : withChecked(judgement.remedy, missing),
		};
	},
} satisfies ClientKind;

/** EC-TLS names both views of .NET, and both roles of SChannel. */
const missingValues = (machine: Machine): readonly Extract<Step, {kind: 'registry'}>[] => [
	...([64, 32] as const).flatMap(bits => valuesToSet(machine, frameworkKey(machine, bits), bothValues)),
	...(['client', 'server'] as const).flatMap(role =>
		valuesToSet(machine, protocolKey('TLSv1.2', role), {Enabled: 1, DisabledByDefault: 0}),
	),
];

/** What is needed, then what the check wants beyond it. */
function withChecked(needed: readonly Step[], checked: readonly Extract<Step, {kind: 'registry'}>[]): readonly Step[] {
	const rest = checked.filter(({key, name}) => !needed.some(step => step.kind === 'registry' && step.key === key && step.name === name));
	return [...needed, ...rest.map(step => ({...step, isAdvised: true}))];
}
