import type {Conversation} from '../probe.js';
import {unbracketed} from './conclude.js';
import {isClosedLate, shapesAtOnce} from './late.js';
import {askPatiently, type Climb, findControl, type Item, isWornOut} from './patience.js';
import {isHangUp, latestTries, leastHangUps, type Standing} from './standing.js';

/**
Ask the same hellos again, until something else than a hang-up comes back: each time between two acceptances of another version. Where
each takes seconds, several are asked at once instead.

@param times - How often, at least.
*/
export function* askRepeatedly(climb: Climb, items: readonly Item[], times: number): Conversation<void> {
	const copies = items.some(({standing}) => isClosedLate(standing)) ? Math.min(times, shapesAtOnce) : 1;
	let left = items;
	for (let count = 0; count < times && left.length > 0 && !climb.isOver && !isWornOut(climb); count += copies) {
		for (const {standing, hello} of left) {
			standing.bracketed.delete(hello.shape);
		}

		yield* askPatiently(climb, Array.from({length: copies}, () => left).flat());
		left = left.filter(({standing, hello}) => standing.tries.every(item => item.hello !== hello || isHangUp(item.outcome)));
	}
}

/**
A ladder of few rungs, such as that of TLS 1.3, is hung up on by chance more often than one of many. What was hung up on alone, and less
often than it takes, is asked again.
*/
export function* repeatHangUps(climb: Climb, standings: readonly Standing[]): Conversation<void> {
	for (const standing of findControl(climb) === undefined ? [] : standings) {
		const count = standing.tries.filter(({outcome}) => isHangUp(outcome)).length;
		const isHungUp = latestTries(standing).every(({outcome}) => isHangUp(outcome)) && unbracketed(standing).length === 0;
		if (isHungUp && !standing.isControlOnly && standing.verdict === undefined && count < leastHangUps) {
			yield* askRepeatedly(climb, [{standing, hello: standing.shapes[0]}], leastHangUps - count);
		}
	}
}
