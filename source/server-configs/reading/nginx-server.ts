import {byName} from './by-name.js';
import type {Statement} from './configured-demands.js';
import type {NginxDirective} from './nginx-syntax.js';

export type NginxServer = {
	readonly place: string;
	readonly own: readonly NginxDirective[];
	/** The blocks around it, from which it inherits, the nearest first. */
	readonly outer: readonly (readonly NginxDirective[])[];
	readonly isMail: boolean;
};

/** The directive that holds in a server: its own, or else that of the nearest block around it. The last of several counts. */
export const settingOf = ({own, outer}: NginxServer, name: string): NginxDirective | undefined =>
	[own, ...outer].map(block => byName(block).get(name)?.at(-1)).find(found => found !== undefined);

/** The first word of a setting. */
export function statementOf(server: NginxServer, name: string): Statement | undefined {
	const directive = settingOf(server, name);
	const text = directive?.args[0];
	return text === undefined ? undefined : {text, statedAt: `${directive!.place}: ${name}`};
}

/** The nearest block with commands for OpenSSL, on any subject: if a block has one, it inherits none. */
export const blockOfCommands = ({own, outer}: NginxServer): readonly NginxDirective[] =>
	[own, ...outer].find(block => byName(block).has('ssl_conf_command')) ?? own;
