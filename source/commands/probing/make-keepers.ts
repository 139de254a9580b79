import type {TargetResult} from '../../engine/probe-target.js';
import type {Keeper} from '../../outputs/keep-flows.js';
import type {OutputPlan} from '../../outputs/open-outputs.js';
import {type Context, UsageError} from '../command.js';
import type {ProbeFlags} from './probe-flags.js';

/** Nothing of it is loaded where it was not asked for. */
export async function makeExplain(
	{printed}: OutputPlan,
	{explain}: ProbeFlags,
	{write, look}: Context,
): Promise<(result: TargetResult) => Promise<void>> {
	if (!explain) {
		return async () => {};
	}

	if (printed !== undefined && printed !== 'table') {
		throw new UsageError('--explain prints text; with --json, use --evidence to add the bytes');
	}

	const {explainResult} = await import('../../formats/explain.js');
	return result => write(explainResult(result, {look, isFull: false}));
}

/** Keeps connections by the flags that ask for it. What cannot be kept is told at the end: the results of other targets are not lost by it. */
export async function makeKeepers({record, pcap}: ProbeFlags, {atExit}: Context): Promise<Keeper> {
	const keepers: Keeper[] = [];
	if (record !== undefined || pcap !== undefined) {
		const {keepFlows, keepPackets} = await import('../../outputs/keep-flows.js');
		keepers.push(...(record === undefined ? [] : [await keepFlows(record)]), ...(pcap === undefined ? [] : [keepPackets(pcap)]));
	}

	const failures: unknown[] = [];
	const abandon = (): void => {
		for (const keeper of keepers) {
			keeper.abandon();
		}
	};

	atExit(abandon);
	return {
		async add(result) {
			for (const keeper of keepers) {
				await keeper.add(result).catch((error: unknown) => failures.push(error));
			}
		},
		end() {
			if (failures.length > 0) {
				throw failures[0];
			}

			for (const keeper of keepers) {
				keeper.end();
			}
		},
		abandon,
	};
}
