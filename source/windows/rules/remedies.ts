import type {Role} from '../../clients/windows/versions.js';
import {builds} from '../../clients/windows/versions.js';
import type {Machine} from '../machine.js';
import {readDword} from '../registry.js';
import type {Step} from '../remedy/step.js';
import {clientKey, protocolKey, protocolStates} from './protocol-states.js';

export type RegistryStep = Extract<Step, {kind: 'registry'}>;

/** The values of a key that are not yet what they should be. */
export const valuesToSet = (machine: Machine, key: string, wanted: Readonly<Record<string, number>>): RegistryStep[] =>
	Object.entries(wanted)
		.filter(([name, number]) => {
			const found = readDword(machine.registry, key, name);
			return found.kind !== 'number' || !isAsGood(name, found.number, number);
		})
		.map(([name, number]) => ({kind: 'registry', key, name, number}));

/** Any Enabled but 0 means the same. */
const isAsGood = (name: string, found: number, wanted: number): boolean =>
	found === wanted || (name === 'Enabled' && wanted === 1 && found !== 0);

export const allValues = (key: string, wanted: Readonly<Record<string, number>>): RegistryStep[] =>
	Object.entries(wanted).map(([name, number]) => ({kind: 'registry', key, name, number}));

const tls12Values = {Enabled: 1, DisabledByDefault: 0} as const;

/**
What turns TLS 1.2 on in SChannel itself, and nothing where it is on.

After an update come all values, also those that are there: they had no meaning before it. On Windows 8 and Server 2012, whose default
the sources dispute, the values are advised.
*/
export function schannelSteps(machine: Machine, role: Role = 'client'): readonly Step[] {
	const {SSLv2, 'TLSv1.2': tls12} = protocolStates(machine, role);
	const {state, undecided, missingUpdate, defaultDoubts} = tls12;
	const key = protocolKey('TLSv1.2', role);
	// In a client's request SSL 2.0 and TLS 1.2 exclude each other: back to what Windows ships with.
	const withoutSsl2 =
		role === 'client' && SSLv2.state === 'enabled' ? valuesToSet(machine, clientKey('SSLv2'), {DisabledByDefault: 1}) : [];
	if (state === 'unsupported') {
		return missingUpdate === undefined
			? [upgrade(machine)]
			: [{kind: 'update', update: missingUpdate}, ...allValues(key, tls12Values), ...withoutSsl2];
	}

	if (state !== 'enabled' || undecided !== undefined) {
		return [...valuesToSet(machine, key, tls12Values), ...withoutSsl2];
	}

	const advised = defaultDoubts.length === 0 ? [] : valuesToSet(machine, key, tls12Values);
	return [...withoutSsl2, ...advised.map(step => ({...step, isAdvised: true}))];
}

export const upgrade = ({os}: Machine): Step => ({
	kind: 'upgrade',
	command:
		os.build < builds.seven ? `move to a later Windows: no update adds TLS 1.2 to ${os.title}` : `move to a later Windows than ${os.title}`,
});

export const isHopeless = (machine: Machine): boolean => {
	const {state, missingUpdate} = protocolStates(machine)['TLSv1.2'];
	return state === 'unsupported' && missingUpdate === undefined;
};
