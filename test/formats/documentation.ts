import {readFileSync} from 'node:fs';
import test from 'ava';
import type {TargetResult} from '../../source/engine/probe-target.js';
import {formatNames, formats} from '../../source/formats/index.js';
import {rendered} from '../helpers/formats.js';

const text = readFileSync('docs/formats.md', 'utf8');
const read = (name: string): string => readFileSync(`fixtures/reports/${name}.json`, 'utf8');
const results = [read('fail-old-versions').replaceAll('server.example.com', 'old.example.com'), read('inconclusive-silent')].map(
	json => JSON.parse(json) as TargetResult,
);

for (const name of formatNames) {
	test(`${name}: its sample is what it prints, in that order`, async t => {
		const sample = new RegExp(`^## ${name}\\n(?:(?!## )(?!\`\`\`).*\\n)*\`\`\`\\n([\\s\\S]*?)\\n\`\`\`$`, 'm').exec(text)?.[1];
		t.truthy(sample);
		const printed = await rendered(name, results);
		const missing: string[] = [];
		let place = 0;
		for (const line of sample!.split('\n').filter(item => item !== '...')) {
			const found = printed.indexOf(line.replace(/(?<=\S)\.\.\.$/, ''), place);
			if (found === -1) {
				missing.push(line);
			} else {
				place = found;
			}
		}

		t.deepEqual(missing, []);
	});

	test(`${name}: it is in the table, with its file`, t => {
		const {extension} = formats[name];
		t.regex(text, new RegExp(`^\\| \`${name}\`.*\\| ${extension === undefined ? '' : `\`${extension.replace('.', '\\.')}\` `}\\| `, 'm'));
	});
}
