/** A parameter of `bind`, of the brackets in a `crt-list`, of `ssl-f-use` or of `ssl-default-bind-options`. */
export type BindOption = {
	readonly name: string;
	readonly value: string | undefined;
	/** The value for a person: with the names of variables. */
	readonly written: string | undefined;
};

/** Parameters that have a value; the word behind them is no parameter, whatever it is. Up to HAProxy 3.5. */
const withValue: ReadonlySet<string> = new Set([
	'accept-netscaler-cip',
	'acme',
	'alias',
	'alpn',
	'backlog',
	'ca-file',
	'ca-ignore-err',
	'ca-sign-file',
	'ca-sign-pass',
	'ca-verify-file',
	'cc',
	'ciphers',
	'ciphersuites',
	'client-sigalgs',
	'crl-file',
	'crt',
	'crt-ignore-err',
	'crt-list',
	'curves',
	'default-crt',
	'domains',
	'ecdhe',
	'ech',
	'expose-fd',
	'gid',
	'group',
	'guid-prefix',
	'id',
	'idle-ping',
	'interface',
	'issuer',
	'key',
	'ktls',
	'label',
	'level',
	'maxconn',
	'mode',
	'mss',
	'name',
	'namespace',
	'nbconn',
	'nice',
	'npn',
	'ocsp',
	'ocsp-update',
	'process',
	'proto',
	'quic-cc-algo',
	'quic-socket',
	'sctl',
	'severity-output',
	'shards',
	'sigalgs',
	'ssl-max-ver',
	'ssl-min-ver',
	'tcp-md5sig',
	'tcp-ss',
	'tcp-ut',
	'thread',
	'tls-ticket-keys',
	'uid',
	'user',
	'verify',
]);

/**
@param written - As many words, for a person.

https://docs.haproxy.org/3.2/configuration.html#5.1
*/
export function readBindOptions(words: readonly string[], written: readonly string[] = words): BindOption[] {
	const options: BindOption[] = [];
	for (let at = 0; at < words.length; at++) {
		const name = words[at]!;
		const isPair = withValue.has(name);
		options.push({name, value: isPair ? words[at + 1] : undefined, written: isPair ? written[at + 1] : undefined});
		at += isPair ? 1 : 0;
	}

	return options;
}

export const hasOption = (options: readonly BindOption[], name: string): boolean => options.some(option => option.name === name);

export const lastOption = (options: readonly BindOption[], name: string): BindOption | undefined =>
	options.findLast(option => option.name === name);
