// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how nginx writes its variables.
import type {ConfigurationRow} from './configuration-row.js';

const certificate = 'ssl_certificate rsa.pem; ssl_certificate_key rsa.pem;';

export const nginxRows: readonly ConfigurationRow[] = [
	{
		title: 'the configuration that Debian installs, with a site enabled',
		files: {
			'nginx.conf': `user www-data;
worker_processes auto;
pid /run/nginx.pid;
events {
	worker_connections 768;
	# multi_accept on;
}
http {
	sendfile on;
	types_hash_max_size 2048;
	include mime.types;
	default_type application/octet-stream;
	ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3; # Dropping SSLv3, ref: POODLE
	ssl_prefer_server_ciphers on;
	gzip on;
	include conf.d/*.conf;
	include sites-enabled/*;
}
`,
			'mime.types': 'types {\n\ttext/html html htm;\n}\n',
			'sites-enabled/default': `server {
	listen 18001 default_server;
	listen [::]:18001 default_server;
	listen 18002 ssl default_server;
	listen [::]:18002 ssl default_server;
	${certificate}
	root /var/www/html;
	server_name _;
	location / {
		try_files $uri $uri/ =404;
	}
}
`,
		},
		says: ['*:18002: 1.0 1.1 1.2 1.3', '::1:18002: 1.0 1.1 1.2 1.3'],
	},
	{
		title: 'a generated configuration for modern clients',
		files: {
			'nginx.conf': `events {}
http {
	server {
		listen 18001 ssl;
		listen [::]:18001 ssl;
		ssl_certificate rsa.pem;
		ssl_certificate_key rsa.pem;
		add_header Strict-Transport-Security "max-age=63072000" always;
	}
	ssl_protocols TLSv1.3;
	ssl_ecdh_curve X25519:prime256v1:secp384r1;
	ssl_prefer_server_ciphers off;
	ssl_session_timeout 1d;
	ssl_session_cache shared:MozSSL:1m;
	server {
		listen 18002 default_server;
		return 301 https://$host$request_uri;
	}
}
`,
		},
		says: ['*:18001: 1.3', '::1:18001: 1.3'],
	},
	{
		title: 'a generated configuration for old clients, with suites for all of them',
		files: {
			'nginx.conf': `events {}
http {
	ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;
	ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-SHA:AES128-SHA:@SECLEVEL=0;
	ssl_prefer_server_ciphers on;
	server { listen 18001 ssl; ${certificate} }
}
`,
		},
		says: ['*:18001: 1.0 1.1 1.2 1.3'],
	},
	{
		title: 'old versions with a cipher list that has nothing for them',
		files: {
			'nginx.conf': `events {}
http {
	ssl_ciphers HIGH:!aNULL:!MD5:@SECLEVEL=0;
	ssl_protocols TLSv1 TLSv1.1 TLSv1.2;
	${certificate}
	server { listen 18001 ssl; ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:@SECLEVEL=0; }
	server { listen 18002 ssl; ssl_ciphers 'EECDH+AESGCM:EDH+AESGCM:@SECLEVEL=0'; }
	server { listen 18003 ssl; ssl_ciphers "HIGH:!aNULL:!SHA1:@SECLEVEL=0"; }
	server { listen 18004 ssl; }
}
`,
		},
		says: ['*:18001: !1.0 !1.1 1.2', '*:18002: !1.0 !1.1 1.2', '*:18003: !1.0 !1.1 1.2', '*:18004: 1.0 1.1 1.2'],
	},
	{
		title: 'ranges of ports',
		files: {
			'nginx.conf': `events {}
http {
	${certificate}
	server { listen 18001-18002 ssl; ssl_protocols TLSv1.2; }
	server { listen 127.0.0.1:18003-18004 ssl; ssl_protocols TLSv1.3; }
}
`,
		},
		says: ['*:18001: 1.2', '*:18002: 1.2', '127.0.0.1:18003: 1.3', '127.0.0.1:18004: 1.3'],
	},
	{
		title: 'without ssl_protocols, what the version of nginx has it be',
		files: {'nginx.conf': `events {}\nhttp { ${certificate} server { listen 18001 ssl; } }\n`},
		version: '1.22.1',
		says: ['*:18001: 1.0 1.1 1.2'],
	},
	{
		title: 'several names on a port, the first of which is the default',
		files: {
			'nginx.conf': `events {}
http {
	${certificate}
	ssl_protocols TLSv1.2 TLSv1.3;
	server { listen 18001 ssl; server_name a.test www.a.test; }
	server { listen 18001 ssl; server_name b.test *.b.test .c.test; ssl_protocols TLSv1.3; }
	server { listen 18001 ssl; server_name a.test; ssl_protocols TLSv1; }
	server { listen 18001; server_name ~^d\\.; }
}
`,
		},
		says: [
			'*:18001: 1.2 1.3',
			'*:18001 a.test: 1.2 1.3',
			'*:18001 www.a.test: 1.2 1.3',
			'*:18001 b.test: 1.3',
			'*:18001 any.b.test: 1.3',
			'*:18001 c.test: 1.3',
		],
	},
	{
		title: 'a default server that refuses unknown names',
		files: {
			'nginx.conf': `events {}
http {
	ssl_protocols TLSv1.2 TLSv1.3;
	server { listen 18001 ssl default_server; server_name _; ssl_reject_handshake on; }
	server { listen 18001 ssl; server_name known.test; ${certificate} }
}
`,
		},
		says: ['*:18001 known.test: 1.2 1.3'],
	},
	{
		title: 'a default server that is named as such, behind the others',
		files: {
			'nginx.conf': `events {}
http {
	${certificate}
	server { listen 18001 ssl; server_name old.test; ssl_protocols TLSv1; }
	server { listen 18001 ssl default_server; ssl_protocols TLSv1.2; }
}
`,
		},
		says: ['*:18001: 1.2', '*:18001 old.test: 1.0'],
	},
	{
		title: 'a reverse proxy with upstreams, maps and a limit',
		files: {
			'nginx.conf': `events { worker_connections 64; }
http {
	map $http_upgrade $connection_upgrade { default upgrade; '' close; }
	limit_req_zone $binary_remote_addr zone=one:1m rate=10r/s;
	upstream backend { server 127.0.0.1:9; keepalive 4; }
	geo $limited { default 1; 10.0.0.0/8 0; }
	log_format main '$remote_addr - "$request" $status {$http_referer};';
	server {
		listen 18001;
		location / { proxy_pass http://backend; proxy_ssl_protocols TLSv1; }
	}
	server {
		listen 18002 ssl http2;
		server_name app.test;
		${certificate}
		ssl_protocols TLSv1.2 TLSv1.3;
		location / {
			proxy_pass https://backend;
			proxy_ssl_protocols TLSv1.1;
			proxy_set_header Upgrade $http_upgrade;
			proxy_set_header Connection "upgrade";
		}
		location ~ \\.php$ { fastcgi_pass 127.0.0.1:9; }
	}
}
`,
		},
		says: ['*:18002: 1.2 1.3', '*:18002 app.test: 1.2 1.3'],
	},
	{
		title: 'snippets that are included in servers',
		files: {
			'nginx.conf': 'events {}\nhttp {\n\tinclude sites/*.conf;\n}\n',
			'sites/a.conf': 'server {\n\tlisten 127.0.0.1:18001 ssl;\n\tinclude snippets/tls.conf;\n\tserver_name a.test;\n}\n',
			'sites/b.conf': 'server {\n\tlisten 127.0.0.1:18002 ssl;\n\tinclude snippets/tls.conf;\n\tssl_session_tickets off;\n}\n',
			'snippets/tls.conf': `${certificate}\nssl_protocols TLSv1.2\n\tTLSv1.3;\nssl_session_cache shared:SSL:1m;\n`,
		},
		says: ['127.0.0.1:18001: 1.2 1.3', '127.0.0.1:18001 a.test: 1.2 1.3', '127.0.0.1:18002: 1.2 1.3'],
	},
	{
		title: 'a hosting panel: one file a site, with its address',
		files: {
			'nginx.conf': `events {}\nhttp {\n\tssl_protocols TLSv1.2;\n\tinclude vhosts/*.conf;\n}\n`,
			'vhosts/one.test.conf': `server {
	listen 127.0.0.1:18001 ssl;
	server_name one.test www.one.test;
	${certificate}
	error_page 497 https://$host:$server_port$request_uri;
	if ($ssl_protocol = "") { return 301 https://$host$request_uri; }
}
server {
	listen 127.0.0.1:18002;
	server_name one.test;
	return 301 https://one.test$request_uri;
}
`,
			'vhosts/two.test.conf': `server {
	listen 127.0.0.1:18001 ssl;
	server_name two.test;
	${certificate}
}
`,
		},
		says: ['127.0.0.1:18001: 1.2', '127.0.0.1:18001 one.test: 1.2', '127.0.0.1:18001 www.one.test: 1.2', '127.0.0.1:18001 two.test: 1.2'],
	},
	{
		title: 'client certificates, by HTTP and by TCP',
		files: {
			'nginx.conf': `events {}
http {
	${certificate}
	ssl_client_certificate rsa.pem;
	server { listen 18001 ssl; ssl_verify_client on; ssl_protocols TLSv1.2; }
	server { listen 18002 ssl; ssl_verify_client optional_no_ca; ssl_protocols TLSv1.3; }
}
stream {
	server { listen 18003 ssl; ${certificate} ssl_client_certificate rsa.pem; ssl_verify_client on; ssl_protocols TLSv1.2 TLSv1.3; return x; }
}
`,
		},
		says: ['*:18001: 1.2', '*:18002: 1.3', '*:18003: 1.2 1.3'],
	},
	{
		title: 'TCP that goes on by name, and TLS that ends here on the way to a database',
		files: {
			'nginx.conf': `events {}
stream {
	map $ssl_preread_server_name $back { default 127.0.0.1:9; }
	map $ssl_preread_protocol $by { "TLSv1.3" 127.0.0.1:9; default 127.0.0.1:9; }
	server { listen 18001; ssl_preread on; proxy_pass $back; }
	ssl_protocols TLSv1.1 TLSv1.2;
	server { listen 18002 ssl; ${certificate} proxy_pass 127.0.0.1:9; proxy_ssl on; proxy_ssl_protocols TLSv1.3; }
}
`,
		},
		says: ['*:18002: 1.1 1.2'],
	},
	{
		title: 'mail with TLS from the first byte and by STARTTLS',
		files: {
			'nginx.conf': `events {}
mail {
	server_name mail.test;
	auth_http 127.0.0.1:9/auth;
	${certificate}
	ssl_protocols TLSv1.2 TLSv1.3;
	server { listen 18001 ssl; protocol imap; }
	server { listen 18002; protocol smtp; smtp_auth plain; starttls on; }
	server { listen 18003 ssl; protocol pop3; ssl_protocols TLSv1.2; }
	server { listen 18004; protocol pop3; starttls only; }
}
`,
		},
		says: ['*:18001: 1.2 1.3', '*:18002 smtp: 1.2 1.3', '*:18003: 1.2', '*:18004 pop3: 1.2 1.3'],
	},
	{
		title: 'the PROXY protocol, on one of two listeners',
		files: {
			'nginx.conf': `events {}
http {
	${certificate}
	ssl_protocols TLSv1.2;
	set_real_ip_from 127.0.0.1;
	real_ip_header proxy_protocol;
	server { listen 18001 ssl proxy_protocol; listen 18002 ssl; }
}
`,
		},
		says: ['*:18001 PROXY 1: 1.2', '*:18002: 1.2'],
	},
	{
		title: 'IPv6 alone, and IPv6 with IPv4',
		files: {
			'nginx.conf': `events {}
http {
	${certificate}
	server { listen 18001 ssl; ssl_protocols TLSv1.2; }
	server { listen [::]:18001 ssl ipv6only=on; ssl_protocols TLSv1.3; }
	server { listen [::]:18002 ssl ipv6only=off; ssl_protocols TLSv1.2; }
	server { listen [::1]:18003 ssl; listen 127.0.0.1:18003 ssl; ssl_protocols TLSv1.3; }
}
`,
		},
		says: ['*:18001: 1.2', '::1:18001: 1.3', '*:18002: 1.2', '::1:18003: 1.3', '127.0.0.1:18003: 1.3'],
	},
	{
		title: 'every address beside one address',
		files: {
			'nginx.conf': `events {}
http {
	${certificate}
	server { listen *:18001 ssl; ssl_protocols TLSv1.3; }
	server { listen 127.0.0.2:18001 ssl; ssl_protocols TLSv1.2; }
}
`,
		},
		says: ['*:18001: 1.3', '127.0.0.2:18001: 1.2'],
	},
	{
		title: 'the ssl directive of before, and what is said in the words of OpenSSL',
		files: {
			'nginx.conf': `events {}
http {
	${certificate}
	server { listen 18001 ssl; ssl_protocols TLSv1.2 TLSv1.3; ssl_conf_command MinProtocol TLSv1.3; ssl_conf_command Options PrioritizeChaCha; }
	server { listen 18002 ssl; ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3; ssl_conf_command Protocol -TLSv1.3; }
	ssl_conf_command Ciphersuites TLS_AES_128_GCM_SHA256;
	server { listen 18003; ssl on; ssl_protocols TLSv1.2; }
}
`,
		},
		version: '1.22.1',
		says: ['*:18001: 1.3', '*:18002: 1.0 1.1 1.2', '*:18003: 1.2'],
	},
	{
		title: 'commands of OpenSSL are inherited all together, or not at all',
		files: {
			'nginx.conf': `events {}
http {
	${certificate}
	ssl_protocols TLSv1.2 TLSv1.3;
	ssl_conf_command MaxProtocol TLSv1.2;
	server { listen 18001 ssl; ssl_conf_command Ciphersuites TLS_AES_128_GCM_SHA256; }
	server { listen 18002 ssl; }
}
`,
		},
		version: '1.22.1',
		says: ['*:18001: 1.2 1.3', '*:18002: 1.2'],
	},
	{
		title: 'versions in an odd order, twice, and with a hole',
		files: {
			'nginx.conf': `events {}
http {
	${certificate}
	server { listen 18001 ssl; ssl_protocols TLSv1.3 TLSv1.1; }
	server { listen 18002 ssl; ssl_protocols TLSv1.2 TLSv1.2; }
	server { listen 18003 ssl; ssl_protocols SSLv2 SSLv3 TLSv1; }
}
`,
		},
		says: ['*:18001: 1.1 1.3', '*:18002: 1.2', '*:18003: SSLv3 1.0'],
	},
	{
		title: 'two certificates of different kinds, and settings round and in the server',
		files: {
			'nginx.conf': `events {}
http {
	ssl_protocols TLSv1;
	server {
		ssl_protocols TLSv1.2 TLSv1.3;
		listen 18001 ssl backlog=64 reuseport so_keepalive=on;
		${certificate}
		ssl_certificate ecdsa.pem; ssl_certificate_key ecdsa.pem;
		location /old { ssi on; }
	}
	server { listen 18002 ssl; ${certificate} }
}
`,
		},
		says: ['*:18001: 1.2 1.3', '*:18002: 1.0'],
	},
	{
		title: 'quotes, escapes and comments in odd places',
		files: {
			'nginx.conf': `# ssl_protocols TLSv1;
events{}
http{${certificate}server{listen 18001 ssl;ssl_protocols "TLSv1.2" 'TLSv1.3';#}
server_name "a.test" 'b.test';set $x "a;b}c";set $y a\\;b;return 200 '{"a": "\${x}"}';}}
`,
		},
		says: ['*:18001: 1.2 1.3', '*:18001 a.test: 1.2 1.3', '*:18001 b.test: 1.2 1.3'],
	},
];
