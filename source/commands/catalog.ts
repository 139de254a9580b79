import {visible} from '../bytes/hex.js';
import {type Catalog, clouds} from '../catalogs/catalog.js';
import {variablesIn} from '../catalogs/fill-in.js';
import {catalogs} from '../catalogs/index.js';
import {makePaint} from '../formats/paint.js';
import {type Context, defineCommand} from './command.js';
import {findCatalog, optionFor, readCloud} from './probing/read-catalogs.js';

/** Which lists of endpoints there are, and what is in them. */
export default defineCommand({
	name: 'catalog',
	summary: 'list the catalogs of endpoints, and what each service documents of itself',
	flags: {cloud: {type: 'string'}, json: {type: 'boolean'}},
	help: `Usage
  $ tlsprobe catalog [NAME|FILE]...

Without a name it lists the catalogs; with one it shows the endpoints of that
catalog: their hosts in each cloud, the oldest version that the service says it
takes, since when, and which document says so. Nothing is asked of anybody.

  --cloud NAME  only public, usgov or china
  --json        one line of JSON per catalog
  --no-color    no colours

To probe one: tlsprobe --catalog azure-backup --account mystorage

A catalog of your own is a JSON file, named with its folder or ending in .json:
  {"name": "ours", "entries": [
    {"service": "Shop", "hosts": ["shop.example.com", "{shard}.example.com:8443"]},
    "mail.example.com:465"]}

Exit code
  0 shown  2 wrong usage
`,
	async run(input, values, context) {
		const cloud = values.cloud === undefined ? undefined : readCloud(values.cloud);
		const chosen = input.length === 0 ? catalogs : await Promise.all(input.map(findCatalog));
		for (const catalog of chosen) {
			if (values.json) {
				await context.write(
					`${JSON.stringify({...catalog, variables: variablesIn(catalog).map(name => ({name, option: optionFor(name)}))})}\n`,
				);
			} else {
				await context.write(input.length === 0 ? lineOf(catalog, context) : pageOf(catalog, cloud, context));
			}
		}

		return 0;
	},
});

function lineOf({name, title, entries}: Catalog, {look}: Context): string {
	const minimums = entries.filter(({minimum}) => minimum !== undefined).length;
	return `${makePaint(look)('bold', name.padEnd(20))} ${title}; ${entries.length} ${entries.length === 1 ? 'service' : 'services'}, ${minimums} with a documented minimum\n`;
}

function pageOf({name, title, entries}: Catalog, wanted: string | undefined, {look}: Context): string {
	const paint = makePaint(look);
	const lines = [`${paint('bold', visible(name))}  ${visible(title)}`];
	for (const {service, hosts, minimum, since, source, note, isLeftOut} of entries) {
		lines.push('', paint('bold', visible(service)));
		for (const cloud of clouds.filter(item => wanted === undefined || item === wanted)) {
			lines.push(...(hosts[cloud] ?? []).map(host => `  ${cloud.padEnd(7)} ${visible(host)}`));
		}

		lines.push(
			`  minimum ${minimum === undefined ? 'not documented, as far as was found' : visible(`${minimum}${since === undefined ? '' : `, since ${since}`}`)}`,
		);
		lines.push(`  source  ${visible(source)}`);
		lines.push(...(note === undefined ? [] : [`  note    ${visible(note)}`]));
		lines.push(...(isLeftOut === undefined ? [] : [`  not probed: ${visible(isLeftOut)}`]));
	}

	const variables = variablesIn({name, title, entries});
	lines.push(...(variables.length === 0 ? [] : ['', `filled in with ${variables.map(optionFor).join(', ')}`]));
	return `${lines.join('\n')}\n\n`;
}
