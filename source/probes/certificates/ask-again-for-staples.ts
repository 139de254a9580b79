import {isEqual} from '../../bytes/is-equal.js';
import {readCertificate} from '../../certificates/certificate.js';
import type {HelloSpec} from '../../exchange/hello-spec.js';
import type {Conversation, HelloAsk} from '../probe.js';
import {type ShownBy, shownIn} from './show-identities.js';

/** nginx fetches its response once a client has asked for one, and staples it to later connections. */
const pauseMs = 1000;

/**
Ask once more if a certificate can have a stapled response and had none: with the same hello, a second after the certificate was first shown.

@param sinceMs - How long ago the hellos were answered.
@returns What was shown before, followed by what is shown now.
*/
export function* askAgainForStaples(shown: readonly ShownBy[], sinceMs: ReadonlyMap<HelloSpec, number>): Conversation<readonly ShownBy[]> {
	const missing = [...new Map(shown.toReversed().map(item => [Buffer.from(item.chain[0]!).toString('latin1'), item])).values()].filter(
		item => isPossible(item) && !shown.some(other => other.ocspResponse !== undefined && isSame(other, item)),
	);
	if (missing.length === 0) {
		return shown;
	}

	const passedMs = (item: ShownBy): number =>
		Math.max(0, ...shown.flatMap(other => (isSame(item, other) ? (sinceMs.get(other.hello) ?? 0) : [])));
	const answers = yield missing.map(
		(item): HelloAsk => ({kind: 'hello', hello: item.hello, pauseMs: Math.max(0, pauseMs - passedMs(item))}),
	);
	const again = missing.flatMap((item, index): readonly ShownBy[] => {
		const found = shownIn(answers[index]!.outcome, item.version);
		return found === undefined ? [] : [{...item, ...found}];
	});
	return [...shown, ...again.filter(item => missing.some(other => isSame(item, other)))];
}

/** SSL 3 has no extensions to ask with. */
const ssl3 = 0x03_00;

function isPossible({chain, version}: ShownBy): boolean {
	const {ocspUrls = [], mustStaple = false} = readCertificate(chain[0]!)?.extensions ?? {};
	return version > ssl3 && (ocspUrls.length > 0 || mustStaple);
}

const isSame = (one: ShownBy, other: ShownBy): boolean => isEqual(one.chain[0]!, other.chain[0]!);
