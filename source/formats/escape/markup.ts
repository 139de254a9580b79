import {plain} from './plain.js';

const entities: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'};

/** Text of any origin as text or as a quoted attribute of XML or HTML. XML 1.0 has no place for control characters, so they are spelled. */
export const markup = (text: string): string => plain(text).replaceAll(/[&<>"']/g, character => entities[character]!);
