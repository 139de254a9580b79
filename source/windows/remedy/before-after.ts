import {type AskedOfMachine, assess, type ClientReport} from '../assess.js';
import {assessServers, type ServerReport} from '../assess-servers.js';
import type {Machine} from '../machine.js';
import type {ServerKindName} from '../rules/server-kind.js';
import {applyStep, mergeSteps, type Step} from './step.js';

/** What one step changes, if it is done after those before it. */
export type EffectOfStep<Change> = {readonly step: Step; readonly changes: readonly Change[]};

type ClientState = Pick<ClientReport, 'offers' | 'reachesTls12' | 'confidence'>;
type ServerState = Pick<ServerReport, 'accepts' | 'acceptsTls12' | 'confidence'>;

export type StepEffect = EffectOfStep<Pick<ClientReport, 'client' | 'bits'> & {readonly before: ClientState; readonly after: ClientState}>;
export type ServerEffect = EffectOfStep<Pick<ServerReport, 'server'> & {readonly before: ServerState; readonly after: ServerState}>;

/** Do the steps of a remedy one after another, and see what each changes. What is done inside a program is left out. */
export const beforeAfter = (machine: Machine, asked: AskedOfMachine = {}): readonly StepEffect[] =>
	effectsOf(
		machine,
		now => assess(now, asked),
		(before, after) => ({
			client: before.client,
			...(before.bits === undefined ? {} : {bits: before.bits}),
			before: clientState(before),
			after: clientState(after),
		}),
	);

/** The same for what the machine accepts. */
export const beforeAfterServers = (machine: Machine, servers?: readonly ServerKindName[]): readonly ServerEffect[] =>
	effectsOf(
		machine,
		now => assessServers(now, servers),
		(before, after) => ({server: before.server, before: serverState(before), after: serverState(after)}),
	);

function effectsOf<Report extends {readonly remedy: readonly Step[]}, Change extends {readonly before: object; readonly after: object}>(
	machine: Machine,
	judge: (machine: Machine) => readonly Report[],
	compare: (before: Report, after: Report) => Change,
): readonly EffectOfStep<Change>[] {
	let current = machine;
	let reports = judge(machine);
	const effects: EffectOfStep<Change>[] = [];
	for (const step of mergeSteps(reports.flatMap(({remedy}) => remedy))) {
		if (step.kind !== 'update' && step.kind !== 'registry') {
			continue;
		}

		current = applyStep(current, step);
		const after = judge(current);
		const changes = reports
			.map((before, index) => compare(before, after[index]!))
			.filter(change => JSON.stringify(change.before) !== JSON.stringify(change.after));
		effects.push({step, changes});
		reports = after;
	}

	return effects;
}

const clientState = ({offers, reachesTls12, confidence}: ClientReport): ClientState => ({offers, reachesTls12, confidence});

const serverState = ({accepts, acceptsTls12, confidence}: ServerReport): ServerState => ({accepts, acceptsTls12, confidence});
