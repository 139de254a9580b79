// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how HAProxy writes its variables.
import type {ConfigurationRow} from './configuration-row.js';

const defaults = `defaults
	mode http
	timeout connect 5s
	timeout client 50s
	timeout server 50s
`;

export const haproxyRows: readonly ConfigurationRow[] = [
	{
		title: 'the configuration that Debian installs, with a frontend added',
		files: {
			'haproxy.cfg': `global
	log /dev/log	local0
	chroot /var/lib/haproxy
	stats socket /run/haproxy/admin.sock mode 660 level admin
	stats timeout 30s
	user haproxy
	group haproxy
	daemon
	ca-base /etc/ssl/certs
	ssl-default-bind-options ssl-min-ver TLSv1.2 no-tls-tickets
defaults
	log	global
	mode	http
	option	httplog
	timeout connect 5000
	timeout client  50000
	timeout server  50000
frontend www
	bind *:18001
	bind *:18002 ssl crt rsa.pem alpn h2,http/1.1
	http-request redirect scheme https unless { ssl_fc }
	default_backend servers
backend servers
	server one 127.0.0.1:9 check
`,
		},
		says: ['*:18002: 1.2 1.3'],
	},
	{
		title: 'a generated configuration, with cipher lists for both directions',
		files: {
			'haproxy.cfg': `global
	ssl-default-bind-curves X25519:prime256v1:secp384r1
	ssl-default-bind-ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-CHACHA20-POLY1305
	ssl-default-bind-ciphersuites TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384
	ssl-default-bind-options prefer-client-ciphers ssl-min-ver TLSv1.2 no-tls-tickets
	ssl-default-server-options ssl-min-ver TLSv1.0 no-tls-tickets
${defaults}frontend ft_test
	bind :18001 ssl crt rsa.pem alpn h2,http/1.1
	http-response set-header Strict-Transport-Security max-age=63072000
`,
		},
		says: ['*:18001: 1.2 1.3'],
	},
	{
		title: 'a generated configuration for old clients',
		files: {
			'haproxy.cfg': `global
	ssl-default-bind-ciphers ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-SHA:AES128-SHA:@SECLEVEL=0
	ssl-default-bind-options prefer-client-ciphers ssl-min-ver TLSv1.0 no-tls-tickets
${defaults}frontend old
	bind :18001 ssl crt rsa.pem
	bind :18002 ssl crt rsa.pem ssl-min-ver TLSv1.3
	bind :18003 ssl crt rsa.pem ciphers ECDHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0
`,
		},
		says: ['*:18001: 1.0 1.1 1.2 1.3', '*:18002: 1.3', '*:18003: !1.0 !1.1 1.2 1.3'],
	},
	{
		title: 'options of before HAProxy 1.8, alone and beside new ones',
		files: {
			'haproxy.cfg': `global
	ssl-default-bind-options no-sslv3 no-tlsv10 no-tlsv11
${defaults}listen a
	bind :18001 ssl crt rsa.pem
listen b
	bind :18002 ssl crt rsa.pem no-tlsv12
listen c
	bind :18003 ssl crt rsa.pem force-tlsv12
listen d
	bind :18004 ssl crt rsa.pem ssl-min-ver TLSv1.1
listen e
	bind :18005 ssl crt rsa.pem ssl-max-ver TLSv1.2
listen f
	bind :18006 ssl crt rsa.pem no-tlsv13
`,
		},
		says: ['*:18001: 1.2 1.3', '*:18002: 1.3', '*:18003: 1.2', '*:18004: 1.1 1.2 1.3', '*:18005: 1.2', '*:18006: 1.2'],
	},
	{
		title: 'IPv4 beside IPv6 alone, with versions for each',
		files: {
			'haproxy.cfg': `${defaults}frontend f
	bind :18001 ssl crt rsa.pem ssl-min-ver TLSv1.2
	bind :::18001 v6only ssl crt rsa.pem ssl-min-ver TLSv1.3
	bind [::]:18002 v4v6 ssl crt rsa.pem ssl-max-ver TLSv1.2
`,
		},
		says: ['*:18001: 1.2 1.3', '::1:18001: 1.3', '*:18002: 1.2'],
	},
	{
		title: 'addresses by family, several on a line',
		files: {
			'haproxy.cfg': `${defaults}frontend f
	bind ipv4@127.0.0.1:18001,tcp4@*:18002 ssl crt rsa.pem ssl-min-ver TLSv1.3
	bind 127.0.0.1:18003,[::1]:18003 ssl crt rsa.pem
	bind tcp@0.0.0.0:18004 ssl crt rsa.pem
`,
		},
		says: ['127.0.0.1:18001: 1.3', '*:18002: 1.3', '127.0.0.1:18003: 1.2 1.3', '::1:18003: 1.2 1.3', '*:18004: 1.2 1.3'],
	},
	{
		title: 'a range of ports',
		files: {'haproxy.cfg': `${defaults}listen passive\n\tmode tcp\n\tbind 127.0.0.1:18001-18002 ssl crt rsa.pem ssl-min-ver TLSv1.3\n`},
		says: ['127.0.0.1:18001: 1.3', '127.0.0.1:18002: 1.3'],
	},
	{
		title: 'values that are called as parameters are',
		files: {
			'haproxy.cfg': `${defaults}frontend f
	bind :18001 name ssl
	bind :18002 name no-tlsv13 ssl crt rsa.pem
	bind :18003 ssl crt rsa.pem name accept-proxy id 7
`,
		},
		says: ['*:18002: 1.2 1.3', '*:18003: 1.2 1.3'],
	},
	{
		title: 'the PROXY protocol from all',
		files: {
			'haproxy.cfg': `${defaults}frontend accepting
	bind :18001 accept-proxy ssl crt rsa.pem ssl-min-ver TLSv1.3
frontend expecting
	mode tcp
	tcp-request connection expect-proxy layer4
	bind :18002 ssl crt rsa.pem
`,
		},
		says: ['*:18001 PROXY 1: 1.3', '*:18002 PROXY 1: 1.2 1.3'],
	},
	{
		title: 'client certificates that are asked for, and required',
		files: {
			'haproxy.cfg': `${defaults}frontend f
	bind :18001 ssl crt rsa.pem ca-file rsa.pem verify optional
	bind :18002 ssl crt rsa.pem ca-file rsa.pem verify required ssl-min-ver TLSv1.3 crt-ignore-err all ca-ignore-err all
	http-request deny if { ssl_c_used 0 }
`,
		},
		says: ['*:18001: 1.2 1.3', '*:18002: 1.3'],
	},
	{
		title: 'names of a crt-list with versions for each, and strict-sni beside',
		files: {
			'haproxy.cfg': `${defaults}frontend f
	bind :18001 ssl crt rsa.pem crt-list sites.txt
	bind :18002 ssl crt-list known.txt strict-sni
`,
			'sites.txt': `# sites
rsa.pem [ssl-min-ver TLSv1.3] new.test
rsa.pem [ssl-min-ver TLSv1.1 ssl-max-ver TLSv1.2 alpn http/1.1] old.test *.old.test !not.old.test

rsa.pem plain.test
`,
			'known.txt': 'rsa.pem [ssl-min-ver TLSv1.3] new.test\nrsa.pem any.test\n',
		},
		says: [
			'*:18001: 1.2 1.3',
			'*:18001 new.test: 1.3',
			'*:18001 old.test: 1.1 1.2',
			'*:18001 any.old.test: 1.1 1.2',
			'*:18002 new.test: 1.3',
			'*:18002 any.test: 1.2 1.3',
		],
	},
	{
		title: 'a crt-list whose first line has versions, without another certificate',
		files: {
			'haproxy.cfg': `${defaults}frontend f\n\tbind :18001 ssl crt-list list.txt\n`,
			'list.txt': 'rsa.pem [ssl-min-ver TLSv1.3] three.test\nrsa.pem [ssl-min-ver TLSv1.2 ssl-max-ver TLSv1.2] two.test\n',
		},
		version: '2.6.12',
		says: ['*:18001: 1.2 1.3', '*:18001 three.test: 1.3', '*:18001 two.test: 1.2'],
	},
	{
		title: 'RSA and ECDSA certificates of one name, and a folder of certificates',
		files: {
			'haproxy.cfg': `global
	crt-base certs
${defaults}frontend f
	bind :18001 ssl crt rsa.pem crt ecdsa.pem ssl-min-ver TLSv1.3
	bind :18002 ssl crt . strict-sni
`,
			'certs/.hidden': 'nothing',
		},
		says: ['*:18001: 1.3', '*:18002 peer.test: 1.2 1.3', '*:18002 any.peer.test: 1.2 1.3'],
	},
	{
		title: 'strict-sni, which answers the names of its certificate alone',
		files: {'haproxy.cfg': `${defaults}frontend f\n\tbind :18001 ssl crt rsa.pem strict-sni ssl-min-ver TLSv1.3\n`},
		says: ['*:18001 peer.test: 1.3', '*:18001 any.peer.test: 1.3'],
	},
	{
		title: 'TLS passed on by name, beside TLS that ends here',
		files: {
			'haproxy.cfg': `${defaults}frontend passed
	mode tcp
	bind :18001
	tcp-request inspect-delay 1s
	tcp-request content accept if { req.ssl_hello_type 1 }
	use_backend never if { req.ssl_sni -i never.test }
backend never
	mode tcp
	server s 127.0.0.1:9
listen ending
	bind :18002 ssl crt rsa.pem no-sslv3 no-tlsv10 no-tlsv11
	server s 127.0.0.1:9 ssl verify none sni str(back.test)
`,
		},
		says: ['*:18002: 1.2 1.3'],
	},
	{
		title: 'statistics by HTTPS, and settings that stand in defaults',
		files: {
			'haproxy.cfg': `${defaults}	stats enable
	option forwardfor
listen stats
	bind :18001 ssl crt rsa.pem ssl-min-ver TLSv1.3
	stats uri /haproxy
	stats auth admin:secret
frontend metrics
	bind :18002
	http-request return status 200
`,
		},
		says: ['*:18001: 1.3'],
	},
	{
		title: 'variables and quotes',
		files: {
			'haproxy.cfg': `global
	setenv LOWEST TLSv1.3
	presetenv HAPROXY_NEVER_SET_PORT 18001
	ssl-default-bind-options ssl-min-ver "\${LOWEST}"
${defaults}frontend 'f'
	bind "127.0.0.1:18001" ssl crt "rsa.pem" # the edge
	bind 127.0.0.1:"18002" name a\\.b\\ c ssl crt rsa.pem ssl-min-ver "\${OLD_NEVER_SET-TLSv1.2}"
`,
		},
		says: ['127.0.0.1:18001: 1.3', '127.0.0.1:18002: 1.2 1.3'],
	},
	{
		title: 'conditions on the version',
		files: {
			'haproxy.cfg': `global
.if version_atleast(2.2)
	ssl-default-bind-options ssl-min-ver TLSv1.3
.else
	ssl-default-bind-options no-tlsv12
.endif
${defaults}frontend f
	bind :18001 ssl crt rsa.pem
.if version_before(1.9) || streq("a","b")
	bind :18002 ssl crt rsa.pem
.elif version_atleast(2.5) && !version_before(2.4)
	bind :18002 ssl crt rsa.pem ssl-min-ver TLSv1.2
.endif
`,
		},
		version: '2.6.12',
		says: ['*:18001: 1.3', '*:18002: 1.2 1.3'],
	},
	{
		title: 'log messages and stick tables that come over TLS',
		files: {
			'haproxy.cfg': `global
	localpeer one
${defaults}ring r
	format rfc5424
	size 32764
	server s 127.0.0.1:9
log-forward syslog
	bind 127.0.0.1:18001 ssl crt rsa.pem ssl-min-ver TLSv1.0
	log ring@r local0
peers new
	bind 127.0.0.1:18002 ssl crt rsa.pem ssl-min-ver TLSv1.3
	default-server ssl verify none
	server one
	server two 127.0.0.1:9
backend b
	stick-table type ip size 1k peers new
	server s 127.0.0.1:9
`,
		},
		says: ['127.0.0.1:18001: 1.0 1.1 1.2 1.3', '127.0.0.1:18002: 1.3'],
	},
	{
		title: 'peers in the old way, with parameters for what listens',
		files: {
			'haproxy.cfg': `global
	localpeer one
${defaults}peers old
	default-bind ssl crt rsa.pem ssl-max-ver TLSv1.2
	peer one 127.0.0.1:18001
	peer two 127.0.0.1:9
backend b
	stick-table type ip size 1k peers old
	server s 127.0.0.1:9
`,
		},
		says: ['127.0.0.1:18001: 1.2'],
	},
	{
		title: 'a frontend that is disabled, and one without TLS on the way to TLS',
		files: {
			'haproxy.cfg': `${defaults}frontend off
	disabled
	bind :1 ssl crt rsa.pem
frontend on
	bind :18001 ssl crt rsa.pem
	default_backend secure
backend secure
	server s 127.0.0.1:9 ssl verify none force-tlsv12
`,
		},
		says: ['*:18001: 1.2 1.3'],
	},
	{
		title: 'mail and databases by TCP, with TLS from the first byte',
		files: {
			'haproxy.cfg': `defaults
	mode tcp
	timeout connect 5s
	timeout client 50s
	timeout server 50s
listen imaps
	bind :18001 ssl crt rsa.pem ssl-min-ver TLSv1.2
	server dovecot 127.0.0.1:9 send-proxy-v2
listen mqtts
	bind :18002 ssl crt rsa.pem ssl-min-ver TLSv1.0 ssl-max-ver TLSv1.2
	server broker 127.0.0.1:9
listen mysql
	bind :18003
	server db 127.0.0.1:9
`,
		},
		says: ['*:18001: 1.2 1.3', '*:18002: 1.0 1.1 1.2'],
	},
	{
		title: 'the socket for statistics, which takes ssl and speaks none',
		files: {
			'haproxy.cfg': `global\n\tstats socket 127.0.0.1:18001 ssl crt rsa.pem ssl-min-ver TLSv1.3 level admin\n${defaults}listen l\n\tbind :18002 ssl crt rsa.pem\n`,
		},
		says: ['*:18002: 1.2 1.3'],
	},
];
