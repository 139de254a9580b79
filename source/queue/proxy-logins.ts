import {type ForwardProxy, parseProxy} from '../transport/proxy/url.js';

/** The variable with the URLs of proxies and their logins, separated by white space. */
export const proxyLoginsVariable = 'TLSPROBE_PROXY_LOGINS';

/** Adds the login to a proxy that has one on this machine. */
export type AddLogin = (proxy: ForwardProxy) => ForwardProxy;

/**
The logins of proxies that the environment holds. Jobs have none.

@returns What is wrong with the variable, without secrets, as a text.
*/
export function readProxyLogins(environment: Readonly<Record<string, string | undefined>>): AddLogin | string {
	const texts = (environment[proxyLoginsVariable] ?? '').split(/\s+/).filter(text => text !== '');
	const parsed = texts.map(text => parseProxy(text));
	const invalid = parsed.findIndex(({kind}) => kind === 'invalid');
	const problem = parsed[invalid];
	if (problem?.kind === 'invalid') {
		return `${proxyLoginsVariable}: URL ${invalid + 1}: ${problem.problem}`;
	}

	const known = parsed.flatMap(item => (item.kind === 'proxy' ? [item.proxy] : []));
	return proxy =>
		known.find(({protocol, host, port}) => protocol === proxy.protocol && host === proxy.host && port === proxy.port) ?? proxy;
}
