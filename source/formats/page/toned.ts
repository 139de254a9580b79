import type {Line} from '../../probes/report-part.js';
import {markup} from '../escape/markup.js';

const classes = {good: 'pass', bad: 'fail', open: 'inconclusive', neutral: undefined} as const;

/** Text in the colours of a verdict. What it means is in its words. */
export const toned = (text: string, tone: Line['tone']): string =>
	classes[tone] === undefined ? markup(text) : `<b class="${classes[tone]}">${markup(text)}</b>`;
