/** `:8000-8010` is a port each. A range of too many ports stays as it is. */
export function eachPort(address: string): string[] {
	const [, host, first, last] = /^(.*:|)(\d{1,5})-(\d{1,5})$/.exec(address) ?? [];
	const count = Number(last) - Number(first) + 1;
	return host === undefined || !(count >= 1 && count <= mostPorts)
		? [address]
		: Array.from({length: count}, (_, index) => `${host}${Number(first) + index}`);
}

/** More of a range are left out, and named as one. */
const mostPorts = 256;
