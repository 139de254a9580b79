import type {Report} from './report.js';

/** The place of the parts of probes. Each has its own field, and is not named here. */
const partsOfProbes = Symbol('parts of probes');

/** The fields of a report in the order of the format. */
const fields = [
	...(['target', 'host', 'port', 'address', 'serverName', 'proxy', 'starttls', 'proxyProtocol', 'alpn', 'asked', 'versions'] as const),
	partsOfProbes,
	...(['verdict', 'reason', 'problem', 'skippedProbes', 'withoutServerName', 'certificate', 'inspection', 'direct', 'mx', 'from'] as const),
	...(['addressCount', 'position', 'given', 'source', 'columns', 'name', 'judgements', 'startedAt', 'durationMs', 'toolVersion'] as const),
] as const satisfies readonly (keyof Report | typeof partsOfProbes)[];

type Named = Exclude<(typeof fields)[number], symbol>;

/** The compiler refuses this where a field of a report has no place. */
type Unnamed = Exclude<keyof Report, Named>;
const named: ReadonlySet<string> = new Set<string>(
	fields.filter(field => field !== partsOfProbes) satisfies Unnamed extends never ? Named[] : never,
);

const place = fields.indexOf(partsOfProbes);
const before = fields.slice(0, place) as readonly string[];
const after = fields.slice(place + 1) as readonly string[];

/** A report in the order of the format, whatever the order of what it is made from. What is undefined is left out. */
export function writeReport(from: Report): Report {
	const source = from as Readonly<Record<string, unknown>>;
	const report: Record<string, unknown> = {};
	copyFields(before, source, report);
	copyParts(source, report);
	copyFields(after, source, report);
	return report as Report;
}

function copyFields(names: readonly string[], source: Readonly<Record<string, unknown>>, report: Record<string, unknown>): void {
	for (const name of names) {
		const value = source[name];
		if (value !== undefined) {
			report[name] = value;
		}
	}
}

function copyParts(source: Readonly<Record<string, unknown>>, report: Record<string, unknown>): void {
	for (const field in source) {
		if (!named.has(field) && source[field] !== undefined) {
			report[field] = source[field];
		}
	}
}
