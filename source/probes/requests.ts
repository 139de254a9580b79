import {type OptionsOf, type ProbeName, probes} from './index.js';
import type {AnyRequest} from './probe.js';

/** Plain data, so that a thread, a queue or a file can carry it whole. */
export type ProbeRequest<Name extends ProbeName = ProbeName> = {
	[Each in Name]: {readonly name: Each; readonly options: OptionsOf<Each>};
}[Name];

/** @param options - Those that are left out hold as the probe has them. */
export const requestProbe = <Name extends ProbeName>(name: Name, options: Partial<OptionsOf<Name>> = {}): ProbeRequest<Name> =>
	({name, options: {...probes.find(probe => probe.name === name)!.options, ...options}}) as ProbeRequest<Name>;

/** The options that a probe is asked for with; undefined where it is not. */
export const requestedOptions = <Name extends ProbeName>(requests: readonly AnyRequest[], name: Name): OptionsOf<Name> | undefined =>
	requests.find(request => request.name === name)?.options as OptionsOf<Name> | undefined;

/** The same requests, with other options for one probe. It is asked for as well where it was not. */
export function withRequest<Name extends ProbeName>(
	requests: readonly AnyRequest[],
	name: Name,
	options: Partial<OptionsOf<Name>> = {},
): readonly AnyRequest[] {
	const known = requestedOptions(requests, name);
	const changed = requestProbe(name, {...known, ...options});
	return known === undefined ? [...requests, changed] : requests.map(request => (request.name === name ? changed : request));
}

export const withoutRequest = (requests: readonly AnyRequest[], name: ProbeName): readonly AnyRequest[] =>
	requests.filter(request => request.name !== name);
