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
			return {name, ask};
		}),
	);
	return {
		*run(about) {
			const conversations = looks.map(({ask}) => counted(ask(about)));
			const most = showsLimit(about.attempts) ? 1 : mostAtOnce;
			const findings = yield* sideBySide(conversations, () => most);
			return Object.fromEntries(looks.map(({name}, index) => [name, findings[index]!])) as VulnerabilitiesFinding;
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
