import test from 'ava';
import {windowsVersions} from '../../source/clients/windows/versions.js';
import {assess, type ClientReport} from '../../source/windows/assess.js';
import {describeMachine, type Machine} from '../../source/windows/machine.js';
import {parseOperatingSystem} from '../../source/windows/operating-systems.js';
import {beforeAfter} from '../../source/windows/remedy/before-after.js';
import {applySteps, mergeSteps, type Step} from '../../source/windows/remedy/step.js';

const machineOf = (os: string): Machine => describeMachine([], {os: parseOperatingSystem(os)!, updates: [], program: {switches: {}}})!;
const agentOf = (machine: Machine): ClientReport => assess(machine).find(({client}) => client === 'mars-agent')!;

/** What the MARS agent needs, by the article that announced the end of TLS 1.0 and 1.1: SChannel's keys, .NET's, or nothing. */
const matrix: Readonly<Record<string, readonly ('update' | 'schannel' | 'dotnet')[]>> = {
	'windows-server-2008': ['update', 'dotnet', 'schannel'],
	'windows-7': ['update', 'dotnet', 'schannel'],
	'windows-server-2008-r2': ['update', 'dotnet', 'schannel'],
	'windows-server-2012': ['update', 'dotnet', 'schannel'],
	'windows-8.1': ['dotnet'],
	'windows-server-2012-r2': ['dotnet'],
	'windows-server-2016': ['dotnet'],
	'windows-10-1607': ['dotnet'],
	'windows-10-1803': ['dotnet'],
	'windows-10-1809': [],
	'windows-server-2019': [],
	'windows-10-22h2': [],
	'windows-server-2022': [],
};

const groupOf = (step: Step): string => (step.kind === 'registry' ? (step.key.includes('SCHANNEL') ? 'schannel' : 'dotnet') : step.kind);

for (const [os, groups] of Object.entries(matrix)) {
	test(`the MARS agent on ${os} needs ${groups.join(', ') || 'nothing'}, and reaches TLS 1.2 with it`, t => {
		const machine = machineOf(os);
		const before = agentOf(machine);
		t.is(before.reachesTls12, groups.length === 0 ? 'yes' : 'no');
		t.deepEqual([...new Set(before.remedy.map(groupOf))], [...groups]);
		t.is(agentOf(applySteps(machine, before.remedy)).reachesTls12, 'yes');
	});
}

test('where the sources disagree about the agent on Server 2019, both are named and it is medium at most', t => {
	const {confidence, because} = agentOf(machineOf('windows-server-2019'));
	t.is(confidence, 'medium');
	const named = because.flatMap(({sources}) => sources as readonly string[]);
	t.true(named.includes('SEED') && named.includes('SPM-CFG'));
});

test('on every Windows, all steps of the remedy together leave no client behind that an update or a setting can help', t => {
	const left = windowsVersions.flatMap(({name}) => {
		const machine = machineOf(name);
		const steps = mergeSteps(assess(machine).flatMap(({remedy}) => remedy));
		return assess(applySteps(machine, steps))
			.filter(({reachesTls12, remedy}) => reachesTls12 !== 'yes' && !remedy.some(({kind}) => kind === 'upgrade'))
			.map(({client, bits, reachesTls12}) => `${name} ${client} ${bits} ${reachesTls12}`);
	});
	// Which update it needs there is not documented.
	t.deepEqual(left, ['windows-10-1507 dotnet-3.5 64 uncertain', 'windows-10-1507 dotnet-3.5 32 uncertain']);
});

test('every client that reaches TLS 1.2 offers it, and what is less than sure says why', t => {
	const wrong = windowsVersions.flatMap(({name}) =>
		assess(machineOf(name))
			.filter(
				({offers, reachesTls12, confidence, because}) =>
					(reachesTls12 === 'yes') !== offers.includes('TLSv1.2') || because.length === 0 || (confidence !== 'high' && because.length < 2),
			)
			.map(({client}) => `${name} ${client}`),
	);
	t.deepEqual(wrong, []);
});

test('what each step changes adds up to the whole', t => {
	const machine = machineOf('windows-7');
	const effects = beforeAfter(machine);
	t.true(effects.length > 4);
	const changed = effects.flatMap(({changes}) => changes.filter(({client, bits}) => client === 'dotnet-4.5' && bits === 64));
	t.is(changed[0]!.before.reachesTls12, 'no');
	t.is(changed.at(-1)!.after.reachesTls12, 'yes');
});
