import {defineFormat} from './format.js';
import {readYaml} from './inventory/read-yaml.js';
import {readByLine} from './text/read-by-line.js';

/** An inventory of Ansible in YAML. It begins with a group, which no target is written like. */
export default defineFormat({
	name: 'ansible-yaml',
	recognises: line => /^---(?:\s|$)|^["']?[a-z_][\w-]*["']?:\s*(?:#.*)?$/i.test(line),
	open(file, options) {
		const yaml = readYaml(options);
		return readByLine(file, yaml.line, yaml.end);
	},
});
