import {toJson} from '../bytes/safe-text.js';
import {endpointName} from './endpoint.js';
import {plain} from './escape/plain.js';
import type {Format} from './format.js';
import type {AddressJudgement, Judged} from './judged.js';

/** TAP 14, which readers of TAP 13 understand: a test point per address and rule. What could not be decided is not ok. */
export default {
	name: 'tap',
	isAppendable: true,
	start() {
		let count = 0;
		return {
			add({addresses}) {
				const version = count === 0 ? 'TAP version 14\n' : '';
				return version + addresses.flatMap(judged => judged.judgements.map(judgement => testPoint(judgement, judged, ++count))).join('');
			},
			end: () => (count === 0 ? 'TAP version 14\n1..0 # SKIP nothing was probed\n' : `1..${count}\n`),
		};
	},
} satisfies Format;

function testPoint({ruleId, title, status, message, source}: AddressJudgement, {report}: Judged, number: number): string {
	const line = `${status === 'pass' ? 'ok' : 'not ok'} ${number} - ${description(`${endpointName(report)}: ${ruleId}`)}\n`;
	if (status === 'pass') {
		return line;
	}

	const diagnostic = {status, message, expected: title, source};
	const yaml = Object.entries(diagnostic).map(([name, value]) => `  ${name}: ${toJson(plain(value))}\n`);
	return `${line}  ---\n${yaml.join('')}  ...\n`;
}

/** A hash would begin a directive, and some of those make a failure pass. */
const description = (text: string): string => plain(text).replaceAll(/[\\#]/g, '\\$&');
