import type {DemandClause, Source} from '../../policy/rule.js';
import type {AnyReportPart} from '../../probes/report-parts.js';
import {described, type ReadValue} from './read-fields.js';
import type {WithPosition} from './with-position.js';

/** What a part of a report is expected to be, as a file states it. */
export type Demanded = {readonly part: AnyReportPart; readonly demand: unknown};

/** A reader for each part that something can be demanded of, by its field. */
export const demandReaders = (parts: readonly AnyReportPart[]): Readonly<Record<string, ReadValue<Demanded>>> =>
	Object.fromEntries(parts.filter(({demand}) => demand !== undefined).map(part => [part.field, readDemand(part)]));

const readDemand =
	(part: AnyReportPart): ReadValue<Demanded> =>
	(value, {complain}) => {
		const read = part.demand!.parse(plainOf(value, 'text'));
		if ('demand' in read) {
			return {part, demand: read.demand};
		}

		complain(value.offset, `${part.field}: ${problemOf(part, value, read.problem)}`);
		return undefined;
	};

/** What variables hold may be a secret, so a problem names what is written. */
function problemOf(part: AnyReportPart, value: WithPosition, problem: string): string {
	const written = plainOf(value, 'written');
	if (JSON.stringify(written) === JSON.stringify(plainOf(value, 'text'))) {
		return problem;
	}

	const read = part.demand!.parse(written);
	return 'problem' in read ? read.problem : `the values of its variables are not valid: ${described(value)}`;
}

/** @param text - Which text of those with variables: that with their values, or what is written. */
function plainOf(value: WithPosition, text: 'text' | 'written'): unknown {
	switch (value.kind) {
		case 'mapping':
			return Object.fromEntries(value.fields.map(field => [field.name, plainOf(field.value, text)]));
		case 'list':
			return value.items.map(item => plainOf(item, text));
		case 'text':
			return value[text];
		case 'other':
			return value.value;
		default:
			return value satisfies never;
	}
}

/** A demand as a clause. Its rule is named after the field. */
export const clauseOfDemand = ({part, demand}: Demanded, source: Source = {name: 'the expectation itself'}): DemandClause => ({
	ruleId: part.field,
	title: `the expectation for ${part.title} is met`,
	source,
	field: part.field,
	demand,
});
