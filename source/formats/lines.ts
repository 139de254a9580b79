import type {Report} from '../engine/report.js';
import {reportParts} from '../probes/report-parts.js';
import type {Format} from './format.js';
import {listLine} from './list-line.js';
import {startListTable} from './list-row.js';

/** One line per address, for programs and long lists; at a terminal a table, row by row. */
export default {
	name: 'lines',
	isAppendable: true,
	start({look, parts = reportParts}) {
		const draw = look.isTerminal ? startListTable(look, parts) : (report: Report): string => listLine(report, look, parts);
		return {
			add: ({addresses}) => addresses.map(({report}) => draw(report)).join(''),
			end: () => '',
		};
	},
} satisfies Format;
