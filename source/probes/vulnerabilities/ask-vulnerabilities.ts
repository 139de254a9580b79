import type {Ask, Conduct, Conversation} from '../probe.js';
import {answered} from '../taking/answered.js';
import {showsLimit} from '../taking/shows-limit.js';
import {sideBySide} from '../taking/side-by-side.js';
import {vulnerabilities} from './index.js';
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
			return {name, ask, isAlone: find.kind === 'conversation' && find.isAlone === true};
		}),
	);
	return {
		*run(about) {
			const most = showsLimit(about.attempts) ? 1 : mostAtOnce;
			const findings = new Map<string, VulnerabilityFinding>();
			for (const [group, atOnce] of [
				[looks.filter(({isAlone}) => !isAlone), most],
				[looks.filter(({isAlone}) => isAlone), 1],
			] as const) {
				const found = yield* sideBySide(
					group.map(({ask}) => counted(ask(about))),
					() => atOnce,
				);
				for (const [index, {name}] of group.entries()) {
					findings.set(name, found[index]!);
				}
			}

			return Object.fromEntries(looks.map(({name}) => [name, findings.get(name)!])) as VulnerabilitiesFinding;
		},
	};
}

/** A conversation that counts its connections. */
function* counted(conversation: Conversation<Assessment, Ask>): Conversation<VulnerabilityFinding, Ask> {
	let connections = 0;
	let step = conversation.next([]);
	while (!step.done) {
		connections += step.value.filter(({kind}) => kind !== 'turn').length;
		step = conversation.next(yield step.value);
	}

	return {...step.value, connections};
}
