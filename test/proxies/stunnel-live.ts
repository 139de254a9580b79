import {fixture} from '../helpers/peers/fixtures.js';
import {testProxy} from '../helpers/peers/proxy-tests.js';

testProxy({
	name: 'stunnel',
	program: 'stunnel',
	file: 'stunnel.conf',
	argv: (_folder, file) => [file],
	statedAt: /stunnel\.conf:5: sslversionmin = TLSv1\.2/,
	configuration: (variant, port) => `foreground = yes
pid =
debug = notice
syslog = no
sslVersionMin = ${variant === 'good' ? 'TLSv1.2' : 'TLSv1'}
${variant === 'bad' ? 'securityLevel = 0\nciphers = DEFAULT:@SECLEVEL=0' : ''}
[edge]
accept = 127.0.0.1:${port}
connect = 127.0.0.1:1
cert = ${fixture('rsa')}
`,
});
