import {createHash} from 'node:crypto';
import {requestedOptions} from '../probes/requests.js';
import type {AddressOptions} from './address-options.js';

/** What was asked, as far as the rest of a report does not show it. Each field is left out where it is as usual. */
export type Asked = {
	/** The probes by their names, where there were others than `versions`. */
	readonly probes?: readonly string[] | undefined;
	/** Connections for each version, where a number was given. */
	readonly samples?: number | undefined;
	/** The policies that the verdict follows from, by their names, where some were given. */
	readonly policies?: readonly string[] | undefined;
	/** The SHA-256 of the certificates that were trusted in addition (`--ca`), in hexadecimal. */
	readonly authorities?: string | undefined;
	/** Whether revocation was checked with `--online`. */
	readonly online?: true | undefined;
	/** The SHA-256 of the keys of the logs of Certificate Transparency (`--ct-logs`), in hexadecimal. */
	readonly ctLogs?: string | undefined;
};

type Options = Pick<AddressOptions, 'probes' | 'policies'>;

/** By the requests of probes, which all targets of a list share. */
const known = new WeakMap<Options['probes'], {readonly policies: Options['policies']; readonly asked: Asked | undefined}>();

/** @returns Undefined where all is as usual. */
export function askedOf(options: Options): Asked | undefined {
	const {probes, policies} = options;
	let entry = known.get(probes);
	if (entry?.policies !== policies) {
		entry = {policies, asked: makeAsked(options)};
		known.set(probes, entry);
	}

	return entry.asked;
}

function makeAsked({probes, policies}: Options): Asked | undefined {
	const names = probes.flatMap(({name, isImplied}) => (isImplied ? [] : [name]));
	const samples = requestedOptions(probes, 'versions')?.samples;
	const isUsual = names.length === 1 && names[0] === 'versions';
	const isCounted = samples?.of === 'every-version';
	const {ca, online = false, ctLogs} = requestedOptions(probes, 'certificates') ?? {};
	return isUsual && !isCounted && policies.length === 0 && ca === undefined && !online && ctLogs === undefined
		? undefined
		: {
				...(isUsual ? {} : {probes: names}),
				...(isCounted ? {samples: samples.count} : {}),
				...(policies.length === 0 ? {} : {policies}),
				...(ca === undefined ? {} : {authorities: hashOf(ca)}),
				...(online ? {online} : {}),
				...(ctLogs === undefined ? {} : {ctLogs: hashOf(ctLogs.map(({key}) => key).join('\n'))}),
			};
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Whether a probe was asked for, by what a report says. */
export const wasAsked = (asked: Asked | undefined, probe: string): boolean => asked?.probes?.includes(probe) ?? probe === 'versions';
