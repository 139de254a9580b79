import {InputError} from '../bytes/input-error.js';
import type {Report} from '../engine/report.js';
import type {RouteOptions} from '../engine/route-options.js';
import {type ForwardProxy, parseProxy, proxyLabel} from '../transport/proxy/url.js';
import {startTlsNames} from '../transport/starttls/index.js';

/** Proxies that the user gave, with what results do not hold: their passwords. */
export type KnownProxies = ReadonlyMap<string, ForwardProxy>;

/** By the name that results have for them. */
export const knownProxies = (proxies: readonly ForwardProxy[]): KnownProxies => new Map(proxies.map(proxy => [proxyLabel(proxy), proxy]));

type Way = Pick<Report, 'target' | 'proxy' | 'starttls' | 'proxyProtocol' | 'direct'>;

/**
The way by which a result was had, to go once more.

@throws {InputError} Where a proxy wanted a password that was not given, or for a way that there is none of.
*/
export function recordedRoute({target, proxy, starttls, proxyProtocol, direct}: Way, known: KnownProxies): RouteOptions {
	const startTls = startTlsNames.find(name => name === starttls);
	if (starttls !== undefined && startTls === undefined) {
		throw new InputError(
			`${target} was probed with STARTTLS of ${JSON.stringify(starttls)}, which is not one of ${startTlsNames.join(', ')}`,
		);
	}

	return {
		proxy: proxy === undefined ? undefined : proxyOf(target, proxy, known),
		noProxy: '',
		comparesDirect: proxy !== undefined && direct !== undefined,
		startTls,
		proxyProtocol,
	};
}

function proxyOf(target: string, label: string, known: KnownProxies): ForwardProxy {
	const given = known.get(label);
	if (given !== undefined) {
		return given;
	}

	const parsed = parseProxy(label);
	if (parsed.kind === 'invalid') {
		throw new InputError(`${target} was reached through ${JSON.stringify(label)}: ${parsed.problem}`);
	}

	if (parsed.proxy.password === '***') {
		const withPassword = label.replace(':***@', ':PASSWORD@');
		throw new InputError(`${target} was reached through ${label}, whose password is not stored`, {
			hint: `set it again: --proxy ${withPassword}, or --proxy env with that URL in HTTPS_PROXY`,
		});
	}

	return parsed.proxy;
}
