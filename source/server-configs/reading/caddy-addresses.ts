import net from 'node:net';
import {bracketed} from '../../bytes/bracketed.js';
import type {ListenAddress} from './listen-address.js';

/** A site's address: `https://example.com:8443/path`, each part but one being optional. */
export type SiteAddress = {readonly scheme: string; readonly host: string; readonly port: string; readonly place: string};

/** @returns Undefined for what is no address. */
export function readSiteAddress(text: string, place: string): SiteAddress | undefined {
	const {scheme = '', rest = ''} = /^(?:(?<scheme>[a-z]+):\/\/)?(?<rest>[^/]*)/i.exec(text)?.groups ?? {};
	const {host, port = ''} = /^(?<host>\[[^\]]*\]|[^:]*)(?::(?<port>\d*))?$/.exec(rest)?.groups ?? {};
	return host === undefined ? undefined : {scheme: scheme.toLowerCase(), host: host.replace(/^\[(.*)\]$/, '$1').toLowerCase(), port, place};
}

/** Where a `bind` leads to: null for every address, undefined for what is no IP address, such as a Unix socket. */
export function readBind(text: string): string | null | undefined {
	const host = text.replace(/^tcp[46]?\//, '').replace(/^\[(.*)\]$/, '$1');
	if (host === '' || host === '0.0.0.0' || host === '::') {
		return null;
	}

	return net.isIP(host) !== 0 || /^[\w-]+(?:\.[\w-]+)*$/.test(host) ? host : undefined;
}

/** An address of Caddy's JSON, which may have several ports: `tcp/127.0.0.1:8000-8010`. Undefined for what has none. */
export function readListen(text: string): {readonly host: string | null; readonly first: number; readonly last: number} | undefined {
	const {host, first, last} = /^(?:tcp[46]?\/)?(?<host>.*):(?<first>\d+)(?:-(?<last>\d+))?$/.exec(text)?.groups ?? {};
	const bound = host === undefined ? undefined : readBind(host);
	const [from, to] = [Number(first), Number(last ?? first)];
	return bound === undefined || from < 1 || to > 65_535 || from > to ? undefined : {host: bound, first: from, last: to};
}

/** A separate text for each address, as the names of options have them. */
export const listenText = ({host, port}: ListenAddress): string => `${host === null ? '' : bracketed(host)}:${port}`;

/** `{env.NAME}` is replaced when Caddy starts; what is not set here is not known. */
export const withEnvironment = (text: string, environment: Readonly<Record<string, string | undefined>>): string =>
	text.replaceAll(/\{env\.([^{}]+)\}/g, (written, name: string) => environment[name] ?? written);
