import {toJson} from '../bytes/safe-text.js';
import type {Role} from '../clients/windows/versions.js';
import {cipherSuites} from '../iana/cipher-suites.js';
import type {ClientReport} from './assess.js';
import type {ServerReport} from './assess-servers.js';
import type {Machine} from './machine.js';
import type {Effect, ServerEffect, StepEffect} from './remedy/before-after.js';
import {commandOf, type Step} from './remedy/step.js';
import {suitesOf} from './rules/suites.js';
import {inWords} from './sources.js';
import {inOneLine, withoutEffect} from './without-effect.js';

/** The report as one line of JSON, ended by a line feed. Names of fields are fixed. */
export function reportJson(machine: Machine, reports: readonly ClientReport[], effects: readonly StepEffect[] | undefined): string {
	const result = {
		...machineJson(machine),
		role: 'client',
		clients: reports.map(({client, bits, offers, reachesTls12, confidence, because, remedy}) => ({
			client,
			...(bits === undefined ? {} : {bits}),
			offers,
			reachesTls12,
			confidence,
			because: because.map(inWords),
			remedy: remedy.map(step => stepJson(step, machine)),
		})),
		...restJson(machine, 'client', effects),
	};
	return `${toJson(result)}\n`;
}

/** The same for what the machine accepts. */
export function serverReportJson(machine: Machine, reports: readonly ServerReport[], effects: readonly ServerEffect[] | undefined): string {
	const result = {
		...machineJson(machine),
		role: 'server',
		servers: reports.map(({server, accepts, acceptsTls12, confidence, because, remedy}) => ({
			server,
			accepts,
			acceptsTls12,
			confidence,
			because: because.map(inWords),
			remedy: remedy.map(step => stepJson(step, machine)),
		})),
		...restJson(machine, 'server', effects),
	};
	return `${toJson(result)}\n`;
}

const machineJson = ({os, architecture}: Machine) => ({os: os.name, architecture});

const stepJson = (step: Step, machine: Machine) => ({
	kind: step.kind,
	command: commandOf(step, machine),
	...('isAdvised' in step && step.isAdvised ? {advised: true} : {}),
});

const restJson = (machine: Machine, role: Role, effects: readonly Effect<unknown>[] | undefined) => ({
	...vainJson(machine, role),
	cipherSuites: suitesOf(machine, role).codes.map(code => cipherSuites.label(code)),
	...(effects === undefined ? {} : {steps: effects.map(({step, changes}) => ({...stepJson(step, machine), changes}))}),
});

function vainJson(machine: Machine, role: Role) {
	const vain = withoutEffect(machine, role).map(inOneLine);
	return vain.length === 0 ? {} : {withoutEffect: vain};
}
