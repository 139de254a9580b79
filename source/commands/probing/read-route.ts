import type {RouteOptions} from '../../engine/route-options.js';
import type {Target} from '../../engine/target.js';
import {type ProxyChoice, parseProxyChoice, parseProxyProtocol, parseStartTls} from '../../transport/parse-route.js';
import {isExempt} from '../../transport/proxy/from-environment.js';
import {looksUp} from '../../transport/proxy/url.js';
import {type Context, UsageError} from '../command.js';
import type {ProbeFlags} from './probe-flags.js';

/** The flags that say what lies between, as far as a command has them. */
export type RouteFlags = Partial<Pick<ProbeFlags, 'proxy' | 'starttls' | 'proxyProtocol' | 'compareDirect' | 'hosts' | 'ipv4' | 'ipv6'>>;

/**
What lies between this machine and TLS, by the flags.

@param targets - Those that are known by now; undefined where there may be others.
@throws {UsageError} For a value that means nothing; never with a password in it.
*/
export function readRoute(
	{proxy: text, starttls, proxyProtocol, compareDirect = false, hosts = [], ipv4, ipv6}: RouteFlags,
	context: Pick<Context, 'environment' | 'warn'>,
	targets?: readonly Target[] | undefined,
): RouteOptions {
	const proxy = text === undefined ? direct : readProxy(text, context);
	// The rows of a list may name proxies.
	if (compareDirect && text === undefined && hosts.length === 0) {
		throw new UsageError('--compare-direct goes with --proxy: it shows what the proxy changes');
	}

	const isUsed = targets === undefined || targets.some(target => !isExempt(proxy.noProxy, target));
	if (proxy.proxy !== undefined && isUsed && looksUp(proxy.proxy) && (ipv4 || ipv6)) {
		throw new UsageError(
			`${ipv4 ? '-4' : '-6'} chooses among addresses that this machine resolves, but the proxy resolves them; use socks5:// or --resolve instead`,
		);
	}

	return {
		...proxy,
		comparesDirect: compareDirect,
		startTls: starttls === undefined ? undefined : readStartTls(starttls),
		proxyProtocol: proxyProtocol === undefined ? undefined : readProxyProtocol(proxyProtocol),
	};
}

const direct: ProxyChoice = {proxy: undefined, noProxy: ''};

/**
The proxy of `--proxy`: a URL, or `env`.

@throws {UsageError} For what is none; never with a password in it.
*/
export function readProxy(text: string, {environment, warn}: Pick<Context, 'environment' | 'warn'>): ProxyChoice {
	const parsed = parseProxyChoice(text, environment);
	if (parsed.kind === 'invalid') {
		throw new UsageError(
			`${parsed.isFromEnvironment ? '--proxy env: HTTPS_PROXY' : '--proxy'}: ${JSON.stringify(parsed.url)}: ${parsed.problem}`,
		);
	}

	if (parsed.isUnset) {
		warn('--proxy env: HTTPS_PROXY is not set, so targets are connected to directly\n');
	}

	return parsed.choice;
}

function readStartTls(text: string): RouteOptions['startTls'] {
	const parsed = parseStartTls(text);
	if (parsed.kind === 'invalid') {
		throw new UsageError(`--starttls: ${parsed.problem}`);
	}

	return parsed.startTls;
}

function readProxyProtocol(text: string): RouteOptions['proxyProtocol'] {
	const version = parseProxyProtocol(text);
	if (version === undefined) {
		throw new UsageError(`--proxy-protocol takes 1 or 2, not ${JSON.stringify(text)}`);
	}

	return version;
}
