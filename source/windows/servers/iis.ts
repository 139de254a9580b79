import {versionNames} from '../../iana/versions.js';
import type {ServerKind} from '../rules/server-kind.js';
import {fact} from '../sources.js';

/** Everything behind HTTP.sys: IIS, WinRM over HTTPS, AD FS, WSUS. */
export default {
	name: 'iis',
	title: 'IIS and everything else on HTTP.sys',
	judge: () => ({
		versions: versionNames,
		facts: [fact('HTTP.sys leaves the choice to SChannel', 'REG-NEW')],
		doubts: [],
		consequences: [],
		updates: [],
	}),
} satisfies ServerKind;
