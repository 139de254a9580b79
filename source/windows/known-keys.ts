import {fullKey} from './registry-file/value.js';
import {algorithms, schannelKey} from './rules/algorithms.js';
import {protocolNames} from './rules/protocol-states.js';
import {localSuitesKey, policySuitesKey} from './rules/suites.js';

/** A key that Windows or .NET reads, and its values by their names. */
export type KnownKey = {
	/** With its hive spelled out. */
	readonly path: string;
	/** What decides about clients. */
	readonly values: readonly string[];
	/** What stands there too, and decides nothing here. */
	readonly others: readonly string[];
};

const known = (path: string, values: readonly string[], others: readonly string[] = []): KnownKey => ({
	path: fullKey(path)!,
	values,
	others,
});

const strong = 'SchUseStrongCrypto';
const systemDefault = 'SystemDefaultTlsVersions';
const lengths = ['ClientMinKeyBitLength', 'ClientMaxKeyBitLength'];
const policies = 'SOFTWARE\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';
const internetSettings = 'Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';

/** Newest first: where several are equally near to what was written, the first is meant. */
const protocols = [...Object.values(protocolNames).toReversed(), 'DTLS 1.2', 'DTLS 1.0', 'PCT 1.0', 'Multi-Protocol Unified Hello'];
const tls12First = ['TLS 1.2', ...protocols.filter(name => name !== 'TLS 1.2')];

/** Every key that decides what a client offers. */
export const knownKeys: readonly KnownKey[] = [
	...['Client', 'Server'].flatMap(side =>
		tls12First.map(name => known(`${schannelKey}\\Protocols\\${name}\\${side}`, ['Enabled', 'DisabledByDefault'])),
	),
	...algorithms.map(({key}) =>
		known(`${schannelKey}\\${key}`, key.startsWith('Key') ? ['Enabled', ...lengths] : ['Enabled'], ['ServerMinKeyBitLength']),
	),
	...['', 'WOW6432Node\\'].flatMap(view => [
		known(`HKLM\\SOFTWARE\\${view}Microsoft\\.NETFramework\\v4.0.30319`, [systemDefault, strong]),
		known(`HKLM\\SOFTWARE\\${view}Microsoft\\.NETFramework\\v2.0.50727`, [systemDefault, strong]),
		known(`HKLM\\SOFTWARE\\${view}Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp`, ['DefaultSecureProtocols']),
	]),
	known(`HKCU\\${internetSettings}`, ['SecureProtocols']),
	known(`HKCU\\${policies}`, ['SecureProtocols']),
	known(`HKLM\\${policies}`, ['SecureProtocols']),
	known(policySuitesKey, ['Functions']),
	known(localSuitesKey, ['Functions']),
];

/** Keys where SecureProtocols is in its place too, though it is not looked at here. */
export const otherInternetSettings: ReadonlySet<string> = new Set(
	[
		`HKLM\\${internetSettings}`,
		'HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Internet Settings',
		'HKLM\\SOFTWARE\\WOW6432Node\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings',
	].map(path => fullKey(path)!.toLowerCase()),
);

export const knownByPath: ReadonlyMap<string, KnownKey> = new Map(knownKeys.map(item => [item.path.toLowerCase(), item]));

/** Whether a path is that of a known key or of one above it; any control set counts. */
export const isKnownPath = (path: string): boolean =>
	knownPaths.has(path.toLowerCase().replace(/\\controlset\d{3}(?=\\|$)/, '\\currentcontrolset'));

const knownPaths: ReadonlySet<string> = new Set(
	knownKeys.flatMap(({path}) => {
		const segments = path.toLowerCase().split('\\');
		return segments.map((_, index) => segments.slice(0, index + 1).join('\\'));
	}),
);
