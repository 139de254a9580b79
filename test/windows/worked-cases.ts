import test from 'ava';
import {assess, type ClientReport} from '../../source/windows/assess.js';
import {describeMachine, type Machine} from '../../source/windows/machine.js';
import {parseOperatingSystem} from '../../source/windows/operating-systems.js';
import {readEvidence} from '../../source/windows/registry-file/read-evidence.js';
import {writeRegFile} from '../../source/windows/registry-file/write-reg-file.js';
import {changeOf, commandOf} from '../../source/windows/remedy/step.js';
import {services} from '../../source/windows/services.js';
import {type Case, cases} from '../helpers/windows-cases.js';

const header = 'Windows Registry Editor Version 5.00\r\n\r\n';

for (const [index, item] of cases.entries()) {
	const {number, os, client, bits, reaches} = item;
	const title = `case ${number}.${index}: ${client}${bits === undefined ? '' : ` of ${bits} bits`} on ${os}`;

	test(`${title}: ${reaches}`, t => {
		const {report, machine} = judge(item, []);
		t.deepEqual(report.offers, item.offers);
		t.is(report.reachesTls12, item.reaches);
		t.is(report.confidence, item.confidence);
		const named = report.because.flatMap(({sources}) => sources as readonly string[]);
		t.deepEqual(
			item.sources.filter(source => !named.includes(source)),
			[],
			'sources that are not named',
		);
		const commands = report.remedy.map(step => commandOf(step, machine));
		t.is(commands.length, item.remedy.length, commands.join('\n'));
		for (const [place, wanted] of item.remedy.entries()) {
			t.regex(commands[place]!, wanted as RegExp);
		}
	});

	if (item.reaches !== 'yes') {
		test(`${title}: its remedy reaches TLS 1.2 once it is applied, where a registry remedy exists`, t => {
			const {report} = judge(item, []);
			const values = report.remedy.filter(step => step.kind === 'registry');
			if (values.length === 0) {
				t.true(report.remedy.some(({kind}) => kind === 'program' || kind === 'upgrade'));
				return;
			}

			const remedy = writeRegFile(values.map(changeOf), ['the remedy']);
			const updates = report.remedy.flatMap(step => (step.kind === 'update' ? [step.update] : []));
			t.is(judge(item, [remedy], updates).report.reachesTls12, 'yes');
		});
	}
}

function judge(item: Case, more: readonly Uint8Array[], updates: readonly string[] = []): {report: ClientReport; machine: Machine} {
	const text = `${header}${(item.registry ?? []).join('\r\n')}\r\n`;
	const files = [Buffer.from(`\uFEFF${text}`, 'utf16le'), ...more];
	const evidence = files.map((bytes, index) => {
		const reading = readEvidence(`file ${index}`, bytes);
		if (reading.kind !== 'read' || reading.evidence.problems.length > 0) {
			throw new Error(JSON.stringify(reading));
		}

		return reading.evidence;
	});
	const machine = describeMachine(evidence, {
		os: parseOperatingSystem(item.os)!,
		updates: [...(item.updates ?? []), ...updates],
		program: {codeProtocols: item.code, switches: item.switches ?? {}},
	})!;
	const service = services.find(({name}) => name === item.service);
	return {report: assess(machine, {service}).find(({client, bits}) => client === item.client && bits === item.bits)!, machine};
}
