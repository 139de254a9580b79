import {fixture} from '../helpers/peers/fixtures.js';
import {testProxy} from '../helpers/peers/proxy-tests.js';

const protocols = {good: 'TLSv1.2 TLSv1.3', bad: 'TLSv1 TLSv1.2 TLSv1.3', listed: 'TLSv1 TLSv1.2 TLSv1.3'};

testProxy({
	name: 'nginx',
	program: 'nginx',
	file: 'nginx.conf',
	argv: (folder, file) => ['-e', 'stderr', '-p', folder, '-c', file],
	statedAt: /nginx\.conf:8: ssl_protocols TLSv1\.2 TLSv1\.3/,
	configuration: (variant, port, folder) => `daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log stderr;
events {}
http {
	access_log off;
	ssl_protocols ${protocols[variant]};
	ssl_certificate ${fixture('rsa')};
	ssl_certificate_key ${fixture('rsa')};
	${variant === 'bad' ? 'ssl_ciphers DEFAULT:@SECLEVEL=0;' : ''}
	server {
		listen 127.0.0.1:${port} ssl;
		server_name edge.test;
	}
}
`,
});
