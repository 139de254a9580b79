import type {ProbeOptions} from '../../engine/probe-options.js';
import {type Named, readExpanded} from '../../lists/targets/read-expanded.js';
import {redactUrls} from '../../transport/proxy/url.js';
import {UsageError} from '../command.js';

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
