import type {Conversation} from '../probe.js';
import type {ServerState} from '../taking/ask-one.js';
import type {Ledger} from '../taking/ledger.js';
import {type Offer, takeAll} from '../taking/take-all.js';
import {together} from '../taking/together.js';

/**
A server may require that clients list the curve of its certificate (RFC 8422 §5.1.1): OpenSSL does. Then a curve that is accepted beside others
is refused alone. What was refused is offered again, with the accepted curves at the end.

If the server then selects the curve that it requires, it never selects those before it: with that curve in the list they are passed over, and
without it they are refused. If no curve is accepted alone, the server requires one that it does not accept, which was listed all the time.

@returns An accepted curve that needs no other beside it; undefined if all of them are such curves, or none is.
*/
export function* checkCurveOfCertificate(state: ServerState, offer: Offer, ledger: Ledger): Conversation<number | undefined> {
	const refused = [...ledger.open].filter(([, status]) => status === 'refused').map(([code]) => code);
	if (refused.length === 0) {
		return undefined;
	}

	const known = [...ledger.accepted];
	const alone = yield* together(known.map(code => takeAll(state, offer, [code])));
	const sufficient = known.filter((_, index) => alone[index]!.accepted.length > 0);
	if (known.length > 1 && sufficient.length === known.length) {
		return undefined;
	}

	const {accepted} = yield* takeAll(state, offer, [...refused, ...known]);
	for (const code of accepted) {
		ledger.accept(code);
	}

	const isPassedOver = (sufficient.length > 0 ? sufficient : known).some(code => accepted.includes(code));
	for (const code of refused.filter(left => ledger.open.has(left) && !isPassedOver)) {
		ledger.set(code, 'unclear');
	}

	return sufficient.find(code => accepted.includes(code));
}
