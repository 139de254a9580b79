import type {ProbeOptions} from '../../engine/probe-options.js';
import type {Target} from '../../engine/target.js';
import {addressAt} from '../../lists/targets/addresses.js';
import {readExpression, targetAt} from '../../lists/targets/read-expression.js';
import {redactUrls} from '../../transport/proxy/url.js';
import type {StartTlsName} from '../../transport/starttls/index.js';
import {UsageError} from '../command.js';

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

/** A block or range of no more addresses and ports than this is shown target by target; a larger one is a list. */
const mostShown = 16;

/**
What the words of a command line name.

@returns Undefined where a block or range among them is so large that it is a list. What is wrong with others is thrown all the same.
@throws {UsageError} For what is no target.
*/
export function readNamed(texts: readonly string[]): readonly Named[] | undefined {
	const expanded = texts.map(text => {
		const item = readExpanded(text, mostShown);
		if (item.kind === 'invalid') {
			throw new UsageError(`${JSON.stringify(redactUrls(text))}: ${item.problem}`);
		}

		return item;
	});
	return expanded.some(({kind}) => kind === 'many') ? undefined : expanded.flatMap(item => (item.kind === 'named' ? item.named : []));
}

/** The options with what the target itself says of the way. */
export const optionsOf = <Options extends Pick<ProbeOptions, 'startTls'>>({startTls}: Named, options: Options): Options =>
	startTls === undefined ? options : {...options, startTls};
