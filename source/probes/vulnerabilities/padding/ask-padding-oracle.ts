import type {Ask, Conversation} from '../../probe.js';
import {sideBySide} from '../../taking/side-by-side.js';
import type {About, Assessment} from '../vulnerability.js';
import {type Malformation, malformations, malformedRecord} from './cbc-plaintexts.js';
import {type Chosen, chooseSuites, chosenInWords} from './choose-suites.js';
import {findControl, sendSound} from './find-control.js';
import {areRefused, areSame, differenceInWords, isAgain, isTaken, type Reactions} from './judge-reactions.js';
import {type KnownReaction, type Reaction, sendRecord} from './send-record.js';

/** How many further rounds of new connections have to show the same difference. */
const furtherRounds = 3;

/**
Send five records, each malformed in another way and on another connection, and a sound record before and after. A sound server gives the same answer to all
five, and does not reveal whether the padding or the MAC is wrong. Known differences have names: POODLE for TLS, Zombie POODLE, GOLDENDOODLE, 0-length and
Sleeping POODLE.
*/
export default function* askPaddingOracle(about: About): Conversation<Assessment, Ask> {
	const choice = chooseSuites(about, name => /_CBC_/.test(name));
	if (choice.kind === 'none') {
		return choice.assessment;
	}

	const assessments: Assessment[] = [];
	for (const chosen of choice.chosen) {
		const assessment = yield* assessOne(about, chosen);
		if (assessment.status === 'present') {
			return assessment;
		}

		assessments.push(assessment);
	}

	const undecided = assessments.find(({status}) => status === 'inconclusive');
	const tested = choice.chosen.map(chosenInWords).join(', ');
	return (
		undecided ??
		(choice.open.length > 0
			? {status: 'inconclusive', message: `the same answer to every malformed record with ${tested}; ${choice.open[0]}`}
			: {status: 'absent', message: `the same answer to every malformed record with ${tested}`})
	);
}

function* assessOne(about: About, chosen: Chosen): Conversation<Assessment, Ask> {
	const inconclusive = (why: string): Assessment => ({status: 'inconclusive', message: `${chosenInWords(chosen)}: ${why}`});
	const before = yield* findControl(about, chosen);
	if (typeof before === 'string') {
		return inconclusive(before);
	}

	const control = (): Conversation<Reaction, Ask> => sendSound(about, chosen, before.sent);
	const round = (): Conversation<Reactions | string, Ask> => askRound(about, chosen, before.sent.request);
	const first = yield* round();
	if (typeof first === 'string') {
		return inconclusive(first);
	}

	if (areSame(first) && first['wrong-mac'].words === before.reaction.words && !first['wrong-mac'].hasData) {
		return inconclusive(`malformed records are answered as a sound one is (${before.reaction.words})`);
	}

	if (areSame(first) && areRefused(first)) {
		const after = yield* control();
		return after.kind === 'reaction' && isTaken(after)
			? {status: 'absent', message: `${chosenInWords(chosen)}: ${first['wrong-mac'].words}`}
			: inconclusive('a sound record was accepted once and not again');
	}

	if (malformations.some(item => first[item].isSilent)) {
		return inconclusive('a malformed record is not answered');
	}

	for (let count = 0; count < furtherRounds; count++) {
		const again = yield* round();
		if (typeof again === 'string' || !isAgain(first, again)) {
			return inconclusive('the answers to malformed records vary from one connection to another');
		}
	}

	const after = yield* control();
	return after.kind === 'reaction' && isTaken(after)
		? {status: 'present', message: `${differenceInWords(first)}; ${chosenInWords(chosen)}`}
		: inconclusive('a sound record was accepted once and not again');
}

/**
Send the five records at once. A server that accepts one connection at a time does not complete these handshakes: then the records are sent one after the
other.

@returns The answers, or the reason in words if one is missing.
*/
function* askRound(about: About, chosen: Chosen, request: string | undefined): Conversation<Reactions | string, Ask> {
	const together = yield* askAll(about, chosen, request, malformations.length);
	return typeof together === 'string' ? yield* askAll(about, chosen, request, 1) : together;
}

function* askAll(about: About, chosen: Chosen, request: string | undefined, most: number): Conversation<Reactions | string, Ask> {
	const reactions = yield* sideBySide(
		malformations.map(item => sendRecord(about, chosen, keys => malformedRecord(keys, {request}, item), request !== undefined)),
		() => most,
	);
	const missing = reactions.find(reaction => reaction.kind === 'none');
	return missing?.kind === 'none'
		? missing.why
		: (Object.fromEntries(malformations.map((item, index) => [item, reactions[index]])) as Readonly<Record<Malformation, KnownReaction>>);
}
