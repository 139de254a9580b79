import type {HelloSpec} from '../../exchange/hello-spec.js';
import type {Conversation} from '../probe.js';
import type {Progress, VersionHello} from './progress.js';
import {ask, findControlState} from './rate-limit.js';
import {isAcceptance, isClosedOrReset, type Try} from './version-state.js';

/**
Longer than one segment of Ethernet (1,460 bytes) and about as long as the hellos of clients with a post-quantum key share. What reads
one segment alone, a server or a box on the way, gives no answer to it.
*/
export const largeHelloBytes = 1800;

const tls12 = 0x03_03;

/** The hello that the newest version was accepted with, padded; undefined where none is accepted that can be padded. RFC 7685. */
export function largeItem(progress: Progress): VersionHello | undefined {
	const versionState = findControlState(progress);
	const accepted = versionState?.verdict?.by.hello;
	return versionState === undefined || versionState.isControlOnly || versionState.version < tls12 || accepted?.extensions === undefined
		? undefined
		: {versionState, hello: enlarged(accepted)};
}

const enlarged = (hello: HelloSpec): HelloSpec => ({
	...hello,
	shape: 'large',
	extensions: {...hello.extensions!, paddedTo: largeHelloBytes},
});

/** Whether it was not answered, by which it may be the length that matters. */
export const isLargeUnanswered = ({outcome}: Try): boolean =>
	outcome.kind === 'silent' || (isClosedOrReset(outcome) && outcome.kind !== 'unreachable');

/** Ask again, and without the padding too: a loss or a limit on connections is not what this reports. */
export function* askForLarge(progress: Progress, large: VersionHello): Conversation<void> {
	if (progress.isOver) {
		return;
	}

	const {versionState} = large;
	const [control, again] = (yield* ask(progress, [{versionState, hello: versionState.verdict!.by.hello}, large])) as [Try, Try];
	const {kind} = again.outcome;
	if (isAcceptance(control.outcome, versionState.version) && (kind === 'silent' || kind === 'closed' || kind === 'reset')) {
		versionState.largeHello = {bytes: largeHelloBytes, outcome: kind};
	}
}
