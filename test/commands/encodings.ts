import {readFileSync} from 'node:fs';
import test from 'ava';
import {makeFolder} from '../helpers/lists.js';
import {startPeer} from '../helpers/one-peer.js';
import {runInProcess} from '../helpers/run-in-process.js';
import {crlf, encodings} from '../helpers/windows-wine/cases/encodings.js';

type Input = {
	readonly title: string;
	readonly text: (target: string) => string | Promise<string>;
	readonly name: string;
	readonly argv: (file: string, target: string) => readonly string[];
};

/** Files that programs of Windows write as UTF-16, or as UTF-8 with a mark. */
const inputs: readonly Input[] = [
	{
		title: 'a report of tlsprobe windows',
		text: async () => (await runInProcess(['windows', '--os', '2019', '--client', 'schannel', '--json'])).stdout,
		name: 'report.json',
		argv: (file, target) => ['clients', '--from', file, target],
	},
	{
		title: 'a catalog',
		text: target => JSON.stringify({name: 'ours', title: 'ours', entries: [target]}),
		name: 'ours.json',
		argv: file => ['--catalog', file],
	},
	{
		title: 'authorities',
		text: () => readFileSync('fixtures/certificates/localhost.pem', 'utf8'),
		name: 'ca.pem',
		argv: (file, target) => [target, '--ca', file, '--versions', '1.2'],
	},
	{
		title: 'a configuration of a server',
		text: target => crlf(['events {}', `http { server { listen ${target} ssl; ssl_protocols TLSv1.2 TLSv1.3; } }`]),
		name: 'nginx.conf',
		argv: file => ['check', '--config', file],
	},
	{title: 'a list', text: target => crlf([target]), name: 'hosts.txt', argv: file => ['--hosts', file, '--versions', '1.2']},
	{title: 'expectations', text: target => crlf(['endpoints:', `  - ${target}`]), name: 'tlsprobe.yaml', argv: file => ['check', file]},
	{
		title: 'earlier results',
		text: async target => (await runInProcess([target, '--json', '--versions', '1.2'])).stdout,
		name: 'old.jsonl',
		argv: file => ['diff', file],
	},
];

for (const {title, text, name, argv} of inputs) {
	for (const [encoding, encode] of Object.entries(encodings)) {
		test(`${title} in ${encoding}`, async t => {
			const target = await startPeer(t, 'compliant');
			const file = makeFolder(t)(name, encode((await text(target)).replaceAll(/\r?\n/g, '\r\n')));
			const {code, stderr} = await runInProcess([...argv(file, target), '--quiet']);
			t.deepEqual([code, stderr], [0, '']);
		});
	}
}
