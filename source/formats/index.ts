import type {Format} from './format.js';

type Listed = {
	/** What tells it by the name of a file; undefined where it has to be named. */
	readonly extension: string | undefined;
	/** Whether it holds the bytes of a report that has them. */
	readonly hasEvidence: boolean;
	readonly load: () => Promise<{readonly default: Format}>;
};

/** Every format by its name. Each is loaded when it is wanted. */
export const formats = {
	table: {extension: undefined, hasEvidence: false, load: () => import('./table.js')},
	lines: {extension: undefined, hasEvidence: false, load: () => import('./lines.js')},
	rules: {extension: undefined, hasEvidence: false, load: () => import('./rules.js')},
	jsonl: {extension: '.jsonl', hasEvidence: true, load: () => import('./jsonl.js')},
	json: {extension: '.json', hasEvidence: true, load: () => import('./json.js')},
	csv: {extension: '.csv', hasEvidence: false, load: () => import('./csv.js')},
	junit: {extension: '.xml', hasEvidence: false, load: () => import('./junit.js')},
	sarif: {extension: '.sarif', hasEvidence: false, load: () => import('./sarif.js')},
	github: {extension: undefined, hasEvidence: false, load: () => import('./github.js')},
	markdown: {extension: '.md', hasEvidence: false, load: () => import('./markdown.js')},
	tap: {extension: '.tap', hasEvidence: false, load: () => import('./tap.js')},
	prometheus: {extension: '.prom', hasEvidence: false, load: () => import('./prometheus.js')},
	nagios: {extension: undefined, hasEvidence: false, load: () => import('./nagios.js')},
	html: {extension: '.html', hasEvidence: true, load: () => import('./html.js')},
} as const satisfies Readonly<Record<string, Listed>>;

export type FormatName = keyof typeof formats;

export const formatNames = Object.keys(formats) as readonly FormatName[];

export const loadFormat = async (name: FormatName): Promise<Format> => (await formats[name].load()).default;

/** The format that a file's name says. */
export const formatByExtension = (path: string): FormatName | undefined =>
	formatNames.find(name => formats[name].extension !== undefined && path.toLowerCase().endsWith(formats[name].extension));
