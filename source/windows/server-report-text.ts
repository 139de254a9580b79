import {columnsOf} from '../formats/fill.js';
import {makePaint, type TerminalFeatures} from '../formats/paint.js';
import type {ServerReport} from './assess-servers.js';
import type {Machine} from './machine.js';
import type {ServerEffect} from './remedy/before-after.js';
import {becauseLines, colors, drawTable, effectText, inColumn, legend, todo, vain, verdictLine} from './report-text.js';
import {serverKinds} from './servers/index.js';

/** What the machine accepts, for a person: the same parts as the report on its clients. */
export async function serverReportText(
	machine: Machine,
	reports: readonly ServerReport[],
	effects: readonly ServerEffect[] | undefined,
	look: TerminalFeatures,
): Promise<string> {
	const paint = makePaint(look);
	const width = Math.min(columnsOf(look), 100);
	const namesOf = (answer: ServerReport['acceptsTls12']): string | undefined =>
		reports
			.filter(({acceptsTls12}) => acceptsTls12 === answer)
			.map(({server}) => server)
			.join(', ') || undefined;
	const [failing, open] = [namesOf('no'), namesOf('uncertain')];
	const explained = reports.filter(isWorthExplaining);
	const parts = [
		`${paint('bold', machine.os.title)}, ${machine.architecture === 'x64' ? '64-bit' : '32-bit'}, as a server\n`,
		await drawTable(
			['Server', 'Accepts', 'TLS 1.2', 'Sure'],
			reports.map(({server, accepts, acceptsTls12, confidence}) => [
				server,
				inColumn(accepts),
				paint(colors[acceptsTls12], acceptsTls12),
				confidence,
			]),
			paint,
		),
		verdictLine(
			{
				failing: failing === undefined ? undefined : `these do not accept TLS 1.2: ${failing}`,
				open: open === undefined ? undefined : `not decided: ${open}`,
				fine: 'every kind of server accepts TLS 1.2',
			},
			{paint, hasUnicode: look.hasUnicode, width},
		),
		vain({machine, role: 'server', paint, width}),
		...explained.map(({server, because}) => {
			const {title} = serverKinds.find(({name}) => name === server)!;
			return `${paint('bold', server)}  ${paint('dim', title)}\n${becauseLines(because, width)}`;
		}),
		effects === undefined
			? todo(machine, reports, paint)
			: effectText(machine, effects, paint, ({server, before, after}) => ({
					name: server,
					before: {versions: before.accepts, reaches: before.acceptsTls12},
					after: {versions: after.accepts, reaches: after.acceptsTls12},
					confidence: after.confidence,
				})),
		legend(
			explained.flatMap(({because}) => because),
			paint,
			width,
		),
	];
	return parts.filter(Boolean).join('\n');
}

/** Versions that are turned off are shown as well: each line is short, and the question is mostly about them. */
const isWorthExplaining = ({acceptsTls12, confidence, remedy, because}: ServerReport): boolean =>
	acceptsTls12 !== 'yes' || confidence !== 'high' || remedy.length > 0 || because.length > 2;
