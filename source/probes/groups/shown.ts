import type {HelloSpec} from '../../exchange/hello-spec.js';
import type {Outcome} from '../../exchange/outcome.js';
import {selects} from '../../exchange/selects.js';
import type {DhParameters} from '../../wire/server-key-exchange.js';
import type {Attempt} from '../attempt.js';
import {curvesBefore13, groupsOf13} from './group-lists.js';

const tls13 = 0x03_04;

/** DH parameters, and whether the hello that they answer lists finite-field groups. */
export type ShownParameters = {readonly parameters: DhParameters; readonly isForGroups: boolean};

/** What earlier connections have shown of a version. */
export type ShownGroups = {
	/** Groups that the server chose out of those that were offered, in the order of the connections. */
	readonly groups: readonly number[];
	readonly parameters: readonly ShownParameters[];
	/** ECDHE and DHE suites that the server has chosen. */
	readonly suites: readonly number[];
};

/** Whether a code names a group of a finite field. RFC 7919 §2. */
export const isFiniteFieldGroup = (code: number): boolean => code >> 8 === 0x01;

/** What hellos of any probe were answered with. */
export function shownIn(attempts: readonly Attempt[], version: number): ShownGroups {
	const groups = new Set<number>();
	const suites = new Set<number>();
	const parameters: ShownParameters[] = [];
	for (const attempt of attempts) {
		if (attempt.kind !== 'hello' || attempt.hello.version !== version || !selects(attempt.transcript.outcome, version)) {
			continue;
		}

		const {hello, transcript} = attempt;
		const group = groupIn(transcript.outcome);
		if (group !== undefined && isOffered(hello, group)) {
			groups.add(group);
		}

		if (transcript.outcome.kind === 'server-hello' && hello.cipherSuites.includes(transcript.outcome.cipherSuite)) {
			suites.add(transcript.outcome.cipherSuite);
			const shown = transcript.outcome.flight?.dhParameters;
			if (shown !== undefined) {
				parameters.push({parameters: shown, isForGroups: hello.extensions?.groups.some(isFiniteFieldGroup) === true});
			}
		}
	}

	return {groups: [...groups], parameters, suites: [...suites]};
}

const groupIn = (outcome: Outcome): number | undefined => ('group' in outcome ? outcome.group : undefined);

/**
A server may choose what was not offered, and one that was offered no group chooses freely. Where other groups are left out, the first
choice is not the server's favourite.
*/
const isOffered = ({version, extensions}: HelloSpec, group: number): boolean =>
	extensions?.groups.includes(group) === true &&
	(version === tls13 ? groupsOf13 : curvesBefore13).every(code => extensions.groups.includes(code));
