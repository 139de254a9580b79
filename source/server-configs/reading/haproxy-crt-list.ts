import {certificateNames} from './certificate-names.js';
import {type BindOption, readBindOptions} from './haproxy-bind-options.js';

/** A line of a `crt-list`: a certificate, what holds for it alone, and the names that it is for. */
export type CrtListEntry = {
	/** Undefined where it has no brackets: then the bind line holds. */
	readonly options: readonly BindOption[] | undefined;
	/** Whether it is marked as one that answers where no name, or an unknown one, is asked for. HAProxy 3.0 and later. */
	readonly isDefault: boolean;
	/** Names to ask for: `any.example.com` for `*.example.com`. */
	readonly names: readonly string[];
	/** Undefined where it cannot be read. */
	readonly keyType: string | undefined;
	/** Why its names are not known. */
	readonly problem: string | undefined;
	/** `list.txt:3: cert.pem [ssl-min-ver TLSv1.3]`. */
	readonly statedAt: string;
};

/** https://docs.haproxy.org/2.6/configuration.html#5.1-crt-list */
export function readCertificateList(file: string, text: string, readPem: (name: string) => string | undefined): CrtListEntry[] {
	return text.split(/\r?\n/).flatMap((line, index): CrtListEntry[] => {
		const [, certificate, inBrackets, rest] = /^\s*([^\s#[]\S*)(?:\s+\[([^\]]*)\])?\s*(.*)$/.exec(line) ?? [];
		if (certificate === undefined) {
			return [];
		}

		const pem = readPem(certificate);
		const own = certificateNames(pem);
		const filters = rest!.split(/\s+/).filter(Boolean);
		const options = inBrackets === undefined ? undefined : readBindOptions(inBrackets.split(/\s+/).filter(Boolean));
		const names = askable(filters, own?.names ?? []);
		return [
			{
				options,
				isDefault: filters.includes('*'),
				names,
				keyType: own?.keyType,
				problem: own === undefined && filters.every(filter => filter.startsWith('!')) ? `${certificate} cannot be read` : undefined,
				statedAt: `${file}:${index + 1}: ${certificate}${inBrackets === undefined ? '' : ` [${inBrackets.trim()}]`}`,
			},
		];
	});
}

/** Those that filters name, or else the certificate's own; without what is excluded. */
function askable(filters: readonly string[], own: readonly string[]): string[] {
	const excluded = filters.filter(filter => filter.startsWith('!')).map(filter => filter.slice(1).toLowerCase());
	const wanted = filters.filter(filter => !filter.startsWith('!'));
	const names = (wanted.length > 0 ? wanted : excluded.includes('*') ? [] : own).map(name => name.toLowerCase());
	return names
		.filter(name => !excluded.includes(name))
		.map(name => name.replace(/^\*\./, 'any.'))
		.filter(name => /^[\w-]+(?:\.[\w-]+)+$/.test(name) && !excluded.includes(name));
}
