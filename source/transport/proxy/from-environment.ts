import {BlockList, isIP} from 'node:net';

/** The parts of a target that proxy rules use. */
type Place = {readonly host: string; readonly port: number};

/**
Whether `NO_PROXY` says to connect directly: names with all that is below them (`example.com`, `.example.com`, `*.example.com`),
addresses, CIDR blocks, patterns (`127.*`, `web-*`), each perhaps with a port, separated by commas, semicolons or spaces; `*` stands for everything, and
`<local>`, as Windows writes it, for names without a dot.
*/
export function isExempt(noProxy: string, {host, port}: Place): boolean {
	return noProxy
		.split(/[\s,;]+/)
		.filter(item => item !== '')
		.some(item => matches(item.toLowerCase(), host, port));
}

function matches(item: string, host: string, port: number): boolean {
	if (item === '*') {
		return true;
	}

	if (item === '<local>') {
		return !host.includes('.') && isIP(host) === 0;
	}

	const {bracketed, plain, itemPort} =
		/^(?:\[(?<bracketed>[^\]]*)\]|(?<plain>[^:]*))(?::(?<itemPort>\d+))?$/.exec(item.replace(/^https?:\/\//, ''))?.groups ?? {};
	const place = bracketed ?? plain ?? item;
	if (itemPort !== undefined && Number(itemPort) !== port) {
		return false;
	}

	const family = isIP(host);
	if (place.replace(/^\*\./, '').includes('*')) {
		return fits(place.split('*'), host);
	}

	if (family !== 0) {
		return isIn(place, host, family === 4 ? 'ipv4' : 'ipv6');
	}

	const name = place.replace(/^\*?\./, '').replace(/\.$/, '');
	return name !== '' && (host === name || host.endsWith(`.${name}`));
}

/** Whether a text begins with the first part, ends with the last part, and contains the others in between, in that order. */
function fits(parts: readonly string[], text: string): boolean {
	const [first = '', last = ''] = [parts[0], parts.at(-1)];
	let end = first.length;
	for (const part of parts.slice(1, -1)) {
		const start = text.indexOf(part, end);
		if (start === -1) {
			return false;
		}

		end = start + part.length;
	}

	return text.startsWith(first) && text.endsWith(last) && end + last.length <= text.length;
}

function isIn(place: string, address: string, family: 'ipv4' | 'ipv6'): boolean {
	const [network = '', bits] = place.split('/');
	const own = isIP(network) === 4 ? 'ipv4' : 'ipv6';
	const most = own === 'ipv4' ? 32 : 128;
	const prefix = bits === undefined ? most : Number(bits);
	if (isIP(network) === 0 || own !== family || !Number.isInteger(prefix) || prefix < 0 || prefix > most) {
		return false;
	}

	const list = new BlockList();
	list.addSubnet(network, prefix, own);
	return list.check(address, family);
}

/** The environment's proxy settings for TLS. Lower-case names take precedence, as in other programs. An empty value counts as not set. */
export function readProxyVariables(environment: Readonly<Record<string, string | undefined>>): {
	readonly proxy: string | undefined;
	readonly noProxy: string;
} {
	return {
		proxy: environment.https_proxy || environment.HTTPS_PROXY || undefined,
		noProxy: environment.no_proxy || environment.NO_PROXY || '',
	};
}
