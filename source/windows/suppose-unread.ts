import type {Role} from '../clients/windows/versions.js';
import type {VersionName} from '../iana/versions.js';
import type {Machine} from './machine.js';
import {withShortHives} from './registry-file/value.js';
import type {Reaches} from './rules/offer.js';
import {supposing, type Unread, unreadOf} from './rules/unread.js';
import {type Confidence, type Fact, fact} from './sources.js';

type Report = {readonly confidence: Confidence; readonly because: readonly Fact[]};

/** How a kind of report holds its answer. */
type Form<Kind extends Report> = {
	readonly role: Role;
	readonly answerOf: (report: Kind) => {readonly reaches: Reaches; readonly versions: readonly VersionName[]};
	readonly asUncertain: (report: Kind) => Kind;
};

/** Judges a machine, and where something was not read, also what it might be: the answer is only as sure as all of these agree. */
export function supposeUnread<Kind extends Report>(machine: Machine, form: Form<Kind>): (judge: (machine: Machine) => Kind) => Kind {
	const unread = unreadOf(machine, form.role);
	const supposed = [unread, ...unread.slice(0, mostNamed).map(item => [item])].map(items =>
		(['worst', 'best'] as const).map(of => supposing(machine, items, of)),
	);
	const seen = (report: Kind): string => {
		const {reaches, versions} = form.answerOf(report);
		return [reaches, ...versions].join(' ');
	};

	return judge => {
		const report = judge(machine);
		const differs = (machines: readonly Machine[] | undefined): boolean =>
			machines?.map(judge).some(other => seen(other) !== seen(report)) ?? false;
		if (unread.length === 0 || !differs(supposed[0])) {
			return report;
		}

		const deciding = unread.filter((_, index) => differs(supposed[index + 1]));
		const {reaches} = form.answerOf(report);
		const isDecided = supposed[0]!.every(item => form.answerOf(judge(item)).reaches === reaches);
		return {
			...(isDecided ? report : form.asUncertain(report)),
			confidence: isDecided && report.confidence !== 'low' ? 'medium' : 'low',
			because: [notRead(deciding.length === 0 ? unread : deciding), ...report.because],
		};
	};
}

/** Keys that are looked at one by one, to tell which of them decides. */
const mostNamed = 16;

function notRead(unread: readonly Unread[]): Fact {
	const named = [...new Set(unread.map(({key, reason}) => `${withShortHives(key)} (${reason})`))];
	const more = named.length > 3 ? [`${named.length - 3} more`] : [];
	return fact(`not read, so the answer may be different: ${[...named.slice(0, 3), ...more].join(', ')}`);
}
