import {fixture} from '../helpers/peers/fixtures.js';
import {testProxy} from '../helpers/peers/proxy-tests.js';

testProxy({
	name: 'haproxy',
	program: 'haproxy',
	file: 'haproxy.cfg',
	argv: (_folder, file) => ['-db', '-f', file],
	statedAt: /haproxy\.cfg:10: bind 127\.0\.0\.1:\d+ ssl/,
	configuration: (variant, port) => `global
	log stderr format raw local0
	nbthread 1
	ssl-default-bind-options ssl-min-ver ${variant === 'good' ? 'TLSv1.2' : 'TLSv1.0'}
defaults
	mode http
	timeout client 30s
frontend edge
	http-request deny
	bind 127.0.0.1:${port} ssl crt ${fixture('rsa')} ${variant === 'bad' ? 'ciphers DEFAULT:@SECLEVEL=0' : ''}
`,
});
