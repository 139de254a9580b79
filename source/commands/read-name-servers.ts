import {isNameServer, lateNameServerResolver} from '../transport/late-name-server.js';
import type {ExchangerResolver} from '../transport/mail-exchangers.js';
import {type Resolver, systemResolver} from '../transport/resolve.js';
import {type Context, UsageError} from './command.js';

/**
Where names are looked up: at the name servers of `--dns`, or by the system where there is none. The hosts file counts first either way.

@throws {UsageError} For what is no address of a name server.
*/
export function readResolver(dns: readonly string[], context: Pick<Context, 'environment'>): Resolver {
	if (dns.length === 0) {
		return systemResolver;
	}

	return lateNameServerResolver({servers: dns.map(readServer), hostsFile: hostsFilePath(context)});
}

/**
Where the mail servers of domains are looked up: as above.

@throws {UsageError} For what is no address of a name server.
*/
export function readExchangerResolver(dns: readonly string[]): ExchangerResolver {
	const servers = dns.map(readServer);
	let made: Promise<ExchangerResolver> | undefined;
	return async (...question) => {
		made ??= import('../transport/mail-exchangers.js').then(({exchangerResolver}) => exchangerResolver(servers));
		return (await made)(...question);
	};
}

/** @throws {UsageError} For what is no address of a name server. */
export function readServer(text: string): string {
	if (!isNameServer(text)) {
		throw new UsageError(`--dns takes the address of a name server, such as 127.0.0.1 or 127.0.0.1:5353, not ${JSON.stringify(text)}`);
	}

	return text;
}

export const hostsFilePath = ({environment}: Pick<Context, 'environment'>): string =>
	environment.SystemRoot === undefined ? '/etc/hosts' : `${environment.SystemRoot}\\System32\\drivers\\etc\\hosts`;
