import apache from '../../source/server-configs/apache.js';
import {apacheRows} from '../helpers/configurations/apache.js';
import {holdConfigurations} from '../helpers/configurations/hold-configurations.js';

const modules = ['mpm_event', 'authz_core', 'ssl', 'macro'];

/** What goes before a configuration that says nothing of modules or of old suites. */
const before = (folder: string): readonly string[] => [
	...modules.map(name => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
	`PidFile ${folder}/pid`,
	`DefaultRuntimeDir ${folder}`,
	'ErrorLog /dev/stderr',
	'ServerName peer.test',
	'StartServers 1',
	'ThreadsPerChild 4',
	'MaxRequestWorkers 4',
	'User #65534',
	'Group #65534',
	'SSLCipherSuite DEFAULT:@SECLEVEL=0',
];

holdConfigurations(apache, apacheRows, {
	program: 'apache2',
	prepare: text => text,
	argv: (folder, file) => ['-d', folder, '-f', file, '-DFOREGROUND', ...before(folder).flatMap(line => ['-C', line])],
});
