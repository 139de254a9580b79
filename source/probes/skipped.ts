import type {WhyAborted} from '../transport/interrupt.js';

/** A probe that was not run, and why: one that it needs was not run either, the time was up, or the run was ended. */
export type Skipped = {readonly probe: string; readonly because: 'needs' | 'deadline' | WhyAborted};

const reasons: Readonly<Record<Skipped['because'], string>> = {
	needs: 'a probe that it needs was not run',
	deadline: 'no time was left',
	'max-time': 'the time for the whole run was over',
	cancelled: 'the run was interrupted',
};

/** Why a probe was not run. A file may hold a reason of a later version. */
export const skippedInWords = ({because}: Skipped): string => `not run: ${reasons[because] ?? 'the reason is not known'}`;
