import type {HelloSpec} from '../../exchange/hello-spec.js';
import type {Conversation} from '../probe.js';
import {ask, type Climb, findControlStanding, type Item} from './patience.js';
import {isAcceptance, isHangUp, type Try} from './standing.js';

/**
Longer than one segment of Ethernet (1,460 bytes) and about as long as the hellos of clients with a post-quantum key share. What reads
one segment alone, a server or a box on the way, gives no answer to it.
*/
export const largeHelloBytes = 1800;

const tls12 = 0x03_03;

/** The hello that the newest version was accepted with, padded; undefined where none is accepted that can be padded. RFC 7685. */
export function largeItem(state: Climb): Item | undefined {
	const standing = findControlStanding(state);
	const accepted = standing?.verdict?.by.hello;
	return standing === undefined || standing.isControlOnly || standing.version < tls12 || accepted?.extensions === undefined
		? undefined
		: {standing, hello: enlarged(accepted)};
}

const enlarged = (hello: HelloSpec): HelloSpec => ({
	...hello,
	shape: 'large',
	extensions: {...hello.extensions!, paddedTo: largeHelloBytes},
});

/** Whether it was not answered, by which it may be the length that matters. */
export const isLargeUnanswered = ({outcome}: Try): boolean =>
	outcome.kind === 'silent' || (isHangUp(outcome) && outcome.kind !== 'unreachable');

/** Ask again, and without the padding too: a loss or a limit on connections is not what is told of. */
export function* askForLarge(state: Climb, large: Item): Conversation<void> {
	if (state.isOver) {
		return;
	}

	const {standing} = large;
	const [control, again] = (yield* ask(state, [{standing, hello: standing.verdict!.by.hello}, large])) as [Try, Try];
	const {kind} = again.outcome;
	if (isAcceptance(control.outcome, standing.version) && (kind === 'silent' || kind === 'closed' || kind === 'reset')) {
		standing.largeHello = {bytes: largeHelloBytes, outcome: kind};
	}
}
