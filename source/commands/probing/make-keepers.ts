import type {TargetResult} from '../../engine/probe-target.js';
import type {Topic} from '../../formats/explaining/topic.js';
import type {Keeper} from '../../outputs/keep-flows.js';
import type {OutputPlan} from '../../outputs/open-outputs.js';
import {type Context, UsageError} from '../command.js';
import type {ProbeFlags} from './probe-flags.js';
import {everything} from './topic-word.js';

/**
The topics that `--explain` names. Without a value there are none, and every version is explained.

@returns Undefined without the flag.
@throws {UsageError} For a word that names no topic.
*/
export async function readTopics({explain}: ProbeFlags): Promise<readonly Topic[] | undefined> {
	if (explain === undefined || explain === everything) {
		return explain === undefined ? undefined : [];
	}

	const {parseTopic} = await import('../../formats/explaining/topic.js');
	return explain.split(',').map(word => {
		const parsed = parseTopic(word);
		if ('problem' in parsed) {
			throw new UsageError(`--explain ${parsed.problem}`);
		}

		return parsed.topic;
	});
}

/** @throws {UsageError} If the output is not text. */
export async function makeExplain(
	{printed}: OutputPlan,
	topics: readonly Topic[] | undefined,
	{write, look}: Context,
): Promise<(result: TargetResult) => Promise<void>> {
	if (topics === undefined) {
		return async () => {};
	}

	if (printed !== undefined && printed !== 'table') {
		throw new UsageError('--explain prints text; with --json, use --evidence to add the bytes');
	}

	const options = {look, isFull: false};
	if (topics.length > 0) {
		const {explainTopics} = await import('../../formats/explain-topics.js');
		return result => write(`\n${explainTopics(result, topics, options)}`);
	}

	const {explainResult} = await import('../../formats/explain.js');
	return result => write(explainResult(result, options));
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
