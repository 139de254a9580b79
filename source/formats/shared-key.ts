import {safeText} from '../bytes/safe-text.js';
import type {SharedKey} from '../lists/shared-keys.js';
import {count} from './numbers.js';
import type {TerminalFeatures} from './paint.js';

/** `mail.example:25 accepts SSLv2 with the RSA key of www.example:443, shop.example:443 and 2 more`. */
export const sharedKeyInWords = ({acceptsSsl2, targets, more}: SharedKey, look: TerminalFeatures): string =>
	safeText(`${acceptsSsl2} accepts SSLv2 with the RSA key of ${targets.join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}`, look);
