import path from 'node:path';
import {products} from '../../../source/server-configs/index.js';
import {filesOf} from '../proxies.js';
import {filled, type InputReader, numbered} from './reader.js';

type OfProduct = Pick<InputReader, 'starts' | 'worst' | 'samples' | 'isSlow'>;

const file = path.resolve('/etc/main.conf');

/** What else each can name. */
const others = {'list.txt': 'a.pem [ssl-min-ver TLSv1.3] a.test\n', 'sites/a.conf': 'listen 1;\n', 'folder/b.cfg': 'global\n'};

const tlsSocket = 'transport_socket: {typed_config: {common_tls_context: {}}}';
const chainFor = (name: string): string => `filter_chain_match: {server_names: [${name}]}, ${tlsSocket}`;
const inspected =
	'address: {socket_address: {address: 0.0.0.0, port_value: 443}}\nlistener_filters: [{name: envoy.filters.listener.tls_inspector}]\nfilter_chains: [';

const ofProducts: Readonly<Record<string, OfProduct>> = {
	nginx: {
		starts: ['http {\n', 'http { server { listen 443 ssl; server_name ', 'http { server { listen ', 'content_by_lua_block '],
		worst: {
			'blocks in blocks': filled('a{'),
			'braces of a variable that do not close': filled('${a', 'a '),
			'servers on one port': numbered(index => `server{listen 443 ssl;server_name a${index}.b;}`, 'http{', '}'),
			'servers on a port each': numbered(index => `server{listen ${index + 1} ssl;}`, 'http{', '}'),
			'listens and names of one server': numbered(
				index => `listen ${index + 1} ssl;server_name a${index}.b;`,
				'http{server{ssl_protocols TLSv1.2;',
				'}}',
			),
			'settings beside servers': numbered(index => `set $a${index} 1;server{listen ${index + 1} ssl;}`, 'http{', '}'),
			'commands beside servers': numbered(
				index => `ssl_conf_command MinProtocol TLSv1.2;server{listen ${index + 1} ssl;}`,
				'http{ssl_protocols TLSv1.3;',
				'}',
			),
			'ranges of ports of one server': filled('listen 1-256 ssl;', 'http{server{', '}}'),
			'cipher lists': filled('server{listen 443 ssl;ssl_protocols TLSv1;ssl_ciphers A-GCM-B:!SHA1;server_name a.b;}', 'http{', '}'),
			'words of a cipher list': filled('A-A-', 'http{server{listen 443 ssl;ssl_protocols TLSv1;ssl_ciphers ', ';}}'),
			'Lua without an end': filled('content_by_lua_block {a\n'),
		},
		samples: [
			'events {}\nhttp {\n\tssl_protocols TLSv1.2 TLSv1.3; # all\n\tinclude sites/*.conf;\n\tserver {\n\t\tlisten [::]:443 ssl http2 default_server;\n\t\tserver_name a.test *.b.test ~^c "";\n\t\tssl_conf_command MinProtocol TLSv1.2;\n\t\tcontent_by_lua_block { if x then { } end }\n\t}\n}\nmail { protocol imap; starttls on; server { listen 143; } }\n',
			'server { listen 127.0.0.1:8443 ssl proxy_protocol; ssl_reject_handshake on; }\nserver { listen 8443 ssl; server_name known.test; }\n',
		],
	},
	apache: {
		starts: ['<VirtualHost *:443>\n', 'Listen 443\nSSLEngine on\nSSLProtocol ', 'Define a ', '<IfModule ', 'Include '],
		worst: {
			'sections in sections': filled('<IfDefine a>\n'),
			'sections in sections that are read': filled('<IfModule a>\n'),
			'braces of a variable that do not close': filled('${a', 'Define a '),
			'a definition that doubles': numbered(index => `Define a${index + 1} \${a${index}}\${a${index}}\n`, 'Define a0 x\n'),
			'ports and hosts': numbered(
				index => `Listen ${index + 1}\n<VirtualHost *:${index + 1}>\nSSLEngine on\n</VirtualHost>\n`,
				'SSLEngine on\n',
			),
			'ports and hosts for all of them': numbered(
				index => `Listen ${index + 1}\n<VirtualHost *>\nServerName a${index}.b\nSSLEngine on\n</VirtualHost>\n`,
			),
			'ports alone': numbered(index => `Listen ${index + 1}\n`, 'SSLEngine on\n'),
			'commands and hosts': numbered(
				index => `SSLOpenSSLConfCmd MinProtocol TLSv1.2\n<VirtualHost *:${index + 1}>\nSSLEngine on\n</VirtualHost>\n`,
			),
			'quotes one a line': filled('"\n'),
			'quotes that are not closed': filled('a "b\n'),
			'backslashes in quotes': filled('\\"', 'a "'),
			'uses of a macro': size => `<Macro A $a>\n${filled('ServerName $a\n')(size / 2)}</Macro>\n${filled('Use A b\n')(size / 2)}`,
			'parameters of a macro': size => `<Macro A ${numbered(index => `$a${index} `)(size / 2)}>\n${filled('$a $b\n')(size / 2)}</Macro>\n`,
			'macros that use the one before': numbered(
				index => `<Macro A${index + 1}>\nUse A${index}\nUse A${index}\n</Macro>\nUse A${index + 1}\n`,
				'<Macro A0>\nListen 1\n</Macro>\n',
			),
			'hosts by address': numbered(
				index => `<VirtualHost 10.0.${index % 256}.${index >> 8}:443>\nSSLEngine on\n</VirtualHost>\n`,
				'Listen 443\n',
			),
			'ports, and hosts by address on any port': numbered(
				index => `Listen ${index + 1}\n<VirtualHost 10.0.${index % 256}.${index >> 8}>\nSSLEngine on\n</VirtualHost>\n`,
			),
			'ports, and plain hosts by address on any port': numbered(
				index => `Listen ${index + 1}\n<VirtualHost 10.0.${index % 256}.${index >> 8}>\n</VirtualHost>\n`,
			),
			'a line that goes on': filled('a\\\n'),
		},
		samples: [
			'ServerRoot /etc\nLoadModule ssl_module modules/mod_ssl.so\nDefine port 443\nListen ${port}\n<IfDefine X>\nListen 8443 https\n</IfDefine>\n<IfVersion >= 2.4>\nSSLProtocol all -TLSv1\n</IfVersion>\n<VirtualHost *:443 "[::1]:443">\n\tServerName https://a.test:443\n\tServerAlias *.b.test \\\n\t  c.test\n\tSSLEngine on\n\tSSLOpenSSLConfCmd MinProtocol TLSv1.2\n\tRemoteIPProxyProtocol On\n</VirtualHost>\nIncludeOptional sites/*.conf\n',
		],
	},
	haproxy: {
		starts: [
			'global\n',
			'frontend a\n\tbind :443 ssl crt x ',
			'frontend a\n\tbind ',
			'.if ',
			'global\n\tsetenv a "',
			'frontend a\n\tbind :1 ssl strict-sni crt-list list.txt ',
		],
		worst: {
			'conditions in conditions': filled('.if 1\n'),
			'signs that turn a condition round': filled('!', '.if '),
			'parentheses in a condition': filled('(', '.if '),
			'a variable that doubles': numbered(index => `\tsetenv a${index + 1} "\${a${index}}\${a${index}}"\n`, 'global\n\tsetenv a0 x\n'),
			'binds of one section': numbered(index => `\tbind :${index + 1} ssl\n`, 'frontend a\n'),
			'binds of a section each': numbered(index => `frontend a\n\tbind :${index + 1} ssl\n`),
			'binds with rules': filled('\tbind :1 ssl\n\ttcp-request connection expect-proxy layer4\n', 'frontend a\n'),
			'certificates of a section and its binds': filled('\tbind :1 ssl\n\tssl-f-use crt a.pem\n', 'frontend a\n'),
			'peers of one section': numbered(index => `\tpeer a${index} :${index + 1}\n`, 'peers a\n\tdefault-bind ssl\n'),
			escapes: filled('\\a', 'frontend a\n\tbind :1 ', '\n'),
			'parameters of one bind': filled('name ssl ', 'frontend a\n\tbind :1 ', '\n'),
			'parameters that are shared': filled('\tdefault-bind ssl\n', 'peers a\n'),
			'ranges of ports': filled(':1-256,', 'frontend a\n\tbind ', ' ssl\n'),
			'lists of one bind': filled('crt-list list.txt ', 'frontend a\n\tbind :1 ssl ', '\n'),
			'lists of many binds': filled('\tbind :1 ssl crt-list list.txt\n', 'frontend a\n'),
			'names that variables have': numbered(index => `setenv a${index} b\n`, 'global\n', 'resetenv a1\n'),
			'words of a variable': filled('"${a[*]}"', 'global\nsetenv a "b c d"\nx '),
		},
		samples: [
			'global\n\tssl-default-bind-options ssl-min-ver TLSv1.2 no-tls-tickets\n\tcrt-base /etc\n\tsetenv PORT 443\n.if defined(PORT) && !streq("$PORT",8443)\n\tsetenv X "${PORT-1}"\n.elif version_atleast(2.4)\n.else\n.endif\nfrontend web\n\tbind :"$PORT",[::]:8443,:9000-9002 ssl crt a.pem crt-list list.txt ssl-max-ver TLSv1.2 strict-sni accept-proxy\n\ttcp-request connection expect-proxy layer4\nlisten other\n\tbind ipv6@:1 ssl no-tlsv13 force-tlsv12\n',
		],
	},
	caddy: {
		starts: ['a.test {\n\t', '(a) {\n', '{\n', 'a.test {\n\ttls {\n\t\t', '{"apps": {"http": {"servers": {"a": '],
		worst: {
			'blocks in blocks': filled('a {\n'),
			'sites on one port': numbered(index => `a${index}.b {\ntls {\nprotocols tls1.3\n}\n}\n`),
			'sites on a port each': numbered(index => `a.b:${index + 1000} {\n}\n`),
			'addresses of one site': numbered(index => `a${index}.b,\n`, '', 'c.d {\n}\n'),
			'addresses and binds': size =>
				`${numbered(index => `a.b:${index + 1000},\n`, '', 'c.d {\n')(size / 2)}${numbered(index => `bind 127.0.${index >> 8}.${index & 255}\n`)(size / 2)}}\n`,
			'policies of one site': filled('tls {\nprotocols tls1.3\n}\n', 'a.b {\n', '}\n'),
			'policies and addresses': size =>
				`${numbered(index => `a${index}.b,\n`, '', 'c.d {\n')(size / 2)}${filled('tls a b\n')(size / 2)}}\n`,
			'names that are long': numbered(index => `${'a.'.repeat(100)}b${index} {\n}\n`),
			'snippets that double': numbered(
				index => `(s${index + 1}) {\nimport s${index}\nimport s${index}\n}\n`,
				'(s0) {\nlog\n}\n',
				'import s20\n',
			),
			'a snippet that is imported': filled('import s a b c\n', '(s) {\n{args[0]} {args[:]}\n}\na.b {\n', '}\n'),
			'imports with blocks': filled('import s {\na\n}\n', '(s) {\n{block}\n}\na.b {\n', '}\n'),
			'variables that do not close': filled('{$a'),
			'heredocs that do not end': filled('<<A\n'),
			quotes: filled('"\\'),
			'lines that open nothing': filled('a.b, {x}\n', 'log\n'),
			'options for servers': numbered(index => `servers :${index + 1000} {\n}\n`, '{\n', '}\na.b {\n}\n'),
			'policies of JSON': numbered(
				index => `{"match": {"sni": ["a${index}.b"]}},`,
				'{"apps": {"http": {"servers": {"a": {"listen": [":443"], "tls_connection_policies": [',
				']}}}}}',
			),
			'ports of JSON': filled(
				'":1-1000",',
				'{"apps": {"http": {"servers": {"a": {"listen": [',
				'], "tls_connection_policies": [{"fallback_sni": "a"}], "routes": [{"match": [{"host": ["a"]}]}]}}}}}',
			),
		},
		samples: [
			'{\n\thttp_port 8080\n\tdefault_sni a.test\n\tservers :443 {\n\t\tlistener_wrappers {\n\t\t\tproxy_protocol\n\t\t\ttls\n\t\t}\n\t}\n}\n(s) {\n\ttls {args[0]} {\n\t\tprotocols tls1.2 tls1.3\n\t\t{block}\n\t}\n}\na.test, *.b.test:8443 {\n\tbind 127.0.0.1 [::1]\n\timport s internal {\n\t\tciphers TLS_AES_128_GCM_SHA256\n\t}\n\trespond <<END\n\t\tx\n\t\tEND\n}\nhttp://c.test {$X:y} {\n\tlog "a\\"b"\n}\nimport sites/*.conf\n',
			'{"apps": {"http": {"https_port": 8443, "servers": {"a": {"listen": ["tcp/:443-444", "[::1]:8443"], "tls_connection_policies": [{"match": {"sni": ["a.test"]}, "protocol_min": "tls1.3"}, {"default_sni": "a.test"}], "routes": [{"match": [{"host": ["a.test"]}]}]}}}, "tls": {"certificates": {"automate": ["a.test"]}}}}',
		],
	},
	envoy: {
		// What reads YAML for check files reads it here.
		isSlow: true,
		starts: ['static_resources:\n  listeners:\n  - ', 'filter_chains:\n- ', '{"resources": [{"name": "'],
		worst: {
			'chains of one listener': numbered(index => `{${chainFor(`a${index}.b`)}},`, inspected, ']'),
			'names of one chain': numbered(index => `"*.a${index}.b",`, `${inspected}{filter_chain_match: {server_names: [`, ']}}]'),
			'names that are long': numbered(
				index => `"${'a.'.repeat(100)}${index}",`,
				`${inspected}{filter_chain_match: {server_names: [`,
				']}}]',
			),
			'one name of every chain': numbered(() => `{${chainFor('a.b')}},`, inspected, ']'),
			'addresses and chains': size =>
				`additional_addresses: [${numbered(index => `{address: {socket_address: {address: 0.0.0.0, port_value: ${index + 1}}}},`)(size / 2)}]\n${numbered(
					() => `{${tlsSocket}},`,
					'filter_chains: [',
					']',
				)(size / 2)}`,
			'addresses and chains by port': size =>
				`additional_addresses: [${numbered(index => `{address: {socket_address: {address: 0.0.0.0, port_value: ${index + 1}}}},`)(size / 2)}]\n${numbered(
					index => `{filter_chain_match: {destination_port: ${index + 1}}, ${tlsSocket}},`,
					'filter_chains: [',
					']',
				)(size / 2)}`,
			listeners: numbered(
				index => `{address: {socket_address: {address: 0.0.0.0, port_value: ${index + 1}}}, filter_chains: [{${tlsSocket}}]},`,
				'static_resources: {listeners: [',
				']}',
			),
			'sockets in sockets': filled('{transport_socket: {typed_config: ', 'filter_chains: [', ']'),
			aliases: filled('*a,', 'static_resources: {listeners: [&a {filter_chains: [{}]},', ']}'),
		},
		samples: [
			`static_resources:\n  listeners:\n  - name: edge\n    address: {socket_address: {address: 0.0.0.0, port_value: 443}}\n    listener_filters: [{name: envoy.filters.listener.tls_inspector}, {name: envoy.filters.listener.proxy_protocol}]\n    filter_chains:\n    - filter_chain_match: {server_names: ["*.a.test"], transport_protocol: tls}\n      ${tlsSocket.replace('}}}', ', tls_params: {tls_minimum_protocol_version: TLSv1_2, cipher_suites: [AES128-SHA]}}}}')}\n    - {}\ndynamic_resources: {lds_config: {path: list.txt}}\n`,
		],
	},
	stunnel: {
		starts: ['[a]\naccept = ', '[a]\naccept = 443\nsslVersion = ', '[a]\nsni = a:', 'include = '],
		worst: {
			'services on a port each': numbered(index => `[a${index}]\naccept=${index + 1}\n`),
			'names of one service': numbered(index => `[a${index}]\nsni=a:a${index}.b\n`, '[a]\naccept=1\n'),
			'names and ports of one service': numbered(index => `[a${index}]\nsni=a:a${index}.b\n`, `[a]\n${filled('accept=1\n')(16_384)}`),
			'cipher lists': numbered(index => `[a${index}]\naccept=${index + 1}\nciphers=A-GCM-B:!SHA1\n`, 'sslVersionMin=TLSv1\n'),
			'options for all services': numbered(index => `options=NO_SSLv3\n[a${index}]\naccept=1\n`),
			'options before all services': size =>
				filled('options=NO_SSLv3\n')(size / 2) + numbered(index => `[a${index}]\naccept=1\n`)(size / 2),
		},
		samples: [
			'; global\ndebug = 5\noptions = NO_SSLv3\nsslVersionMin = TLSv1.2\n[imaps]\naccept = 993\nconnect = 143\n[name]\nsni = imaps:a.test\nconnect = 1\nsslVersion = all\n[smtp]\nprotocol = smtp\naccept = :::25\nconfig = MaxProtocol:TLSv1.2\n[out]\nclient = yes\naccept = 1\n',
		],
	},
	traefik: {
		// The general inputs are those of YAML, which check files are tried with.
		isSlow: true,
		starts: [
			'entryPoints:\n  a: {address: ":443"}\n',
			'http:\n  routers:\n    a: {tls: {}, rule: "',
			'entryPoints: {a: {address: "',
			'[entryPoints.a]\naddress = "',
			'[tls.options.default]\n',
			'providers: {file: {directory: sites, filename: ',
		],
		worst: {
			'entry points': numbered(index => `  a${index}: {address: ":${index + 1}"}\n`, 'entryPoints:\n'),
			'entry points and routers on all of them': size =>
				numbered(index => `  a${index}: {address: ":${index + 1}"}\n`, 'entryPoints:\n')(size / 2) +
				numbered(index => `    b${index}: {tls: {}, rule: Host(\`b${index}.c\`)}\n`, 'http:\n  routers:\n')(size / 2),
			'routers for one name': numbered(
				index => `    b${index}: {rule: Host(\`b.c\`), tls: {options: o${index}}}\n`,
				'entryPoints: {a: {address: ":1"}}\nhttp:\n  routers:\n',
			),
			'names of one router': numbered(
				index => `Host(\`b${index}.c\`)||`,
				'entryPoints: {a: {address: ":1"}}\nhttp: {routers: {a: {tls: {}, rule: "',
				'"}}}\n',
			),
			options: numbered(index => `    o${index}: {minVersion: VersionTLS13}\n`, 'tls:\n  options:\n'),
			'suites of one set of options': filled('TLS_A,', 'tls: {options: {default: {cipherSuites: "', '"}}}\n'),
			aliases: filled('  - *a\n', 'http: &a {routers: {b: {rule: c}}}\ntls:\n  options:\n'),
			'parentheses in a rule': filled('(', 'http:\n  routers: {a: {tls: {}, rule: "Host(', '"}}\n'),
			'quotes in a rule': filled("`'", 'http:\n  routers: {a: {tls: {}, rule: "Host(', '"}}\n'),
			templates: filled('{{ env ', 'http:\n  routers:\n'),
			'TOML tables': numbered(index => `[entryPoints.a${index}]\naddress = ":${index + 1}"\n`),
			'TOML tables of a list': filled('[[http.routers.a.tls.domains]]\nmain = "a"\n', '[entryPoints.a]\naddress = ":1"\n'),
			'TOML keys with dots': numbered(index => `a.b${index}.c = 1\n`, '[entryPoints.a]\naddress = ":1"\n'),
			'TOML lists in lists': filled('[', '[entryPoints]\na = '),
			'TOML brackets': filled('[', '[entryPoints]\n', '\n'),
			'TOML keys with blanks': filled(' ', '[entryPoints]\na', '\n'),
		},
		samples: [
			'entryPoints:\n  web: {address: ":80", http: {redirections: {entryPoint: {to: secure}}}}\n  secure:\n    address: "[::]:443"\n    http: {tls: {options: modern}}\n  dns: {address: ":53/udp"}\nproviders: {file: {directory: sites}}\nhttp:\n  routers:\n    a: {rule: "Host(`a.test`) && !Path(`/x`) || Host(`b.test`)", tls: {options: modern}}\ntcp: {routers: {b: {rule: HostSNI(`*`), tls: {passthrough: true}}}}\ntls: {options: {default: {sniStrict: true}, modern: {minVersion: VersionTLS13, cipherSuites: [TLS_AES_128_GCM_SHA256]}}}\n',
			'[entryPoints]\n  [entryPoints.secure]\n  address = ":443" # all\n[http.routers."a.b"]\nrule = """Host(`a.test`)"""\n  [http.routers."a.b".tls]\n  options = \'x\'\n  [[http.routers."a.b".tls.domains]]\n  main = "a.test"\n[tls.options.x]\nminVersion = "VersionTLS12"\ncipherSuites = [\n  "TLS_RSA_WITH_AES_128_CBC_SHA",\n]\n',
		],
	},
	kubernetes: {
		isSlow: true,
		starts: [
			'apiVersion: v1\nkind: ConfigMap\ndata:\n',
			'apiVersion: v1\nkind: List\nitems:\n',
			'apiVersion: networking.k8s.io/v1\nkind: Ingress\nspec: {tls: [{hosts: [a.b]}]}\n---\n',
			'{"apiVersion": "v1", "kind": "List", "items": [',
			'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nspec: {gatewayClassName: istio, listeners: [{protocol: TLS, port: ',
		],
		worst: {
			'documents with something in them': filled('---\na: 1\n'),
			'documents of aliases': filled('---\na: &a [1,1,1,1]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nd: [*c,*c,*c,*c]\n'),
			Ingresses: numbered(
				index =>
					`---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a${index}}\nspec: {tls: [{hosts: [a${index}.b]}]}\n`,
			),
			'names of an Ingress': numbered(
				index => `a${index}.b,`,
				'apiVersion: networking.k8s.io/v1\nkind: Ingress\nspec: {tls: [{hosts: [',
				']}]}\n',
			),
			ConfigMaps: filled('---\napiVersion: v1\nkind: ConfigMap\ndata: {ssl-protocols: TLSv1.2}\n'),
			'entries of a ConfigMap': numbered(index => `  a${index}: b\n`, 'apiVersion: v1\nkind: ConfigMap\ndata:\n  ssl-protocols: TLSv1.2\n'),
			'listeners and names of routes': size =>
				numbered(
					index => `,{protocol: TLS, port: ${index + 1}}`,
					'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: g}\nspec: {gatewayClassName: istio, listeners: [{}',
					']}\n',
				)(size / 2) +
				numbered(
					index => `,a${index}.b`,
					'---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nspec: {parentRefs: [{name: g}], hostnames: [c.d',
					']}\n',
				)(size / 2),
			'listeners for wildcards and names that do not fit': size =>
				numbered(
					index => `,{protocol: TLS, port: ${index + 1}, hostname: "*.b"}`,
					'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: g}\nspec: {gatewayClassName: istio, listeners: [{}',
					']}\n',
				)(size / 2) +
				numbered(
					index => `,a${index}`,
					'---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nspec: {parentRefs: [{name: g}], hostnames: [c.d',
					']}\n',
				)(size / 2),
			'parents and names of a route': size =>
				numbered(
					index => `,{name: g${index}}`,
					'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\n---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nspec:\n  parentRefs: [{}',
					']\n',
				)(size / 2) + numbered(index => `,a${index}.b`, '  hostnames: [c.d', ']\n')(size / 2),
			'servers of Istio': numbered(
				index => `,{port: {number: ${index + 1}, protocol: TLS}, hosts: ["*"]}`,
				'apiVersion: networking.istio.io/v1\nkind: Gateway\nspec: {servers: [{}',
				']}\n',
			),
			'routes of Traefik': numbered(
				index => `---\napiVersion: traefik.io/v1alpha1\nkind: IngressRoute\nspec: {tls: {}, routes: [{match: Host(\`a${index}.b\`)}]}\n`,
			),
		},
		samples: [
			'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ingress-nginx-controller}\ndata:\n  ssl-protocols: "TLSv1.2 TLSv1.3"\n  ssl-reject-handshake: "true"\n---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a, annotations: {nginx.ingress.kubernetes.io/ssl-passthrough: "false"}}\nspec:\n  ingressClassName: nginx\n  tls: [{hosts: [a.test, "*.b.test"]}]\nstatus: {loadBalancer: {ingress: [{ip: 127.0.0.1}]}}\n---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: g}\nspec: {gatewayClassName: istio, listeners: [{name: l, protocol: HTTPS, port: 443, tls: {mode: Terminate}}]}\n---\napiVersion: networking.istio.io/v1\nkind: Gateway\nspec: {servers: [{port: {number: 443, protocol: HTTPS}, hosts: ["ns/c.test"], tls: {mode: SIMPLE, minProtocolVersion: TLSV1_3}}]}\n',
		],
	},
};

export const proxyReaders: readonly InputReader[] = products.map(product => ({
	name: `server-configs/${product.name}`,
	read(text) {
		product.recognises(text);
		return product.read(file, filesOf({'main.conf': text, ...others}));
	},
	refusals: ['ConfigurationError'],
	...(ofProducts[product.name] ?? {worst: {}, samples: []}),
}));
