import type {Outcome} from '../../source/exchange/outcome.js';
import {makeServerState} from '../../source/probes/taking/ask-one.js';
import {type Ahead, type Offer, takeAll} from '../../source/probes/taking/take-all.js';

/** A server that chooses a suite of each list. */
export type ChoosingServer = {
	/** What it accepts, its favourite first. */
	readonly accepts: readonly number[];
	readonly isByClient: boolean;
	/** Which of the asks of a step are reset. */
	readonly isReset?: ((place: number) => boolean) | undefined;
};

export const offerSuites =
	(version: number): Offer =>
	codes => ({
		hello: {version, shape: 'test', cipherSuites: codes},
		offered: codes,
		pick: outcome => outcome.cipherSuite,
	});

export const selecting = (version: number, cipherSuite: number): Outcome =>
	({kind: 'server-hello', version, cipherSuite, anomalies: []}) as unknown as Outcome;

const refusal = {kind: 'alert', level: 2, description: 40} as unknown as Outcome;

/** Take all of a list, in memory. @returns What was found, and in how many steps and connections. */
export function playTakeAll(
	version: number,
	{accepts, isByClient, isReset = () => false}: ChoosingServer,
	codes: readonly number[],
	ahead?: Ahead,
) {
	const conversation = takeAll(makeServerState(codes.length), offerSuites(version), codes, ahead);
	let steps = 0;
	let connections = 0;
	let step = conversation.next([]);
	while (!step.done) {
		steps += 1;
		connections += step.value.length;
		step = conversation.next(
			step.value.map(({hello: {cipherSuites}}, place) => {
				const chosen = isByClient ? cipherSuites.find(code => accepts.includes(code)) : accepts.find(code => cipherSuites.includes(code));
				const outcome: Outcome = isReset(place) ? {kind: 'reset'} : chosen === undefined ? refusal : selecting(version, chosen);
				return {outcome, attempt: 0, durationMs: 1};
			}),
		);
	}

	const {last: _last, ...taken} = step.value;
	return {taken, steps, connections};
}
