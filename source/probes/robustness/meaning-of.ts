import type {Outcome} from '../../exchange/outcome.js';
import {alerts} from '../../iana/alerts.js';
import {isGrease} from './grease-hellos.js';

/** What one answer says about an unusual hello. `unknown`: there was no connection, or no time. */
export type Meaning =
	| {readonly kind: 'accepted'}
	/** `how` is how it was refused, in words. */
	| {readonly kind: 'refused'; readonly how: string}
	| {readonly kind: 'unknown'};

const latestVersion = 0x03_04;

/** @returns How a hello was answered. A ServerHello accepts it, unless it selects what does not exist. */
export function meaningOf(outcome: Outcome): Meaning {
	switch (outcome.kind) {
		case 'server-hello':
		case 'hello-retry-request': {
			const isReal = outcome.version <= latestVersion && !isGrease(outcome.cipherSuite) && !isGrease(outcome.group);
			return isReal ? {kind: 'accepted'} : {kind: 'refused', how: 'selects what does not exist'};
		}
		case 'alert':
			return {kind: 'refused', how: `alert ${alerts.label(outcome.description)}`};
		case 'closed':
		case 'reset':
		case 'malformed':
			return {kind: 'refused', how: outcome.kind};
		case 'silent':
			return {kind: 'refused', how: silent};
		case 'not-tls':
			return {kind: 'refused', how: 'an answer that is not TLS'};
		case 'unreachable':
		case 'proxy-refused':
		case 'starttls-refused':
		case 'unasked':
		case 'unanswered':
			return {kind: 'unknown'};
		default:
			return outcome satisfies never;
	}
}

export const silent = 'no answer';
