import {readdirSync, readFileSync} from 'node:fs';
import test from 'ava';
import {assess, type ClientReport} from '../../source/windows/assess.js';
import {describeMachine, type Machine} from '../../source/windows/machine.js';
import {parseOperatingSystem} from '../../source/windows/operating-systems.js';
import {type MachineEvidence, readEvidence} from '../../source/windows/registry-file/read-evidence.js';
import {planFix} from '../../source/windows/remedy/fix-files.js';
import {remedyRegFile, undoRegFile} from '../../source/windows/remedy/remedy-reg.js';

// What a registry that is not ours made of our files: fixtures/registry/engine/make.sh tells how.
const folder = 'fixtures/registry/engine';

function read(file: string): MachineEvidence {
	const reading = readEvidence(file, readFileSync(`${folder}/${file}`));
	if (reading.kind !== 'read') {
		throw new Error(`${file}: ${reading.problem}`);
	}

	return reading.evidence;
}

const exported = (stage: string): readonly MachineEvidence[] => readdirSync(`${folder}/${stage}`).map(file => read(`${stage}/${file}`));

function judge(
	evidence: readonly MachineEvidence[],
	updates: readonly string[] = [],
): {machine: Machine; reports: readonly ClientReport[]} {
	const machine = describeMachine(evidence, {os: parseOperatingSystem('Windows 7'), updates, program: {switches: {}}})!;
	return {machine, reports: assess(machine)};
}

/** Every value by key and name; keys without a value are no difference. */
const valuesOf = ({registry}: Machine) =>
	[...registry.values()].flatMap(({path, values}) => [...values].map(([name, value]) => [path.toLowerCase(), name, value])).toSorted();

const stages = ['before', 'after', 'undone'] as const;

for (const stage of stages) {
	test(`what the other registry exports ${stage} is read to the last line`, t => {
		t.deepEqual(
			exported(stage).flatMap(({problems}) => problems),
			[],
		);
	});
}

test('what was imported is what it exports: text, many texts, bytes and numbers', t => {
	const imported = new Map(valuesOf(judge([read('before.reg')]).machine).map(([key, name, value]) => [`${key} ${name}`, value]));
	const found = new Map(valuesOf(judge(exported('before')).machine).map(([key, name, value]) => [`${key} ${name}`, value]));
	const differing = [...imported].filter(([place, value]) => JSON.stringify(found.get(place)) !== JSON.stringify(value));
	// The exports leave out the user's own keys.
	t.deepEqual(
		differing.map(([place]) => place),
		['hkey_current_user\\software\\microsoft\\windows\\currentversion\\internet settings secureprotocols'],
	);
});

test('the remedy that it imported is the one that is written now', t => {
	const before = judge(exported('before'));
	const plan = planFix(before.machine, before.reports);
	t.deepEqual(Buffer.from(remedyRegFile(plan, 'remedy-undo.reg')), readFileSync(`${folder}/remedy.reg`));
	t.deepEqual(Buffer.from(undoRegFile(plan)), readFileSync(`${folder}/remedy-undo.reg`));
});

test('with the remedy imported and exported again, every client of the machine reaches TLS 1.2', t => {
	const before = judge(exported('before'));
	const {updates} = planFix(before.machine, before.reports);
	t.deepEqual(
		before.reports.filter(({reachesTls12}) => reachesTls12 === 'no').map(({client, bits}) => [client, bits]),
		[
			['schannel', undefined],
			['dotnet-3.5', 64],
			['dotnet-3.5', 32],
			['dotnet-4.5', 64],
			['dotnet-4.5', 32],
			['dotnet-4.6', 64],
			['dotnet-4.6', 32],
			['dotnet-4.7', 64],
			['dotnet-4.7', 32],
			['dotnet-5', undefined],
			['powershell', 64],
			['powershell', 32],
			['winhttp', 64],
			['winhttp', 32],
			['wininet', undefined],
			['mars-agent', 64],
		],
	);
	// The one value of the user, which the exports leave out.
	const user = Buffer.from(
		'REGEDIT4\n[HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings]\n"SecureProtocols"=dword:a00\n',
	);
	const own = readEvidence('user.reg', user);
	const evidence = [...exported('after'), ...(own.kind === 'read' ? [own.evidence] : [])];
	t.deepEqual(
		judge(evidence, updates)
			.reports.filter(({reachesTls12}) => reachesTls12 !== 'yes')
			.map(({client}) => client),
		[],
	);
});

test('with the way back imported too, every value is what it was', t => {
	t.deepEqual(valuesOf(judge(exported('undone')).machine), valuesOf(judge(exported('before')).machine));
});

for (const language of ['german', 'japanese', 'chinese']) {
	test(`its listing in ${language} leads to the same as its export`, t => {
		const listing = read(`after-${language}.txt`);
		t.deepEqual(listing.problems, []);
		t.deepEqual(judge([listing]).reports, judge(exported('after')).reports);
	});
}
