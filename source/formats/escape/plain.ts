import {safeText} from '../fill.js';

/** Text of any origin as one line that hides nothing, for where every reader has Unicode. */
export const plain = (text: string): string => safeText(text, {hasUnicode: true});
