import {safeText} from '../../bytes/safe-text.js';

/** Text of any origin as one line that hides nothing, for where every reader has Unicode. */
export const plain = (text: string): string => safeText(text, {hasUnicode: true});
