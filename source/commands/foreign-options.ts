/** Options of curl, openssl, nmap, testssl.sh, sslyze, sslscan and others, and what does the same here. The first of `flags` that a command has is named. */
type Foreign = {readonly words: readonly string[]; readonly flags?: readonly string[]; readonly hint: string};

const foreign: readonly Foreign[] = [
	{words: ['sni', 'sni-name', 'server-name', 'hostname'], flags: ['servername'], hint: 'to set the server name there is --servername NAME'},
	{words: ['noservername', 'no-sni'], flags: ['servername'], hint: 'to send no name there is --no-servername'},
	{words: ['p', 'port', 'ports'], hint: 'the port follows the host: HOST:PORT'},
	{words: ['connect', 'host', 'url', 'target', 'u'], hint: 'name the host without an option: tlsprobe HOST:PORT'},
	{words: ['cacert', 'capath', 'CAfile', 'CApath'], flags: ['ca'], hint: 'a file of trusted authorities is --ca FILE'},
	{
		words: ['k', 'insecure', 'no-check-certificate', 'no-verify', 'skip-verify', 'verify', 'cacert', 'capath', 'ca', 'CAfile', 'CApath'],
		hint: 'leave it out: certificates do not have to be trusted',
	},
	{
		words: ['v', 'vv', 'vvv', 'verbose', 'debug', 'msg', 'trace', 'trace-ascii'],
		flags: ['explain'],
		hint: '--explain shows every message field by field, and --json --evidence the bytes; the version is --version',
	},
	{words: ['v'], hint: 'the version is --version'},
	{words: ['q', 's', 'silent', 'quiet'], flags: ['quiet'], hint: 'to print only the result there is --quiet'},
	{words: ['q', 's', 'silent', 'quiet'], hint: 'this command prints only its result'},
	{
		words: ['iL', 'i', 'f', 'file', 'list', 'l', 'targets', 'targets_in', 'targets-in', 'input-file', 'hosts-file'],
		flags: ['hosts'],
		hint: 'to read a list of hosts there is --hosts FILE',
	},
	{
		words: [
			'tls1',
			'tls1_1',
			'tls1_2',
			'tls1_3',
			'tlsv1',
			'tlsv1.0',
			'tlsv1.1',
			'tlsv1.2',
			'tlsv1.3',
			'tls-max',
			'ssl2',
			'ssl3',
			'sslv2',
			'sslv3',
		],
		flags: ['versions'],
		hint: 'to choose versions there is --versions LIST, such as --versions 1.2',
	},
	{
		words: ['no_tls1', 'no_tls1_1', 'no_tls1_2', 'no_tls1_3', 'no_ssl3'],
		flags: ['versions'],
		hint: 'to choose versions there is --versions LIST',
	},
	{
		words: ['x', 'socks5', 'socks5-hostname', 'preproxy'],
		flags: ['proxy'],
		hint: 'to use a proxy there is --proxy URL, such as socks5://127.0.0.1:1080',
	},
	{
		words: ['connect-timeout', 'connect_timeout', 'socket-timeout', 'm', 'w'],
		flags: ['timeout'],
		hint: 'the limit for an answer is --timeout TIME',
	},
	{words: ['host-timeout'], flags: ['deadline'], hint: 'the limit for a target is --deadline TIME'},
	{words: ['max-retries', 'retry'], flags: ['retries'], hint: 'the number of retries is --retries N'},
	{words: ['max-rate', 'min-rate', 'scan-delay', 'rate-limit'], flags: ['rate'], hint: 'to limit connections per second there is --rate N'},
	{
		words: ['j', 'jobs', 'threads', 'parallel', 'max-parallel', 'T'],
		flags: ['concurrency'],
		hint: 'to limit parallel targets there is --concurrency N',
	},
	{words: ['dns-servers', 'resolver', 'nameserver'], flags: ['dns'], hint: 'to choose a name server there is --dns ADDRESS'},
	{words: ['ip'], flags: ['resolve'], hint: 'to set the address there is --resolve HOST:PORT:ADDRESS'},
	{words: ['fail-fast', 'failfast', 'exitfirst', 'fail-early'], flags: ['bail'], hint: 'to stop at the first failure there is --bail'},
	{
		words: ['oJ', 'oX', 'oG', 'oN', 'oA', 'json_out', 'json-out', 'jsonfile', 'csvfile', 'htmlfile', 'logfile', 'xml', 'log'],
		flags: ['output'],
		hint: 'to write results to a file there is --output FILE, such as results.jsonl, .csv or .html',
	},
	{
		words: ['csv', 'html', 'junit', 'sarif', 'markdown', 'jsonl', 'table'],
		flags: ['format'],
		hint: 'to choose the output format there is --format NAME',
	},
	{words: ['cert', 'key', 'E', 'client-cert'], hint: 'client certificates are not supported'},
];

/**
What to write instead of an option that another tool has.

@param name - Without its dashes.
@param isKnown - Whether the command has a flag.
*/
export function hintFor(name: string, isKnown: (flag: string) => boolean): string | undefined {
	const startTls = /^(?:starttls|xmpp)-(?<protocol>[a-z\d-]+)$/.exec(name)?.groups?.protocol;
	if (startTls !== undefined && isKnown('starttls')) {
		return `write --starttls ${startTls}`;
	}

	return foreign.find(({words, flags}) => words.includes(name) && (flags === undefined || flags.some(isKnown)))?.hint;
}
