import {versionNames} from '../../iana/versions.js';
import type {ServerKind} from '../rules/server-kind.js';
import {fact} from '../sources.js';

/** LDAPS of a domain controller, Exchange, and programs on .NET that leave the choice to SChannel. */
export default {
	name: 'schannel',
	title: 'SChannel, native servers such as LDAPS',
	judge: () => ({
		versions: versionNames,
		facts: [fact('the server leaves the choice to SChannel', 'REG-NEW')],
		doubts: [],
		consequences: [],
		updates: [],
	}),
} satisfies ServerKind;
