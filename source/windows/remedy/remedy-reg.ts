import {writeRegFile} from '../registry-file/write-reg-file.js';
import {type FixPlan, fixNotes, undoNotes} from './fix-files.js';

/** The remedy as a file that regedit imports. */
export const remedyRegFile = (plan: FixPlan, undoName: string): Uint8Array => writeRegFile(plan.changes, fixNotes(plan, undoName));

export const undoRegFile = (plan: FixPlan): Uint8Array => writeRegFile(plan.undo, undoNotes(plan));
