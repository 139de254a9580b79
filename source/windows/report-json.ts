import {toJson} from '../bytes/safe-text.js';
import type {Role} from '../clients/windows/versions.js';
import {cipherSuites} from '../iana/cipher-suites.js';
import type {ClientReport} from './assess.js';
import type {ServerReport} from './assess-servers.js';
import type {Machine} from './machine.js';
import type {EffectOfStep, ServerEffect, StepEffect} from './remedy/before-after.js';
import {commandOf, type Step} from './remedy/step.js';
import {suitesOf} from './rules/suites.js';
import {inWords} from './sources.js';
import {inOneLine, withoutEffect} from './without-effect.js';

/** What brings a kind newer versions. */
export type RemedyReport = {readonly kind: Step['kind'] /** What to run or do. */; readonly command: string; readonly advised?: true};

type MachineReport = {
	/** Such as `windows-server-2012`. */
	readonly os: string;
	readonly architecture: Machine['architecture'];
	/** Keys and values that have no effect, and why. */
	readonly withoutEffect?: readonly string[];
	/** In the order of preference, in IANA's names. */
	readonly cipherSuites: readonly string[];
};

/** What the programs of a Windows machine offer as clients. */
export type WindowsClientsReport = MachineReport & {
	readonly role: 'client';
	readonly clients: readonly (Omit<ClientReport, 'because' | 'remedy'> & {
		readonly because: readonly string[];
		readonly remedy: readonly RemedyReport[];
	})[];
	readonly steps?: readonly (RemedyReport & {readonly changes: StepEffect['changes']})[];
};

/** What the servers of a Windows machine accept. */
export type WindowsServersReport = MachineReport & {
	readonly role: 'server';
	readonly servers: readonly (Omit<ServerReport, 'because' | 'remedy'> & {
		readonly because: readonly string[];
		readonly remedy: readonly RemedyReport[];
	})[];
	readonly steps?: readonly (RemedyReport & {readonly changes: ServerEffect['changes']})[];
};

/** The report as one line of JSON, ended by a line feed. Names of fields are fixed. */
export const reportJson = (machine: Machine, reports: readonly ClientReport[], effects: readonly StepEffect[] | undefined): string =>
	`${toJson(clientsOf(machine, reports, effects))}\n`;

export function clientsOf(
	machine: Machine,
	reports: readonly ClientReport[],
	effects: readonly StepEffect[] | undefined,
): WindowsClientsReport {
	return {
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
}

/** The same for what the machine accepts. */
export const serverReportJson = (
	machine: Machine,
	reports: readonly ServerReport[],
	effects: readonly ServerEffect[] | undefined,
): string => `${toJson(serversOf(machine, reports, effects))}\n`;

export function serversOf(
	machine: Machine,
	reports: readonly ServerReport[],
	effects: readonly ServerEffect[] | undefined,
): WindowsServersReport {
	return {
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
}

const machineJson = ({os, architecture}: Machine) => ({os: os.name, architecture});

const stepJson = (step: Step, machine: Machine): RemedyReport => ({
	kind: step.kind,
	command: commandOf(step, machine),
	...('isAdvised' in step && step.isAdvised ? {advised: true as const} : {}),
});

const restJson = <Change>(machine: Machine, role: Role, effects: readonly EffectOfStep<Change>[] | undefined) => ({
	...vainJson(machine, role),
	cipherSuites: suitesOf(machine, role).codes.map(code => cipherSuites.label(code)),
	...(effects === undefined ? {} : {steps: effects.map(({step, changes}) => ({...stepJson(step, machine), changes}))}),
});

function vainJson(machine: Machine, role: Role) {
	const vain = withoutEffect(machine, role).map(inOneLine);
	return vain.length === 0 ? {} : {withoutEffect: vain};
}
