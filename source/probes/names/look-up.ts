import type {NameAnswer} from '../../exchange/questions/name-answer.js';
import {codeInWords} from '../../exchange/questions/question-in-brief.js';
import {isDnsName, type Question, type RecordType} from '../../wire/dns/question.js';
import type {RecordOf} from '../../wire/dns/record.js';
import type {Conversation, QuestionAsk} from '../probe.js';
import type {LookUpResult} from './names-report.js';

/** The records of one type at one name, or why they are not known. */
export type FoundRecords<Type extends RecordType = RecordType> = LookUpResult & {
	readonly type: Type;
	readonly name: string;
	readonly records: readonly RecordOf<Type>[];
};

/** Ask several questions at the same time. Results are in their order. */
export function* lookUp(questions: readonly Question[]): Conversation<readonly FoundRecords[], QuestionAsk> {
	const askable = questions.filter(({name}) => isDnsName(name));
	const answers = askable.length === 0 ? [] : yield askable.map(question => ({kind: 'question', question}));
	return questions.map(question => {
		const answer = answers[askable.indexOf(question)];
		return answer === undefined
			? {...question, status: 'inconclusive', reason: 'the name is too long for the DNS', records: []}
			: foundBy(question, answer.resolved);
	});
}

export const ofType = <Type extends RecordType>(found: readonly FoundRecords[], type: Type): readonly FoundRecords<Type>[] =>
	found.filter((item): item is FoundRecords<Type> & FoundRecords => item.type === type);

function foundBy(question: Question, answer: NameAnswer): FoundRecords {
	const reason = reasonOf(answer);
	return answer.kind !== 'answered' || reason !== undefined
		? {...question, status: 'inconclusive', reason, records: []}
		: {...question, status: answer.records.length === 0 ? 'absent' : 'present', isSigned: answer.isAuthentic, records: answer.records};
}

const [noError, noSuchName] = [0, 3];

/** Why an answer does not decide whether there are records; undefined if it does. */
function reasonOf(answer: NameAnswer): string | undefined {
	switch (answer.kind) {
		case 'answered': {
			const {code, records, undecodable} = answer;
			return code !== noError && code !== noSuchName
				? `the name server answered ${codeInWords(code)}`
				: records.length === 0 && undecodable > 0
					? 'no record could be decoded'
					: undefined;
		}
		case 'malformed':
			return 'the answer of the name server could not be decoded';
		case 'no-answer':
			return failures[answer.code] ?? `no name server could be asked (${answer.code})`;
		case 'unasked':
		case 'unanswered':
			return 'there was no time left';
		default:
			return answer satisfies never;
	}
}

const failures: Readonly<Record<string, string>> = {
	ETIMEDOUT: 'no name server answered in time',
	ENOSERVER: 'there is no name server',
	EPROXY: 'the proxy looks names up, and no name server was named',
};
