import type {Said} from './assess.js';

/** What one run on one configuration said. */
export type Run = {readonly product: string; readonly title: string; readonly round: number; readonly said: readonly Said[]};

const statuses = ['present', 'absent', 'not-applicable', 'inconclusive'] as const;

/** Counts, in lines of text: every status of every vulnerability, what was wrong, and why something was inconclusive. */
export function summarize(runs: readonly Run[]): string {
	const all = runs.flatMap(({said, ...run}) => said.map(item => ({...item, ...run})));
	const names = [...new Set(all.map(({name}) => name))];
	const rows = names.map(name => {
		const own = all.filter(item => item.name === name);
		const counts = statuses.map(status => own.filter(item => item.status === status).length);
		return [
			name,
			...[...counts, ...(['false positive', 'missed'] as const).map(wrong => own.filter(item => item.wrong === wrong).length)].map(String),
		];
	});
	const head = ['vulnerability', ...statuses, 'false positive', 'missed'];
	const widths = head.map((title, index) => Math.max(title.length, ...rows.map(row => row[index]!.length)));
	const table = [head, ...rows].map(row =>
		row.map((cell, index) => (index === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[index]!))).join('  '),
	);
	const configurations = new Set(runs.map(({product, title}) => `${product}: ${title}`));
	return [
		`${runs.length} runs on ${configurations.size} configurations of ${new Set(runs.map(({product}) => product)).size} products`,
		'',
		...table,
		'',
		...wrongLines(all),
		...inconclusiveLines(all),
		...unsteadyLines(runs),
	].join('\n');
}

type Item = Said & Omit<Run, 'said'>;

const wrongLines = (all: readonly Item[]): readonly string[] => {
	const wrong = all.filter(item => item.wrong !== undefined);
	return wrong.length === 0
		? ['nothing was wrong', '']
		: [...wrong.map(({wrong: kind, product, title, name, message}) => `${kind}: ${product}: ${title}: ${name}: ${message}`), ''];
};

/** Messages without what differs from server to server. */
const kindOf = (message: string): string =>
	message
		.replaceAll(/(?:TLS|SSL)_\w+/g, 'SUITE')
		.replaceAll(/(?:TLS|SSL)v[\d.]+/g, 'VERSION')
		.replaceAll(/\d{4,} ms/g, 'N ms')
		.replaceAll(/ and \d+ more/g, '')
		.replaceAll(/(?:VERSION, )+VERSION/g, 'VERSION');

function inconclusiveLines(all: readonly Item[]): readonly string[] {
	const counts = new Map<string, {count: number; where: Set<string>}>();
	for (const {name, message, product, title} of all.filter(({status}) => status === 'inconclusive')) {
		const kind = `${name}: ${kindOf(message)}`;
		const known = counts.get(kind) ?? {count: 0, where: new Set()};
		counts.set(kind, {count: known.count + 1, where: known.where.add(`${product}: ${title}`)});
	}

	const sorted = [...counts].toSorted(([, one], [, other]) => other.count - one.count);
	return [
		'inconclusive',
		...sorted.map(
			([kind, {count, where}]) => `${String(count).padStart(6)}  ${kind}  (${where.size} configurations, such as ${[...where][0]})`,
		),
		'',
	];
}

/** Configurations of which not every round said the same. */
function unsteadyLines(runs: readonly Run[]): readonly string[] {
	const seen = new Map<string, Map<string, number>>();
	for (const {product, title, said} of runs) {
		for (const {name, status} of said) {
			const key = `${product}: ${title}: ${name}`;
			const counts = seen.get(key) ?? new Map<string, number>();
			seen.set(key, counts.set(status, (counts.get(status) ?? 0) + 1));
		}
	}

	const unsteady = [...seen].filter(([, counts]) => counts.size > 1);
	return [
		`not the same in every round: ${unsteady.length} of ${seen.size}`,
		...unsteady.map(([key, counts]) => `  ${key}: ${[...counts].map(([status, count]) => `${status} ${count}`).join(', ')}`),
	];
}
