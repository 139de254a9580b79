import {withoutHidden, withoutLogCommands} from '../../bytes/safe-text.js';

const entities: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'};

/**
Text of any origin as text or as a quoted attribute of XML or HTML. XML 1.0 has no place for control characters, so they are spelled. A
command of a log reader is broken up by a reference to one of its characters, and reads as it was.
*/
export const markup = (text: string): string =>
	withoutLogCommands(
		withoutHidden(text, true).replaceAll(/[&<>"']/g, character => entities[character]!),
		character => `&#${character.charCodeAt(0)};`,
	);
