import {redactUrls} from '../../transport/proxy/url.js';

/** Take users and passwords out of URLs, good ones or not: what is shown may have been a fault of the file. */
export const redact = (text: string): string => redactUrls(text).replaceAll(/(?<=:\/\/)[^\s"']*@/g, '***@');
