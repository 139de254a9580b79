import {isIP} from 'node:net';
import {bracketed} from '../bytes/bracketed.js';
import type {ExchangerResolver, MailExchanger, ResolvedExchangers} from '../transport/mail-exchangers.js';
import {parseTarget, type Target} from './target.js';

const [https, smtp] = [443, 25];

/** A mail server of a domain, as a target. */
export type MailServer = {readonly target: Target; readonly preference: number | undefined};

export type FoundMailServers =
	| {readonly kind: 'servers'; readonly servers: readonly [MailServer, ...MailServer[]]}
	| Extract<ResolvedExchangers, {kind: 'failed'}>;

/** A domain with the port of mail where none was named. */
export const mailTarget = ({host, port, target}: Target): Target =>
	port === https ? {host, port: smtp, target: target.replace(/:443$/, `:${smtp}`)} : {host, port, target};

/** The mail servers of a domain; an address is one itself. */
export async function findMailServers(
	{host, port}: Target,
	resolve: ExchangerResolver,
	timeoutMs: number,
	signal: AbortSignal | undefined,
): Promise<FoundMailServers> {
	const found = isIP(host) === 0 ? await resolve(host, timeoutMs, signal) : ({kind: 'exchangers', exchangers: [{host}]} as const);
	if (found.kind === 'failed') {
		return found;
	}

	const [first, ...others] = found.exchangers.flatMap(exchanger => serverOf(exchanger, port));
	return first === undefined
		? {kind: 'failed', reason: 'no-mail-server', code: 'its MX records name no host'}
		: {kind: 'servers', servers: [first, ...others]};
}

/** What a name server says may be no host name at all. */
function serverOf({host, preference}: MailExchanger, port: number): MailServer[] {
	const isPlain = isIP(host) !== 0 || /^[a-z\d_](?:[a-z\d._-]*[a-z\d_.])?$/i.test(host);
	const parsed = parseTarget(`${bracketed(host)}:${port}`);
	return !isPlain || parsed.kind === 'invalid' ? [] : [{target: parsed.target, preference}];
}
