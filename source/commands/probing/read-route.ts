import type {RouteOptions} from '../../engine/route-options.js';
import type {Target} from '../../engine/target.js';
import {parseProxyProtocol, parseStartTls} from '../../transport/parse-route.js';
import {isExempt, readProxyVariables} from '../../transport/proxy/from-environment.js';
import {looksUp, parseProxy, redactUrls} from '../../transport/proxy/url.js';
import {type Context, UsageError} from '../command.js';
import type {ProbeFlags} from './probe-flags.js';

/** The flags that say what lies between. */
export type RouteFlags = Pick<ProbeFlags, 'proxy' | 'starttls' | 'proxyProtocol' | 'compareDirect' | 'hosts' | 'ipv4' | 'ipv6'>;

/**
What lies between this machine and TLS, by the flags.

@param targets - Those that are known by now; undefined where there may be others.
@throws {UsageError} For a value that means nothing; never with a password in it.
*/
export function readRoute(
	values: RouteFlags,
	context: Pick<Context, 'environment' | 'warn'>,
	targets?: readonly Target[] | undefined,
): RouteOptions {
	const proxy = readProxy(values.proxy, context);
	const hasProxyOfItsOwn = values.hosts.length > 0;
	if (values.compareDirect && values.proxy === undefined && !hasProxyOfItsOwn) {
		throw new UsageError('--compare-direct goes with --proxy: it shows what the proxy changes');
	}

	const isUsed = targets === undefined || targets.some(target => !proxy.isProxyExempt(target));
	if (proxy.proxy !== undefined && isUsed && looksUp(proxy.proxy) && (values.ipv4 || values.ipv6)) {
		throw new UsageError(
			`${values.ipv4 ? '-4' : '-6'} chooses among addresses that this machine looks up, but the proxy does that; use socks5:// or --resolve instead`,
		);
	}

	return {
		...proxy,
		comparesDirect: values.compareDirect ?? false,
		startTls: readStartTls(values.starttls),
		proxyProtocol: readProxyProtocol(values.proxyProtocol),
	};
}

function readProxy(
	text: string | undefined,
	{environment, warn}: Pick<Context, 'environment' | 'warn'>,
): Pick<RouteOptions, 'proxy' | 'isProxyExempt'> {
	if (text === undefined) {
		return {proxy: undefined, isProxyExempt: () => false};
	}

	if (text.toLowerCase() !== 'env') {
		return {proxy: readProxyUrl(text, '--proxy'), isProxyExempt: () => false};
	}

	const {proxy, noProxy} = readProxyVariables(environment);
	if (proxy === undefined) {
		warn('--proxy env: HTTPS_PROXY is not set, so targets are connected to directly\n');
		return {proxy: undefined, isProxyExempt: () => false};
	}

	// Elsewhere it may be given without a scheme.
	const url = /^[a-z][a-z\d+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
	return {proxy: readProxyUrl(url, '--proxy env: HTTPS_PROXY'), isProxyExempt: target => isExempt(noProxy, target)};
}

function readProxyUrl(text: string, where: string) {
	const parsed = parseProxy(text);
	if (parsed.kind === 'invalid') {
		throw new UsageError(`${where}: ${JSON.stringify(redactUrls(text))}: ${parsed.problem}`);
	}

	return parsed.proxy;
}

function readStartTls(text: string | undefined): RouteOptions['startTls'] {
	const parsed = text === undefined ? undefined : parseStartTls(text);
	if (parsed?.kind === 'invalid') {
		throw new UsageError(`--starttls: ${parsed.problem}`);
	}

	return parsed?.startTls;
}

function readProxyProtocol(text: string | undefined): RouteOptions['proxyProtocol'] {
	const version = text === undefined ? undefined : parseProxyProtocol(text);
	if (text !== undefined && version === undefined) {
		throw new UsageError(`--proxy-protocol takes 1 or 2, not ${JSON.stringify(text)}`);
	}

	return version;
}
