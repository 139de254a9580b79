import type {ProbeOptions} from '../../engine/probe-options.js';
import type {Target} from '../../engine/target.js';
import {isExempt, readProxyVariables} from '../../transport/proxy/from-environment.js';
import {looksUp, parseProxy, redactUrls} from '../../transport/proxy/url.js';
import {startTlsNames} from '../../transport/starttls/index.js';
import {type Context, UsageError} from '../command.js';
import {nearest} from '../nearest.js';
import type {ProbeFlags} from './probe-flags.js';

export type RouteOptions = Pick<ProbeOptions, 'proxy' | 'isProxyExempt' | 'comparesDirect' | 'startTls' | 'proxyProtocol'>;

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

type ParsedStartTls =
	| {readonly kind: 'starttls'; readonly startTls: NonNullable<RouteOptions['startTls']>}
	| {readonly kind: 'invalid'; readonly problem: string};

/** @returns What is wrong with it where it names no protocol. */
export function parseStartTls(text: string): ParsedStartTls {
	const names = ['auto', ...startTlsNames] as const;
	const startTls = names.find(name => name === text.trim().toLowerCase());
	if (startTls !== undefined) {
		return {kind: 'starttls', startTls};
	}

	const meant = nearest(text, names);
	const hint = meant === undefined ? `it is one of ${names.join(', ')}` : `did you mean ${meant}?`;
	return {kind: 'invalid', problem: `${JSON.stringify(text)} is no protocol with STARTTLS; ${hint}`};
}

function readProxyProtocol(text: string | undefined): RouteOptions['proxyProtocol'] {
	switch (text) {
		case undefined:
			return undefined;
		case '1':
			return 1;
		case '2':
			return 2;
		default:
			throw new UsageError(`--proxy-protocol takes 1 or 2, not ${JSON.stringify(text)}`);
	}
}

/**
What a list says of one target alone; `none` does without what holds for all.

@returns What is wrong with it, if anything.
*/
export function routeOfRow(overrides: {readonly proxy?: string; readonly starttls?: string}): Partial<RouteOptions> | string {
	const startTls = overrides.starttls === undefined || overrides.starttls === 'none' ? undefined : parseStartTls(overrides.starttls);
	if (startTls?.kind === 'invalid') {
		return `starttls: ${startTls.problem}`;
	}

	const proxy = overrides.proxy === undefined || overrides.proxy === 'none' ? undefined : parseProxy(overrides.proxy);
	if (proxy?.kind === 'invalid') {
		return `proxy: ${proxy.problem}`;
	}

	return {
		...(overrides.starttls === undefined ? {} : {startTls: startTls?.startTls}),
		...(overrides.proxy === undefined ? {} : {proxy: proxy?.proxy, isProxyExempt: () => false}),
	};
}
