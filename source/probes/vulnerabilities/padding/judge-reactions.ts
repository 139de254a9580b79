import {type Malformation, malformations, malformationWords} from './cbc-plaintexts.js';
import type {KnownReaction} from './send-record.js';

/** The answer to each malformed record. */
export type Reactions = Readonly<Record<Malformation, KnownReaction>>;

const [closeNotify, recordOverflow] = [0, 22];

/** Whether the answer is that of OpenSSL with CVE-2016-2107, which is reported as openSslPaddingOracle. */
export const isOverflow = ({alerts}: KnownReaction): boolean => alerts[0] === recordOverflow;

/** Whether a sound record was accepted. */
export const isTaken = ({hasData, alerts, isSilent}: KnownReaction): boolean =>
	hasData || (alerts.length > 0 ? alerts.every(code => code === closeNotify) : !isSilent);

/** Records whose bytes are all equal. OpenSSL with CVE-2016-2107 answers to both that they are too long. */
const ofEqualBytes: readonly Malformation[] = ['no-padding', 'padding-alone'];

/** What is compared. The answer of CVE-2016-2107 counts as the answer to a wrong MAC, since it is reported as another vulnerability. */
const wordsOf = (reactions: Reactions, malformation: Malformation): string =>
	(ofEqualBytes.includes(malformation) && isOverflow(reactions[malformation]) ? reactions['wrong-mac'] : reactions[malformation]).words;

export const areSame = (reactions: Reactions): boolean => new Set(malformations.map(item => wordsOf(reactions, item))).size === 1;

export const isAgain = (before: Reactions, after: Reactions): boolean =>
	malformations.every(item => wordsOf(before, item) === wordsOf(after, item));

/** Whether an alert or a close answers every record, and no data. */
export const areRefused = (reactions: Reactions): boolean =>
	malformations.every(item => !reactions[item].hasData && !reactions[item].isSilent);

/** The difference in words, after its usual name. */
export function differenceInWords(reactions: Reactions): string {
	const accepted = malformations.filter(item => reactions[item].hasData);
	const name =
		accepted.includes('wrong-mac') || accepted.includes('empty')
			? 'the MAC is not checked'
			: accepted.includes('wrong-padding')
				? 'POODLE for TLS'
				: differs(reactions, 'wrong-padding')
					? 'Zombie POODLE'
					: differs(reactions, 'wrong-mac')
						? 'GOLDENDOODLE'
						: differs(reactions, 'empty')
							? '0-length'
							: 'Sleeping POODLE';
	const answers = new Map<string, Malformation[]>();
	for (const item of malformations) {
		const words = wordsOf(reactions, item);
		answers.set(words, [...(answers.get(words) ?? []), item]);
	}

	const texts = [...answers].map(([words, items]) => `${malformationWords[items[0]!]}${items.length > 1 ? ' and others' : ''}: ${words}`);
	return `${name}; ${texts.join('; ')}`;
}

/** Whether one answer differs from all the others, which are the same. */
function differs(reactions: Reactions, one: Malformation): boolean {
	const others = new Set(malformations.filter(item => item !== one).map(item => wordsOf(reactions, item)));
	return others.size === 1 && !others.has(wordsOf(reactions, one));
}
