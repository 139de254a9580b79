import {type Color, makePaint, type TerminalFeatures} from '../formats/paint.js';
import type {EndpointVerdict} from '../policy/default-expectation.js';
import type {Peer} from './peer.js';
import type {Lab} from './start-lab.js';
import type {Trial} from './try-peers.js';

/** The title of a server's table. */
export const peerHeading = ({name, what}: Peer, look: TerminalFeatures): string => `${makePaint(look)(['bold', 'cyan'], name)}  ${what}\n`;

/** One line per server: the expected and the actual result. */
export function labSummary(trials: readonly Trial[], look: TerminalFeatures): string {
	const paint = makePaint(look);
	const rows = trials.map(trial => ({
		isRight: trial.differences.length === 0,
		cells: [trial.peer.name, inShort(trial.peer.expected.versions, trial.peer.expected.verdict), inShort(statusesOf(trial), trial.got)],
		differences: trial.differences,
	}));
	const columns = inColumns([['Server', 'Expected', 'Got'], ...rows.map(({cells}) => cells)]);
	const lines = rows.flatMap(({isRight, differences}, index) => [
		`${markOf(isRight, look)} ${columns[index + 1]}`,
		...differences.map(difference => `    ${paint('red', difference)}`),
	]);
	const right = rows.filter(({isRight}) => isRight).length;
	const color: Color = right === rows.length ? 'green' : 'red';
	const total = `${right} of ${rows.length} got the expected result.`;
	return `${paint('dim', `  ${columns[0]}`)}\n${lines.join('\n')}\n\n${paint(['bold', color], total)}\n`;
}

/** Where the servers of a lab listen. */
export type LabPorts = {
	readonly address: string;
	/** The port of each server, by its name. */
	readonly ports: Readonly<Record<string, number>>;
	/** The URL of the proxy that forwards every name to one of them. */
	readonly proxy: string;
};

export const labPorts = ({address, running}: Lab, proxy: string): LabPorts => ({
	address,
	ports: Object.fromEntries(running.map(({peer, port}) => [peer.name, port])),
	proxy,
});

/** The servers, their ports, and how to probe them. */
export function labAddresses({address, running}: Lab, proxy: string, look: TerminalFeatures): string {
	const targets = running.map(({port}) => `${address}:${port}`);
	const columns = inColumns(running.map(({peer}, index) => [peer.name, targets[index]!, peer.what]));
	const lines = columns.map(line => `  ${line}\n`).join('');
	return `${makePaint(look)('bold', 'The lab runs until Ctrl-C.')}\n\n${lines}\nA proxy that forwards every name to one of them\n  ${proxy}\n\nTry\n  tlsprobe ${targets[0]}\n  tlsprobe --catalog azure-backup --proxy ${proxy}\n`;
}

function markOf(isRight: boolean, look: TerminalFeatures): string {
	const [right, wrong] = look.hasUnicode ? ['✔', '✘'] : ['+', '!'];
	return makePaint(look)(isRight ? 'green' : 'red', isRight ? right! : wrong!);
}

type Statuses = Readonly<Record<string, string>>;

function statusesOf({result}: Trial): Statuses {
	const {versions} = result.recordings[0].report;
	return Object.fromEntries(Object.entries(versions).map(([name, {status}]) => [name, status]));
}

function inShort(statuses: Statuses, verdict: EndpointVerdict): string {
	const accepted = Object.keys(statuses).filter(name => statuses[name] === 'accepted');
	return `${verdict}, accepts ${accepted.length === 0 ? 'nothing' : accepted.map(name => name.replace('TLSv', '')).join(' ')}`;
}

/** Rows of cells as lines, with each column as wide as its widest cell. */
function inColumns(rows: readonly (readonly string[])[]): string[] {
	const widths = rows[0]!.map((_, column) => Math.max(...rows.map(row => row[column]!.length)));
	return rows.map(row =>
		row
			.map((cell, column) => cell.padEnd(widths[column]!))
			.join('  ')
			.trimEnd(),
	);
}
