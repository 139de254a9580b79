import {defineFormat} from './format.js';
import {isSection, readIni} from './inventory/read-ini.js';
import {readByLine} from './text/read-by-line.js';

/** An inventory of Ansible in INI. Where it begins with hosts, the reader of lines finds out at the first section. */
export default defineFormat({
	name: 'ansible-ini',
	recognises: line => isSection(line) || /^[^\s=]+\s(?:.*\s)?ansible_\w+=/.test(line),
	open(file, options) {
		const ini = readIni(options);
		return readByLine(file, ini.line, ini.end);
	},
});
