import {defaultVersions, versionNames} from '../iana/versions.js';
import {type OptionsOf, type ProbeName, probes} from './index.js';
import type {AnyProbe, AnyRequest} from './probe.js';

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
	const known = requests.find(request => request.name === name);
	const changed: AnyRequest = requestProbe(name, {...(known?.options as Partial<OptionsOf<Name>> | undefined), ...options});
	return known === undefined ? [...requests, changed] : requests.map(request => (request === known ? changed : request));
}

/** As `withRequest`, for what another option needs: results do not name it, unless it was asked for besides. */
export function withImplied<Name extends ProbeName>(
	requests: readonly AnyRequest[],
	name: Name,
	options: Partial<OptionsOf<Name>> = {},
): readonly AnyRequest[] {
	const isAsked = requests.some(request => request.name === name && !request.isImplied);
	const changed = withRequest(requests, name, options);
	return isAsked ? changed : changed.map(request => (request.name === name ? {...request, isImplied: true} : request));
}

/** Two vulnerabilities are those of SSL 2 and SSL 3, which are asked for as well, unless fewer versions than usual are. */
function withOldestVersions(requests: readonly AnyRequest[]): readonly AnyRequest[] {
	const versions = requestedOptions(requests, 'versions')?.versions;
	return versions !== undefined && defaultVersions.every(name => versions.includes(name))
		? withRequest(requests, 'versions', {versions: versionNames})
		: requests;
}

export const withoutRequest = (requests: readonly AnyRequest[], name: ProbeName): readonly AnyRequest[] =>
	requests.filter(request => request.name !== name);

/**
The same requests, and probes that are asked for by their names, in the order of the list.

@param known - The probes that there are.
*/
export function withProbes(
	requests: readonly AnyRequest[],
	names: readonly string[],
	known: readonly AnyProbe[] = probes,
): readonly AnyRequest[] {
	let asked = requests;
	for (const name of names) {
		switch (name) {
			case 'confirm' satisfies ProbeName:
				// A handshake shows the certificate in any case.
				asked = withImplied(withRequest(asked, 'confirm'), 'certificate');
				break;
			case 'certificate' satisfies ProbeName:
				asked = withRequest(asked, 'certificate', {readsAnswers: true});
				break;
			case 'vulnerabilities' satisfies ProbeName:
				asked = withOldestVersions(withRequest(asked, 'vulnerabilities'));
				break;
			default:
				asked = asked.some(request => request.name === name)
					? asked
					: [...asked, ...known.filter(probe => probe.name === name).map(({options}) => ({name, options}))];
		}
	}

	const placeOf = ({name}: AnyRequest): number => known.findIndex(probe => probe.name === name);
	return asked.toSorted((one, other) => placeOf(one) - placeOf(other));
}
