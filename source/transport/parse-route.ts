import {nearest} from '../bytes/nearest.js';
import {readProxyVariables} from './proxy/from-environment.js';
import {type ForwardProxy, parseProxy, redactUrls} from './proxy/url.js';
import type {ProxyProtocol} from './proxy-protocol.js';
import {type StartTlsName, startTlsNames} from './starttls/index.js';

/** What goes before TLS: a protocol's name, or the one that is usual on the port. */
export type StartTlsChoice = StartTlsName | 'auto';

export type ParsedStartTls =
	| {readonly kind: 'starttls'; readonly startTls: StartTlsChoice}
	| {readonly kind: 'invalid'; readonly problem: string};

/** What STARTTLS takes. */
export const startTlsChoices: readonly StartTlsChoice[] = ['auto', ...startTlsNames];

/** @returns What is wrong with it where it names no protocol. */
export function parseStartTls(text: string): ParsedStartTls {
	const startTls = startTlsChoices.find(name => name === text.trim().toLowerCase());
	if (startTls !== undefined) {
		return {kind: 'starttls', startTls};
	}

	const meant = nearest(text, startTlsChoices);
	const hint = meant === undefined ? `it is one of ${startTlsChoices.join(', ')}` : `did you mean ${meant}?`;
	return {kind: 'invalid', problem: `${JSON.stringify(text)} is not a protocol with STARTTLS; ${hint}`};
}

/** The version of the PROXY protocol's header: `1` or `2`. Undefined for anything else. */
export const parseProxyProtocol = (text: string): ProxyProtocol | undefined => (text === '1' ? 1 : text === '2' ? 2 : undefined);

/** What connections go through, and which targets do without it. */
export type ProxyChoice = {
	readonly proxy: ForwardProxy | undefined;
	/** In the words of NO_PROXY; empty for none. */
	readonly noProxy: string;
};

export type ParsedProxyChoice =
	| {
			readonly kind: 'proxy';
			readonly choice: ProxyChoice /** Whether the environment was to name a proxy, and names none. */;
			readonly isUnset: boolean;
	  }
	| {
			readonly kind: 'invalid' /** Without its login. */;
			readonly url: string;
			readonly problem: string;
			readonly isFromEnvironment: boolean;
	  };

/**
A proxy by its URL, or `env` for the one that the environment names in HTTPS_PROXY, with the targets that NO_PROXY exempts.

@returns What is wrong with it where it is none.
*/
export function parseProxyChoice(text: string, environment: Readonly<Record<string, string | undefined>>): ParsedProxyChoice {
	const isFromEnvironment = text.toLowerCase() === 'env';
	if (!isFromEnvironment) {
		return chooseProxy(text, '', isFromEnvironment);
	}

	const {proxy, noProxy} = readProxyVariables(environment);
	if (proxy === undefined) {
		return {kind: 'proxy', choice: {proxy: undefined, noProxy: ''}, isUnset: true};
	}

	// Elsewhere it may be given without a scheme.
	const url = /^[a-z][a-z\d+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
	return chooseProxy(url, noProxy, isFromEnvironment);
}

function chooseProxy(url: string, noProxy: string, isFromEnvironment: boolean): ParsedProxyChoice {
	const parsed = parseProxy(url);
	return parsed.kind === 'invalid'
		? {kind: 'invalid', url: redactUrls(url), problem: parsed.problem, isFromEnvironment}
		: {kind: 'proxy', choice: {proxy: parsed.proxy, noProxy}, isUnset: false};
}

/** What one target alone says of the way to it, in place of what holds for all. A field that is there and undefined takes away what holds. */
export type RouteChange = {
	readonly proxy?: ForwardProxy | undefined;
	readonly noProxy?: string;
	readonly startTls?: StartTlsChoice | undefined;
};

/**
Parse what a row of a list says of one target alone; `none` does without what holds for all.

@returns What is wrong with it, if anything, with the name of its column.
*/
export function parseRouteChange(texts: {readonly proxy?: string; readonly starttls?: string}): RouteChange | string {
	const startTls = texts.starttls === undefined || texts.starttls === 'none' ? undefined : parseStartTls(texts.starttls);
	if (startTls?.kind === 'invalid') {
		return `starttls: ${startTls.problem}`;
	}

	const proxy = texts.proxy === undefined || texts.proxy === 'none' ? undefined : parseProxy(texts.proxy);
	if (proxy?.kind === 'invalid') {
		return `proxy: ${proxy.problem}`;
	}

	return {
		...(texts.starttls === undefined ? {} : {startTls: startTls?.startTls}),
		...(texts.proxy === undefined ? {} : {proxy: proxy?.proxy, noProxy: ''}),
	};
}
