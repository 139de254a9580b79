import {toHex} from '../bytes/hex.js';
import {askInBrief} from '../exchange/exchanged.js';
import {versions} from '../iana/versions.js';
import type {Attempt} from './attempt.js';
import type {Evidence} from './evidence.js';
import {round} from './round.js';

/**
Connections byte for byte, in the order in which they were made.

@param decisive - The one that a finding rests on.
*/
export const evidenceOf = (indices: readonly number[], decisive: number | undefined, attempts: readonly Attempt[]): Evidence[] =>
	[...new Set(indices)]
		.toSorted((one, other) => one - other)
		.map(index => {
			const attempt = attempts[index]!;
			const {version, shape} = askInBrief(attempt);
			const {flights, durationMs} = attempt.transcript;
			const said = (from: 'client' | 'server'): string =>
				flights
					.filter(flight => flight.from === from)
					.map(({bytes}) => toHex(bytes))
					.join('');
			return {
				shape,
				version: versions.label(version ?? 0),
				outcome: outcomeOf(attempt),
				durationMs: round(durationMs),
				decided: index === decisive,
				sent: said('client'),
				received: said('server'),
			};
		});

function outcomeOf(attempt: Attempt): Evidence['outcome'] {
	switch (attempt.kind) {
		case 'hello':
			return attempt.transcript.outcome.kind;
		case 'handshake':
			return attempt.transcript.outcome.handshake.kind;
		case 'records':
			return attempt.transcript.outcome.kind;
		case 'question':
			throw new Error('no finding with evidence rests on a question to the DNS');
		default:
			return attempt satisfies never;
	}
}
