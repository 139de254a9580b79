import type {Change, Effect} from '../policy/diff.js';
import {fill, wordsOf} from './fill.js';
import {count} from './numbers.js';
import type {Color, Look} from './paint.js';

const colors: Readonly<Record<Effect, Color>> = {worse: 'red', better: 'green', changed: 'cyan', lost: 'yellow', gained: 'green'};

/** One change as one line: `worse    edge.example.com:443  192.0.2.7  TLSv1.0: rejected, now accepted`. */
export function changeText(change: Change, look: Look): string {
	const {effect, target, serverName, address} = change;
	const isOtherName = serverName !== null && !target.startsWith(`${serverName}:`);
	return fill(
		[
			{text: effect.padEnd(7), color: [colors[effect], 'bold']},
			{text: target, gap: 2},
			...(isOtherName ? [{text: `as ${serverName}`, gap: 2}] : []),
			...(address === null || target.includes(address) ? [] : [{text: address, gap: 2}]),
			...wordsOf(inWords(change)).map((piece, index) => (index === 0 ? {...piece, gap: 2} : piece)),
		],
		look,
		9,
	);
}

function inWords({what, version, effect, before, after}: Change): string {
	switch (what) {
		case 'version':
			return effect === 'lost' ? `${version}: ${before}, now not known` : `${version}: ${before}, now ${after}`;
		case 'service':
			return `${version}, by the service: ${before}, now ${effect === 'lost' ? 'not known' : after}`;
		case 'cipher-suite':
			return `${version}: ${before}, now ${after}`;
		case 'address':
			return before === null ? `an address that was not there before: ${after}` : 'an address that is there no longer';
		case 'target':
			return before === null ? `a target that was not there before: ${after}` : `${before}, now ${after ?? 'not asked'}`;
		default:
			return what satisfies never;
	}
}

/** What all changes come to. */
export function diffSummary(changes: readonly Change[]): string {
	const counted = (['worse', 'better', 'changed', 'lost', 'gained'] as const)
		.map(effect => ({effect, times: changes.filter(change => change.effect === effect).length}))
		.filter(({times}) => times > 0)
		.map(({effect, times}) => `${count(times)} ${effect === 'lost' ? 'lost evidence' : effect === 'gained' ? 'gained evidence' : effect}`);
	return counted.length === 0 ? 'Nothing has changed.\n' : `\n${counted.join(', ')}\n`;
}
