import {keyOf, type Outputs} from './collect.js';
import type {Row} from './rows/row.js';
import type {ToolName} from './tools.js';

/** `found`: the tool states the fact. `missed`: it asks, and does not state it. `wrong`: it says the opposite. */
export type Cell = 'found' | 'missed' | 'wrong' | 'not asked' | 'not run';

/** What a tool's own output says of a feature. */
export function cellOf(outputs: Outputs, {server, tells}: Row, tool: ToolName): Cell {
	const tell = tells[tool];
	const text = outputs.get(keyOf(server, tool));
	if (text === undefined) {
		return 'not run';
	}

	if (tell === undefined) {
		return 'not asked';
	}

	const {found, wrong} = tell instanceof RegExp ? {found: tell, wrong: undefined} : tell;
	return found.test(text) ? 'found' : wrong?.test(text) ? 'wrong' : 'missed';
}
