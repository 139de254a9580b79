/** A product whose configuration is told from others, but not read. */
export type ForeignProduct = {
	readonly name: string;
	/** Something that only its configuration has at the start of a line. */
	readonly pattern: RegExp;
	/** How to probe what it runs instead. */
	readonly instead: string;
};

const mail = 'tlsprobe HOST:993, or tlsprobe --starttls imap HOST:143';
const sending = 'tlsprobe --starttls smtp HOST:25, or tlsprobe HOST:465';
const byPort = 'tlsprobe HOST:PORT';

/** Most telling first. What one of the products that are read may have as well is in none. */
export const foreignProducts: readonly ForeignProduct[] = [
	{
		name: 'Dovecot',
		pattern:
			/^[ \t]*(?:dovecot_config_version[ \t]*=|ssl_min_protocol[ \t]*=|ssl[ \t]*=[ \t]*(?:required|yes|no)\b|ssl_protocols[ \t]*=[ \t]*!|!include(?:_try)?[ \t]|ssl_server_\w+[ \t]*=|protocols[ \t]*=[ \t]*[^\r\n]*(?:imap|pop3|lmtp)|(?:unix|inet|fifo)_listener[ \t]+\S|service[ \t]+(?:imap|pop3|lmtp|auth|submission|managesieve)(?:-\w+)?[ \t]*\{)/m,
		instead: mail,
	},
	{
		name: 'Postfix',
		pattern:
			/^(?:smtpd?_(?:tls|use_tls|enforce_tls|recipient_restrictions|banner|sasl)\w*[ \t]*=|mydestination[ \t]*=|(?:smtp|smtps|submissions?|465|587)[ \t]+inet[ \t]+\S[ \t]+\S)/m,
		instead: sending,
	},
	{
		name: 'ProFTPD',
		pattern:
			/^[ \t]*(?:(?:TLSEngine|TLSProtocol|TLSRSACertificateFile|TLSECCertificateFile)[ \t]|ServerType[ \t]+(?:standalone|inetd)\b|<IfModule[ \t]+mod_tls\.c>)/im,
		instead: 'tlsprobe --starttls ftp HOST:21, or tlsprobe HOST:990',
	},
	{
		name: 'vsftpd',
		pattern: /^(?:ssl_enable|force_local_(?:data|logins)_ssl|ssl_tlsv1(?:_\d)?|rsa_cert_file)=/im,
		instead: 'tlsprobe --starttls ftp HOST:21, or tlsprobe HOST:990',
	},
	{
		name: 'lighttpd',
		pattern:
			/^[ \t]*(?:ssl\.(?:engine|openssl\.ssl-conf-cmd|pemfile)[ \t]*=|server\.(?:modules|document-root)[ \t]*\+?=|\$SERVER\["socket"\])/m,
		instead: byPort,
	},
	{
		name: 'Exim',
		pattern:
			/^[ \t]*(?:tls_advertise_hosts|tls_on_connect_ports|tls_require_ciphers|daemon_smtp_ports|acl_smtp_rcpt)[ \t]*=|^begin[ \t]+(?:acl|routers|transports)\b/m,
		instead: sending,
	},
	{
		name: 'IIS',
		pattern: /^[ \t]*<(?:system\.applicationHost|system\.webServer)\b/m,
		instead: `${byPort}; its versions are those of the machine; read them with tlsprobe windows --role server`,
	},
	{name: 'Tomcat', pattern: /^[ \t]*<(?:Connector|SSLHostConfig)\b/m, instead: byPort},
	{
		name: 'Squid',
		pattern: /^(?:https?_port|tls_outgoing_options|sslcrtd_program|http_access)[ \t]+\S/m,
		instead: byPort,
	},
	{name: 'Hitch', pattern: /^[ \t]*(?:tls-protos|pem-file)[ \t]*=/m, instead: byPort},
	{name: 'Pound', pattern: /^[ \t]*ListenHTTPS\b/im, instead: byPort},
	{
		name: 'OpenLDAP',
		pattern: /^(?:olcTLS\w+:|TLS(?:ProtocolMin|CertificateFile|CACertificateFile|CipherSuite)[ \t])/im,
		instead: 'tlsprobe HOST:636, or tlsprobe --starttls ldap HOST:389',
	},
	{
		name: 'MySQL or MariaDB',
		pattern: /^(?:\[(?:mysqld|mariadb|client-server)\]|(?:tls_version|require_secure_transport|innodb_\w+|default-storage-engine)[ \t]*=)/m,
		instead: 'tlsprobe --starttls mysql HOST:3306',
	},
	{
		name: 'PostgreSQL',
		pattern: /^[ \t]*(?:ssl_(?:min|max)_protocol_version|shared_buffers|max_wal_size)[ \t]*=/m,
		instead: 'tlsprobe --starttls postgres HOST:5432',
	},
	{name: 'Mosquitto', pattern: /^(?:listener[ \t]+\d+|tls_version[ \t]+tlsv1|allow_anonymous[ \t])/m, instead: 'tlsprobe HOST:8883'},
	{name: 'Redis', pattern: /^(?:tls-(?:port|protocols|cert-file|replication)|appendonly)[ \t]/m, instead: byPort},
	{name: 'xrdp', pattern: /^(?:security_layer|crypt_level)=|^\[(?:Xorg|Xvnc)\]/m, instead: 'tlsprobe --starttls rdp HOST:3389'},
	{
		name: 'Prosody',
		pattern: /^[ \t]*(?:VirtualHost[ \t]+"|modules_enabled[ \t]*=|c2s_require_encryption[ \t]*=)/m,
		instead: 'tlsprobe --starttls xmpp HOST:5222',
	},
	{
		name: 'InspIRCd',
		pattern: /^[ \t]*<(?:bind|sslprofile)[ \t]+\w+="/m,
		instead: 'tlsprobe HOST:6697, or tlsprobe --starttls irc HOST:6667',
	},
	{
		name: 'CUPS',
		pattern: /^(?:WebInterface|DefaultAuthType|SSLListen|SSLPort|ServerAlias|BrowseLocalProtocols)[ \t]/m,
		instead: 'tlsprobe HOST:631, or tlsprobe --starttls http HOST:631',
	},
	{name: 'RabbitMQ', pattern: /^(?:listeners\.ssl|ssl_options)\.\w+/m, instead: 'tlsprobe HOST:5671'},
];

/** What is decisive for a product that is read, whatever else is in the file. */
const ours =
	/^[ \t\uFEFF]*(?:SSLProtocol[ \t]|SSLEngine[ \t]|ssl_protocols[ \t]+(?!=)|worker_processes[ \t]|http[ \t]*\{|ssl-default-bind-\w+[ \t]|bind[ \t]+\S+[^\r\n]*[ \t]ssl\b|sslVersion(?:Min|Max)?[ \t]*=)/im;

export const recogniseForeign = (text: string): ForeignProduct | undefined =>
	ours.test(text) ? undefined : foreignProducts.find(({pattern}) => pattern.test(text));
