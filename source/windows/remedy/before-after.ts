import {type Asked, assess, type ClientReport} from '../assess.js';
import type {Machine} from '../machine.js';
import {applyStep, mergeSteps, type Step} from './step.js';

type Seen = Pick<ClientReport, 'offers' | 'reachesTls12' | 'confidence'>;

/** What one step changes, if it is done after those before it. */
export type StepEffect = {
	readonly step: Step;
	readonly changes: readonly (Pick<ClientReport, 'client' | 'bits'> & {readonly before: Seen; readonly after: Seen})[];
};

/** Do the steps of a remedy one after another, and see what each changes. What is done inside a program is left out. */
export function beforeAfter(machine: Machine, asked: Asked = {}): readonly StepEffect[] {
	let current = machine;
	let reports = assess(machine, asked);
	const effects: StepEffect[] = [];
	for (const step of mergeSteps(reports.flatMap(({remedy}) => remedy))) {
		if (step.kind !== 'update' && step.kind !== 'registry') {
			continue;
		}

		current = applyStep(current, step);
		const after = assess(current, asked);
		const changes = reports.flatMap((before, index) => {
			const now = after[index]!;
			const {client, bits} = before;
			const item = {client, ...(bits === undefined ? {} : {bits}), before: seen(before), after: seen(now)};
			return JSON.stringify(item.before) === JSON.stringify(item.after) ? [] : [item];
		});
		effects.push({step, changes});
		reports = after;
	}

	return effects;
}

const seen = ({offers, reachesTls12, confidence}: ClientReport): Seen => ({offers, reachesTls12, confidence});
