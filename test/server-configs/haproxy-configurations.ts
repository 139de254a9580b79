import haproxy from '../../source/server-configs/haproxy.js';
import {haproxyRows} from '../helpers/configurations/haproxy.js';
import {holdConfigurations} from '../helpers/configurations/hold-configurations.js';

holdConfigurations(haproxy, haproxyRows, {
	program: 'haproxy',
	besides: {'base.cfg': 'global\n\tnbthread 1\n\tssl-default-bind-ciphers DEFAULT:@SECLEVEL=0\n'},
	// A lock that only its installation can take, and files that only root can write.
	prepare: text => text.replaceAll(/^\t(?:chroot|user|group|daemon|log \/dev|stats socket \/|stats timeout).*$/gm, ''),
	argv: (_folder, file) => ['-db', '-f', 'base.cfg', '-f', file],
});
