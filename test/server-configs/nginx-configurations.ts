import nginx from '../../source/server-configs/nginx.js';
import {holdConfigurations} from '../helpers/configurations/hold-configurations.js';
import {nginxRows} from '../helpers/configurations/nginx.js';

const modules = ['stream', 'mail'].map(name => `/usr/lib/nginx/modules/ngx_${name}_module.so`);

/** What has no cipher list says how old versions are spoken; the list is put in where a block begins, so that lines stay as they are. */
const oldSuites = (text: string): string => (text.includes('ssl_ciphers') ? '' : ' ssl_ciphers DEFAULT:@SECLEVEL=0;');

holdConfigurations(nginx, nginxRows, {
	program: 'nginx',
	needs: modules,
	prepare: text =>
		modules.map(file => `load_module ${file}; `).join('') +
		text
			.replaceAll(/^(?:user|pid) .*$/gm, '')
			.replace(/\bhttp ?\{/, `http { access_log off;${oldSuites(text)}`)
			.replace(/\b(stream|mail) ?\{/, `$1 {${oldSuites(text)}`),
	argv: (folder, file) => ['-e', 'stderr', '-p', folder, '-c', file, '-g', `daemon off; master_process off; pid ${folder}/nginx.pid;`],
});
