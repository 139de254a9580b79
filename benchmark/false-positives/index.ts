/**
Whether the probe `vulnerabilities` says of sound servers what is not so: it is run several times on every configuration of the servers in
test/helpers/peers/products, and compared with what a second prober finds.

`npm run bench:false-positives` takes an hour. `-- --only nginx --rounds 1` runs the configurations whose name has this; `--save FILE` adds each run to a
file of JSON lines, so that parts can be run one after another; `--summary FILE` prints the counts of such a file.
*/
import {appendFileSync, readFileSync} from 'node:fs';
import process from 'node:process';
import {parseArgs} from 'node:util';
import {libraryProducts} from '../../test/helpers/peers/products/libraries.js';
import {opensslProducts} from '../../test/helpers/peers/products/openssl.js';
import {runtimeProducts} from '../../test/helpers/peers/products/runtimes.js';
import {type Extent, runProduct} from './run-product.js';
import {type Run, summarize} from './summary.js';

const {values} = parseArgs({
	options: {
		rounds: {type: 'string', default: '10'},
		only: {type: 'string', multiple: true},
		'at-once': {type: 'string', default: '4'},
		save: {type: 'string'},
		summary: {type: 'string'},
	},
});

if (values.summary === undefined) {
	await runAll();
} else {
	const lines = readFileSync(values.summary, 'utf8').split('\n').filter(Boolean);
	print(summarize(lines.map(line => JSON.parse(line) as Run)));
}

async function runAll(): Promise<void> {
	const runs: Run[] = [];
	const extent: Extent = {
		rounds: Number(values.rounds),
		atOnce: Number(values['at-once']),
		isMeant: name => values.only === undefined || values.only.some(part => name.includes(part)),
		onRun(run) {
			runs.push(run);
			process.stderr.write(`${run.product}: ${run.title}: ${run.round}\n`);
			if (values.save !== undefined) {
				appendFileSync(values.save, `${JSON.stringify(run)}\n`);
			}
		},
		onError(name, error) {
			process.exitCode = 1;
			process.stderr.write(`${name}: ${error instanceof Error ? error.stack : error}\n`);
		},
	};
	for (const withProduct of [...opensslProducts, ...runtimeProducts, ...libraryProducts]) {
		await withProduct(product => runProduct(product, extent));
	}

	print(summarize(runs));
	if (runs.some(({said}) => said.some(({wrong}) => wrong !== undefined))) {
		process.exitCode = 1;
	}
}

function print(text: string): void {
	process.stdout.write(`${text}\n`);
}
