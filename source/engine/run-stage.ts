import {showsLimit} from '../probes/taking/shows-limit.js';
import type {RunOptions} from './answer-ask.js';
import {joined, type Place, type Running, runPlace} from './run-place.js';
import {makeStepTurns} from './step-turns.js';

/** Where a stage ends that starts here: a stage is a probe that needs nothing, or those between two of them. */
export function endOfStage(places: readonly Place[], start: number): number {
	let end = start + 1;
	if (!needsNothing(places[start]!)) {
		while (end < places.length && !needsNothing(places[end]!)) {
			end += 1;
		}
	}

	return end;
}

const needsNothing = ({planned}: Place): boolean => planned.probe.needs.length === 0;

/** Run several probes at the same time. Each starts when those that it needs or uses are done. */
export async function runStage(running: Running, start: number, end: number): Promise<void> {
	const before = running.places.slice(0, start);
	// Recordings are replayed one probe after the other.
	const turns = makeStepTurns(running.isReplayed || showsLimit(joined(before)));
	const stage = running.places.slice(start, end);
	const tasks = new Map<Place, Promise<void>>();
	const seenBy = new Map<Place, ReadonlySet<Place>>();
	for (const place of stage) {
		const direct = [...tasks.keys()].filter(other => follows(place, other));
		const seen = new Set(direct.flatMap(other => [...seenBy.get(other)!, other]));
		const turn = turns.join();
		const isUrgent = direct.length > 0 || stage.some(other => follows(other, place) || usesLater(other).includes(nameOf(place)));
		const findingOf = async (name: string): Promise<unknown> => {
			const other = usesLater(place).includes(name) ? running.places.find(one => nameOf(one) === name) : undefined;
			await (other && tasks.get(other));
			return other?.result !== undefined && 'value' in other.result ? other.result.value : undefined;
		};
		const run = {...place.run, turn, findingOf, limit: isUrgent ? urgent(place.run) : place.run.limit};
		const task = async (): Promise<void> => {
			await Promise.all(direct.map(other => tasks.get(other)));
			await runPlace(running, place, [...before, ...stage.filter(other => seen.has(other))], run);
		};
		tasks.set(place, task().finally(turn.end));
		seenBy.set(place, seen);
	}

	const failed = (await Promise.allSettled(tasks.values())).find(({status}) => status === 'rejected');
	if (failed?.status === 'rejected') {
		throw failed.reason;
	}
}

const follows = ({planned: {probe}}: Place, {planned: {probe: other}}: Place): boolean =>
	probe.needs.includes(other.name) || probe.uses?.includes(other.name) === true;

const nameOf = ({planned}: Place): string => planned.probe.name;

export const usesLater = ({planned}: Place): readonly string[] => planned.probe.usesLater ?? [];

/** Probes that follow each other take the longest, so they get places first. */
const urgent =
	({limit}: RunOptions): RunOptions['limit'] =>
	task =>
		limit(task, true);
