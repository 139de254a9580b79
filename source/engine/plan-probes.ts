import {probes as allProbes} from '../probes/index.js';
import type {AnyProbe, AnyRequest} from '../probes/probe.js';

/** A probe and what it is run with. */
export type PlannedProbe = {readonly probe: AnyProbe; readonly options: object};

const plans = new WeakMap<readonly AnyRequest[], readonly PlannedProbe[]>();

/**
The probes to run for these requests, in an order in which each comes after those that it needs, and after those of its `uses` and
`usesLater` that are asked for. What is needed and was not asked for is added with its own options.

@param probes - Those that there are. Plans for all that this program has are kept, as every target of a list has the same requests.
@throws {Error} For a name that there is no probe of, and for probes that need each other.
*/
export function planProbes(requests: readonly AnyRequest[], probes: readonly AnyProbe[] = allProbes): readonly PlannedProbe[] {
	const known = probes === allProbes ? plans.get(requests) : undefined;
	if (known !== undefined) {
		return known;
	}

	const plan = makePlan(requests, probes);
	if (probes === allProbes) {
		plans.set(requests, plan);
	}

	return plan;
}

function makePlan(requests: readonly AnyRequest[], probes: readonly AnyProbe[]): readonly PlannedProbe[] {
	const planned = new Map<string, PlannedProbe>();
	const open = new Set<string>();
	const add = (name: string): void => {
		if (planned.has(name)) {
			return;
		}

		const probe = probes.find(item => item.name === name);
		if (probe === undefined || open.has(name)) {
			throw new Error(probe === undefined ? `there is no probe ${name}` : `the probe ${name} needs itself`);
		}

		open.add(name);
		for (const needed of probe.needs) {
			add(needed);
		}

		for (const used of [...(probe.uses ?? []), ...(probe.usesLater ?? [])]) {
			if (requests.some(request => request.name === used)) {
				add(used);
			}
		}

		planned.set(name, {probe, options: requests.find(request => request.name === name)?.options ?? probe.options});
	};

	for (const {name} of requests) {
		add(name);
	}

	return [...planned.values()];
}
