import {type ClearChain, clearChainIn} from '../../exchange/clear-chain.js';
import type {Attempt, HelloAttempt} from '../attempt.js';

/** The certificates that each answer to a hello shows, the newest version first: up to TLS 1.2 they come in clear. */
export function* chainsIn(attempts: readonly Attempt[]): Generator<ClearChain> {
	const newestFirst = attempts
		.filter((attempt): attempt is HelloAttempt => attempt.kind === 'hello')
		.toSorted((one, other) => versionIn(other) - versionIn(one));
	for (const {transcript} of newestFirst) {
		if (transcript.outcome.kind === 'server-hello' && transcript.outcome.version >= 0x03_00 && transcript.outcome.version <= 0x03_03) {
			const flights = transcript.flights.filter(({from}) => from === 'server').map(({bytes}) => bytes);
			const found = clearChainIn(Buffer.concat(flights));
			if (found.chain.length > 0) {
				yield found;
			}
		}
	}
}

/** Versions may be answered with different certificates, and in any order. */
const versionIn = ({transcript: {outcome}}: HelloAttempt): number => (outcome.kind === 'server-hello' ? outcome.version : 0);
