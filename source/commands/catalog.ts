import {visible} from '../bytes/hex.js';
import {toJson} from '../bytes/safe-text.js';
import {type Catalog, type CatalogEntry, type Cloud, clouds} from '../catalogs/catalog.js';
import {dueIn} from '../catalogs/due.js';
import {variablesIn} from '../catalogs/fill-in.js';
import {catalogs} from '../catalogs/index.js';
import {listedCatalog} from '../catalogs/listed-catalog.js';
import {isoDay} from '../engine/clock.js';
import {fill, wordsOf} from '../formats/fill.js';
import {makePaint, type TerminalFeatures} from '../formats/paint.js';
import {defineCommand} from './command.js';
import {dueText, readDue} from './probing/due-list.js';
import {planPrinting, printingFlags, withPrinting} from './probing/printing.js';
import {findCatalog, optionFor, readCloud} from './probing/read-catalogs.js';

/** Which lists of endpoints there are, and what is in them. */
export default defineCommand({
	name: 'catalog',
	summary: 'list the endpoint catalogs, and the documented minimum version of each service',
	operands: 'catalogs',
	flags: {cloud: {type: 'string', value: 'clouds'}, due: {type: 'string', value: 'text', alone: 'any'}, ...printingFlags},
	help: `Usage
  $ tlsprobe catalog [NAME|FILE]...
  $ tlsprobe catalog [NAME]... --due [DAY]

Without a name, lists the catalogs and their services, with the documented
minimum version of each, its date and its source. With a name, also shows the
hosts of that catalog in each cloud. No network is used.

  --cloud NAME       only public, usgov or china
  --due [DAY]        only the dates when services stop accepting TLS 1.0 and
                     1.1, from today to a DAY such as 2027-06-01; with
                     hosts, source, and how certain each date is
  --format NAME      text, jsonl or json  [text]
  --json             short for --format jsonl: one line of JSON per catalog,
                     or per service and day
  -o, --output FILE  write to FILE, in the format of its extension: .txt,
                     .jsonl or .json; repeatable
  --no-color         no colours

To probe a catalog: tlsprobe --catalog azure-backup --account your-account

Microsoft 365 publishes its endpoints as JSON. Save
https://endpoints.office.com/endpoints/worldwide?clientrequestid=GUID and name
the file in the same way.

Your own catalog is a JSON file, given with its path or the extension .json:
  | {"name": "ours", "entries": [
  |   {"service": "Shop",
  |    "hosts": ["shop.example.com", "{shard}.example.com:8443"]},
  |   "mail.example.com:465"]}

Exit code
  0 shown  2 wrong usage
`,
	async run(input, values, context) {
		const cloud = values.cloud === undefined ? undefined : readCloud(values.cloud);
		const found = input.length === 0 ? catalogs : await Promise.all(input.map(findCatalog));
		const chosen = cloud === undefined ? found : found.map(catalog => inCloud(catalog, cloud));
		const today = isoDay(Date.now());
		const due = values.due === undefined ? undefined : dueIn(found, {today, until: readDue(values.due, today), cloud});
		return withPrinting(planPrinting(values), context, async print => {
			if (due !== undefined) {
				await print({text: look => dueText(due, look)});
				for (const item of due) {
					await print({json: () => `${toJson(item)}\n`});
				}

				return 0;
			}

			if (input.length === 0) {
				await print({text: look => [...listOf(chosen, look)].join('')});
			}

			for (const catalog of chosen) {
				await print({
					text: input.length === 0 ? undefined : look => pageOf(catalog, cloud, look),
					json: () => `${toJson(listedCatalog(catalog, optionFor))}\n`,
				});
			}

			return 0;
		});
	},
});

/** What a catalog has in one cloud. */
const inCloud = (catalog: Catalog, cloud: Cloud): Catalog => ({
	...catalog,
	entries: catalog.entries.flatMap(entry => {
		const hosts = entry.hosts[cloud];
		return hosts === undefined ? [] : [{...entry, hosts: {[cloud]: hosts}}];
	}),
});

/** Every catalog, and what each of its services documents. A service of several is described where it comes first. */
function* listOf(chosen: readonly Catalog[], look: TerminalFeatures): Generator<string> {
	const shown = new Set<string>();
	for (const {name, title, entries} of chosen) {
		const heading = fill([{text: name, color: 'bold'}, {text: '', gap: 1}, ...wordsOf(title)], look, 6);
		yield `${shown.size === 0 ? '' : '\n'}${heading}`;
		for (const entry of entries) {
			const isShown = shown.has(entry.service);
			shown.add(entry.service);
			const [first, ...rest] = wordsOf(isShown ? 'as above' : `${minimumOf(entry)}; ${entry.source}`, 'dim');
			yield fill([{text: `  ${entry.service}:`}, first!, ...rest], look, 6);
		}
	}
}

const minimumOf = ({minimum, since, isLeftOut}: CatalogEntry): string =>
	isLeftOut === undefined
		? minimum === undefined
			? 'no documented minimum was found'
			: `${minimum}${since === undefined ? '' : `, since ${since}`}`
		: `not probed, ${isLeftOut}`;

function pageOf({name, title, note: about, entries}: Catalog, wanted: string | undefined, look: TerminalFeatures): string {
	const paint = makePaint(look);
	const lines = [
		`${paint('bold', visible(name))}  ${visible(title)}`,
		...(about === undefined ? [] : [fill(wordsOf(about), look).trimEnd()]),
	];
	for (const {service, hosts, minimum, since, source, note, isLeftOut} of entries) {
		lines.push('', paint('bold', visible(service)));
		for (const cloud of clouds.filter(item => wanted === undefined || item === wanted)) {
			lines.push(...(hosts[cloud] ?? []).map(host => `  ${cloud.padEnd(8)} ${visible(host)}`));
		}

		const rows = [
			['minimum', minimum === undefined ? 'not found in its documentation' : `${minimum}${since === undefined ? '' : `, since ${since}`}`],
			['source', source],
			...(note === undefined ? [] : [['note', note]]),
			...(isLeftOut === undefined ? [] : [['left out', isLeftOut]]),
		];
		for (const [name = '', text = ''] of rows) {
			const [first, ...rest] = wordsOf(text);
			lines.push(fill([{text: `  ${name.padEnd(8)}`}, {...first!, gap: 1}, ...rest], look, 11).trimEnd());
		}
	}

	const variables = variablesIn({name, title, entries});
	lines.push(...(variables.length === 0 ? [] : ['', `filled in with ${variables.map(optionFor).join(', ')}`]));
	return `${lines.join('\n')}\n\n`;
}
