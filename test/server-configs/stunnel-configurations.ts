import stunnel from '../../source/server-configs/stunnel.js';
import {holdConfigurations} from '../helpers/configurations/hold-configurations.js';
import {stunnelRows} from '../helpers/configurations/stunnel.js';

holdConfigurations(stunnel, stunnelRows, {
	program: 'stunnel',
	prepare: (text, folder) =>
		`foreground = yes
pid = ${folder}/stunnel.pid
debug = notice
syslog = no
securityLevel = 0
ciphers = DEFAULT:@SECLEVEL=0
${text.replaceAll(/^pid = .*$/gm, '')}`,
	argv: (_folder, file) => [file],
});
