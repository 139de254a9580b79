import {toJson} from '../bytes/safe-text.js';
import {cipherSuites} from '../registry/cipher-suites.js';
import type {ClientReport} from './assess.js';
import type {Machine} from './machine.js';
import type {StepEffect} from './remedy/before-after.js';
import {commandOf, type Step} from './remedy/step.js';
import {suitesOf} from './rules/suites.js';
import {inWords} from './sources.js';
import {inOneLine, withoutEffect} from './without-effect.js';

/** The report as one line of JSON, ended by a line feed. Names of fields are fixed. */
export function reportJson(machine: Machine, reports: readonly ClientReport[], effects: readonly StepEffect[] | undefined): string {
	const stepJson = (step: Step) => ({
		kind: step.kind,
		command: commandOf(step, machine),
		...('isAdvised' in step && step.isAdvised ? {advised: true} : {}),
	});
	const vain = withoutEffect(machine).map(inOneLine);
	const result = {
		os: machine.os.name,
		architecture: machine.architecture,
		clients: reports.map(({client, bits, offers, reachesTls12, confidence, because, remedy}) => ({
			client,
			...(bits === undefined ? {} : {bits}),
			offers,
			reachesTls12,
			confidence,
			because: because.map(inWords),
			remedy: remedy.map(stepJson),
		})),
		cipherSuites: suitesOf(machine).codes.map(code => cipherSuites.label(code)),
		...(vain.length === 0 ? {} : {withoutEffect: vain}),
		...(effects === undefined ? {} : {steps: effects.map(({step, changes}) => ({...stepJson(step), changes}))}),
	};
	return `${toJson(result)}\n`;
}
