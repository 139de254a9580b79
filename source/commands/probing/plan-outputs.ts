import {formats} from '../../formats/index.js';
import type {OutputPlan} from '../../outputs/open-outputs.js';
import {UsageError} from '../command.js';
import {planPlaces} from './plan-places.js';
import type {ProbeFlags} from './probe-flags.js';

/** The flags that say where results go. */
type OutputFlags = Pick<ProbeFlags, 'output'> & Partial<Pick<ProbeFlags, 'format' | 'json' | 'evidence' | 'resume'>>;

/**
Tell what goes where. Stdout carries the format that was asked for unless a file has it already, and the usual one where neither a
format nor a file was asked for.

@throws {UsageError} Where the format of a file cannot be told, and for what contradicts itself.
*/
export function planOutputs({format, json, output, evidence, resume}: OutputFlags, usual: 'table' | 'lines' | 'rules'): OutputPlan {
	// A run can only go on with lines of JSON.
	const {printed, files} = planPlaces({format, json, output}, {formats, usual, unnamed: 'jsonl', fallback: resume ? 'jsonl' : undefined});
	if (evidence && ![printed, ...files.map(file => file.format)].some(name => name !== undefined && formats[name].hasEvidence)) {
		throw new UsageError('--evidence goes with --json, or --format or --output of jsonl, json or html; --explain shows the bytes in words');
	}

	return {printed, files};
}
