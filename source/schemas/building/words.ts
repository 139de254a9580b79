import type {JsonSchema} from '../../probes/report-part.js';
import {oneWord} from './describe.js';

type Confidence = 'high' | 'medium' | 'low';

/** @param what - What is more or less certain. */
export const confidence = (what: string, meanings: Readonly<Record<Confidence, string>> = ofFacts): JsonSchema =>
	oneWord<Confidence>(what, meanings);

const ofFacts = {
	high: 'recorded, or documented',
	medium: 'it follows from documented rules',
	low: 'sources disagree, or a step is not documented',
} as const;
