import type {Ask, Conversation} from '../../probe.js';
import {sideBySide} from '../../taking/side-by-side.js';
import type {About, Assessment} from '../vulnerability.js';
import {malformedRecord} from './cbc-plaintexts.js';
import {type Chosen, chooseSuites, chosenInWords} from './choose-suites.js';
import {findControl} from './find-control.js';
import {isOverflow} from './judge-reactions.js';
import {sendRecord} from './send-record.js';

const badRecordMac = 20;

/** Rounds of two connections, after a first record was answered by the alert of a vulnerable server. */
const furtherRounds = 6;

/** Send a record that is padding alone, without room for a MAC. A vulnerable server answers that it is too long. */
export default function* askOpensslPaddingOracle(about: About): Conversation<Assessment, Ask> {
	// OpenSSL 1.0.1 has the faulty code for SHA-1 alone, 1.0.2 for SHA-256 as well.
	const withSha1 = chooseSuites(about, name => /_AES_\d+_CBC_SHA$/.test(name));
	const choice = withSha1.kind === 'chosen' ? withSha1 : chooseSuites(about, name => /_AES_\d+_CBC_SHA(?:256)?$/.test(name));
	if (choice.kind === 'none') {
		return choice.assessment;
	}

	const [chosen] = choice.chosen;
	const inconclusive = (why: string): Assessment => ({status: 'inconclusive', message: `${chosenInWords(chosen)}: ${why}`});
	const control = yield* findControl(about, chosen);
	if (typeof control === 'string') {
		return inconclusive(control);
	}

	const {request} = control.sent;
	const found = yield* sendRecord(about, chosen, keys => malformedRecord(keys, {request}, 'padding-alone'), request !== undefined);
	if (found.kind === 'none') {
		return inconclusive(found.why);
	}

	if (isOverflow(found)) {
		return (yield* isOverflowAlways(about, chosen, request))
			? {status: 'present', message: `alert 22 record_overflow to a record that is padding alone; ${chosenInWords(chosen)}`}
			: inconclusive('alert 22 record_overflow does not answer each such record, or answers other records too');
	}

	return found.alerts[0] === badRecordMac
		? {status: 'absent', message: `alert 20 bad_record_mac to a record that is padding alone; ${chosenInWords(chosen)}`}
		: inconclusive(`a record that is padding alone is not answered by alert 20 (${found.words})`);
}

/** Whether padding alone is answered by alert 22, and a wrong MAC by alert 20, each time. Otherwise the server may answer by chance. */
function* isOverflowAlways(about: About, chosen: Chosen, request: string | undefined): Conversation<boolean, Ask> {
	for (let count = 0; count < furtherRounds; count++) {
		const [alone, wrong] = yield* sideBySide(
			(['padding-alone', 'wrong-mac'] as const).map(item =>
				sendRecord(about, chosen, keys => malformedRecord(keys, {request}, item), request !== undefined),
			),
			() => 2,
		);
		if (alone?.kind !== 'reaction' || !isOverflow(alone) || wrong?.kind !== 'reaction' || wrong.alerts[0] !== badRecordMac) {
			return false;
		}
	}

	return true;
}
