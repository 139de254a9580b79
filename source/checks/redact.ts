import {redactUrls} from '../transport/proxy/url.js';

/** Take users and passwords out of URLs, good ones or not: what is shown may have been a fault of the file. */
export const redact = (text: string): string => redactUrls(text).replaceAll(/[^\s"']+/g, withoutLogin);

/** From the first slashes of a scheme to the last at sign. */
function withoutLogin(word: string): string {
	const start = word.indexOf('://') + 3;
	const end = word.lastIndexOf('@');
	return start === 2 || end < start ? word : `${word.slice(0, start)}***${word.slice(end)}`;
}
