import type {HelloSpec} from '../../exchange/hello-spec.js';
import type {ServerFlight} from '../../exchange/outcome.js';
import type {Conversation} from '../probe.js';
import {askOne, type Selection, type ServerState} from '../taking/ask-one.js';
import {together} from '../taking/together.js';
import type {HelloKind} from './extension-hellos.js';

/** What the connections of one kind of hello came to. */
export type SeenOf = {
	/** Answers of the version that was asked for. */
	readonly selections: readonly Selection[];
	/** How many were refused by an alert or another version. */
	readonly refusals: number;
};

export type SeenFlights = Readonly<Partial<Record<HelloKind, SeenOf>>>;

/** Several servers may answer: what one of two connections leaves out, the other may have. */
const tries = 2;

/** Ask with each hello, all at once, on connections enough to say that something is left out. */
export function* seeFlights(state: ServerState, hellos: Readonly<Partial<Record<HelloKind, HelloSpec>>>): Conversation<SeenFlights> {
	const kinds = Object.keys(hellos) as HelloKind[];
	const asked = kinds.flatMap(kind => Array.from({length: tries}, () => ({kind, hello: hellos[kind]!})));
	const answers = yield* together(asked.map(({hello}) => see(state, hello)));
	return Object.fromEntries(
		kinds.map(kind => {
			const of = answers.filter((_, index) => asked[index]!.kind === kind);
			return [
				kind,
				{
					selections: of.flatMap(answer => (typeof answer === 'object' ? [answer] : [])),
					refusals: of.filter(answer => answer === 'refused').length,
				},
			];
		}),
	);
}

/** What a hello is answered with, where that selects the version. */
export function* see(state: ServerState, hello: HelloSpec): Conversation<Selection | 'refused' | undefined> {
	let seen: Selection | undefined;
	const reply = yield* askOne(state, {
		hello,
		offered: [],
		pick(outcome) {
			seen = outcome;
			return 0;
		},
	});
	return reply.kind === 'refused' ? 'refused' : seen;
}

/** The flights that say what they leave out: of TLS 1.3, only those that were read to their end. */
export const flightsIn = (seen: SeenOf | undefined): readonly ServerFlight[] =>
	(seen?.selections ?? []).flatMap(selection => {
		const flight = selection.kind === 'server-hello' ? selection.flight : undefined;
		return flight !== undefined && (selection.version < 0x03_04 || flight.isWhole) ? [flight] : [];
	});

/** Whether something is in an answer: left out counts only in as many as were asked for. */
export function statusIn(flights: readonly ServerFlight[], isIn: (flight: ServerFlight) => boolean): 'present' | 'absent' | 'inconclusive' {
	if (flights.some(isIn)) {
		return 'present';
	}

	return flights.length >= tries ? 'absent' : 'inconclusive';
}
