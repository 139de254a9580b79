import net from 'node:net';

/** An address and port, as most products write them; host is null for every address. */
export type ListenAddress = {readonly host: string | null; readonly port: number};

const everything: ReadonlySet<string> = new Set(['', '*', '0.0.0.0', '::', '[::]']);

/**
Read `443`, `*:443`, `:443`, `127.0.0.1:443`, `[::]:443`, `:::443`, `name:443`.

@param defaultPort - Where only a host is written.
@returns Undefined for anything else, such as a path of a Unix socket.
*/
export function readListenAddress(text: string, defaultPort?: number): ListenAddress | undefined {
	if (/^\d+$/.test(text)) {
		return checked(null, Number(text));
	}

	const {host, port} = /^(?<host>\[[^\]]*\]|.*?)(?::(?<port>\d+))?$/.exec(text)?.groups ?? {};
	if (host === undefined || /[\s/@$]/.test(text)) {
		return undefined;
	}

	const number = port === undefined ? defaultPort : Number(port);
	if (everything.has(host)) {
		return checked(null, number);
	}

	const address = host.replace(/^\[(.*)\]$/, '$1');
	const isHost = net.isIP(address) !== 0 || /^[\w.-]+$/.test(address);
	// `:::443` is the IPv6 wildcard without brackets.
	return isHost ? checked(address, number) : undefined;
}

const checked = (host: string | null, port: number | undefined): ListenAddress | undefined =>
	port !== undefined && port >= 1 && port <= 65_535 ? {host, port} : undefined;
