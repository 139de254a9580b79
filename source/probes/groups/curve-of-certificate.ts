import type {Conversation} from '../probe.js';
import type {ServerState} from '../taking/ask-one.js';
import type {Ledger} from '../taking/ledger.js';
import {type Offer, takeAll} from '../taking/take-all.js';
import {together} from '../taking/together.js';
import {findOrder} from './order.js';

/**
A server may insist on the curve of its certificate (RFC 8422 §5.1), so that others are refused for want of that one. Where one that
was accepted is refused alone, so it is, and what was refused is undecided.
*/
export function* checkCurveOfCertificate(state: ServerState, offer: Offer, ledger: Ledger): Conversation<void> {
	const refused = [...ledger.open].filter(([, status]) => status === 'refused').map(([code]) => code);
	if (refused.length === 0) {
		return;
	}

	const alone = yield* together(ledger.accepted.map(code => takeAll(state, offer, [code])));
	const isInsisting = ledger.accepted.length < 2 || alone.some(({accepted}) => accepted.length === 0);
	if (!isInsisting) {
		return;
	}

	// The curve of the certificate comes last: a server that goes by the client's order then chooses another if it has one.
	const {accepted} = yield* takeAll(state, offer, [...refused, ...ledger.accepted]);
	for (const code of accepted) {
		ledger.accept(code);
	}

	const isByClient = (yield* findOrder(state, offer, ledger.accepted)) === 'client';
	for (const code of refused.filter(left => ledger.open.has(left) && !isByClient)) {
		ledger.set(code, 'unclear');
	}
}
