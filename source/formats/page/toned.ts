import type {Line} from '../../probes/report-part.js';
import {markup} from '../escape/markup.js';

const classes = {good: 'pass', bad: 'fail', open: 'inconclusive', neutral: undefined} as const;

/** Text in the colours of a verdict. The words have the same meaning without them. */
export const toned = (text: string, tone: Line['tone']): string =>
	classes[tone] === undefined ? markup(text) : `<b class="${classes[tone]}">${markup(text)}</b>`;
