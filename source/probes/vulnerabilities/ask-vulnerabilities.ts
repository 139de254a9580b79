import type {Ask, Conduct, Conversation} from '../probe.js';
import {answered} from '../taking/answered.js';
import {showsLimit} from '../taking/shows-limit.js';
import {sideBySide} from '../taking/side-by-side.js';
import {vulnerabilities} from './index.js';
import {isUnanswered} from './is-unanswered.js';
import type {VulnerabilitiesTypes} from './types.js';
import type {VulnerabilitiesFinding, VulnerabilityFinding} from './vulnerabilities-finding.js';
import type {About, Assessment} from './vulnerability.js';

/** Conversations at once; one, if the server seems to limit connections. */
const mostAtOnce = 6;

/** Load the conversation of each vulnerability. */
export async function loadConduct(): Promise<Conduct<VulnerabilitiesTypes>> {
	const looks = await Promise.all(
		vulnerabilities.map(async ({name, find}) => {
			const ask = find.kind === 'findings' ? (about: About) => answered(find.assess(about)) : (await find.load()).default;
			return {name, ask, isLast: find.kind === 'conversation' && find.isLast === true};
		}),
	);
	return {
		*run(about) {
			const most = showsLimit(about.attempts) ? 1 : mostAtOnce;
			const found = new Map<string, Watched>();
			for (const [group, atOnce] of [
				[looks.filter(({isLast}) => !isLast), most],
				[looks.filter(({isLast}) => isLast), 1],
			] as const) {
				const watched = yield* sideBySide(
					group.map(({ask}) => watch(ask(about))),
					() => atOnce,
				);
				for (const [index, {name}] of group.entries()) {
					found.set(name, watched[index]!);
				}
			}

			// Some servers have one connection at a time, and do not answer another one while a conversation takes its time.
			for (const {name, ask} of looks) {
				const before = found.get(name)!;
				if (before.finding.status === 'inconclusive' && before.isUnanswered) {
					const again = yield* watch(ask(about));
					found.set(name, {...again, finding: {...again.finding, ...both(before.finding, again.finding)}});
					if (again.isUnanswered) {
						break;
					}
				}
			}

			return Object.fromEntries(looks.map(({name}) => [name, found.get(name)!.finding])) as VulnerabilitiesFinding;
		},
	};
}

/** `isUnanswered`: a connection had no answer to its hello. */
type Watched = {readonly finding: VulnerabilityFinding; readonly isUnanswered: boolean};

const both = (one: VulnerabilityFinding, other: VulnerabilityFinding): Pick<VulnerabilityFinding, 'connections' | 'attempts'> => ({
	connections: one.connections + other.connections,
	attempts: [...one.attempts, ...other.attempts],
});

/** A conversation whose connections are counted. */
function* watch(conversation: Conversation<Assessment, Ask>): Conversation<Watched, Ask> {
	const attempts = new Set<number>();
	let connections = 0;
	let hasSilence = false;
	let step = conversation.next([]);
	while (!step.done) {
		const asks = step.value;
		connections += asks.filter(({kind}) => kind !== 'turn').length;
		const answers = yield asks;
		hasSilence ||= asks.some((ask, index) => isUnanswered(ask, answers[index]!));
		for (const answer of answers) {
			if ('attempt' in answer) {
				attempts.add(answer.attempt);
			}
		}

		step = conversation.next(answers);
	}

	return {
		finding: {...step.value, connections, attempts: [...attempts].toSorted((one, other) => one - other)},
		isUnanswered: hasSilence,
	};
}
