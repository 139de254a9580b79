import type {Target} from '../../engine/target.js';
import type {StartTlsName} from '../../transport/starttls/index.js';
import {addressAt} from './addresses.js';
import {readExpression, targetAt} from './read-expression.js';

/** A target that a user names. A scheme such as `smtp://` says how it goes over to TLS, for it alone. */
export type Named = {readonly target: Target; readonly startTls?: StartTlsName};

export type Expanded =
	| {readonly kind: 'named'; readonly named: readonly Named[]}
	| {readonly kind: 'many'}
	| {readonly kind: 'invalid'; readonly problem: string};

/**
What one text names, as a line of a list does: a target, several ports of it, or a block or range of addresses.

@param most - How many targets a block or range may be.
*/
export function readExpanded(text: string, most: number): Expanded {
	const expression = readExpression(text.trim());
	switch (expression.kind) {
		case 'targets': {
			const {targets, startTls} = expression;
			return {kind: 'named', named: targets.map(target => (startTls === undefined ? {target} : {target, startTls}))};
		}

		case 'range': {
			const {addresses, ports} = expression;
			if (addresses.size * ports.length > most) {
				return {kind: 'many'};
			}

			const hosts = Array.from({length: addresses.size}, (_, index) => addressAt(addresses, index));
			return {kind: 'named', named: hosts.flatMap(host => ports.map(port => ({target: targetAt(host, port)})))};
		}

		case 'invalid':
			return expression;
		default:
			return expression satisfies never;
	}
}
