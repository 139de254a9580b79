import {askNameServers} from './ask-name-servers.js';
import {codeOf} from './connection.js';

/** A host that takes the mail of a domain; `preference` is undefined where the domain has no MX record and is that host itself. RFC 5321 §5.1. */
export type MailExchanger = {readonly host: string; readonly preference?: number | undefined};

export type ResolvedExchangers =
	/** The most preferred one first. */
	| {readonly kind: 'exchangers'; readonly exchangers: readonly MailExchanger[]}
	| {readonly kind: 'failed'; readonly reason: 'name-lookup-failed' | 'no-mail-server'; readonly code: string};

/** Finds the hosts that take the mail of a domain. Never rejects. */
export type ExchangerResolver = (domain: string, timeoutMs: number, signal?: AbortSignal) => Promise<ResolvedExchangers>;

/** More than this is no domain's, but an answer that is made to keep us busy. */
const mostExchangers = 32;

/** Codes of a name server that was asked and knows no such record. */
const notThere: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA']);

/**
Look up MX records.

@param servers - `ADDRESS`, `ADDRESS:PORT` or `[IPv6]:PORT`; empty for those of the system.
*/
export const exchangerResolver =
	(servers: readonly string[]): ExchangerResolver =>
	(domain, timeoutMs, signal) =>
		askNameServers<ResolvedExchangers>({servers, timeoutMs, signal}, (resolver, finish, fail) =>
			resolver.resolveMx(domain, (error, records) => {
				if (error === null) {
					finish(exchangersOf(records.map(({exchange, priority}) => ({host: exchange, preference: priority}))));
				} else if (notThere.has(codeOf(error))) {
					finish({kind: 'exchangers', exchangers: [{host: domain}]});
				} else {
					fail(codeOf(error));
				}
			}),
		);

/** A record whose host is the root says that the domain takes no mail. RFC 7505 §3. */
function exchangersOf(records: readonly (MailExchanger & {readonly preference: number})[]): ResolvedExchangers {
	const named = records.filter(({host}) => host !== '' && host !== '.').toSorted((one, other) => one.preference - other.preference);
	const unique = named.filter(({host}, index) => named.findIndex(other => other.host.toLowerCase() === host.toLowerCase()) === index);
	return unique.length === 0
		? {kind: 'failed', reason: 'no-mail-server', code: 'the domain does not accept mail (null MX)'}
		: {kind: 'exchangers', exchangers: unique.slice(0, mostExchangers)};
}
