import {readFileSync} from 'node:fs';
import test from 'ava';
import {parseAllDocuments} from 'yaml';
import {commands} from '../../source/commands/index.js';

const page = readFileSync('docs/scale.md', 'utf8');
const blocks = (language: string): string[] =>
	[...page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(match => match[1]!);

/** Whether a command line has flags alone that its command knows. */
async function unknownFlags(words: readonly string[]): Promise<readonly string[]> {
	const [name = '', ...others] = words;
	const {flags} = (await commands[name]!.load()).default;
	const kebab = (flag: string): string => `--${flag.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
	const known = new Set(Object.keys(flags).map(kebab));
	return others.filter(word => word.startsWith('--') && !known.has(word));
}

test('the unit of systemd starts a worker, and gives it time to end', async t => {
	const [unit = ''] = blocks('ini');
	const sections = new Map<string, Map<string, string>>();
	let section = new Map<string, string>();
	for (const line of unit.split('\n').filter(text => text !== '' && !text.startsWith('#'))) {
		const head = /^\[(\w+)\]$/.exec(line)?.[1];
		const [, name, value] = /^(\w+)=(.+)$/.exec(line) ?? [];
		if (head === undefined) {
			t.truthy(name, line);
			section.set(name!, value!);
		} else {
			section = new Map();
			sections.set(head, section);
		}
	}

	t.deepEqual([...sections.keys()], ['Unit', 'Service', 'Install']);
	const service = sections.get('Service')!;
	const [program, ...words] = service.get('ExecStart')!.split(' ');
	t.is(program, '/usr/bin/tlsprobe');
	t.deepEqual(await unknownFlags(words), []);
	t.is(service.get('KillSignal'), 'SIGTERM');
	t.regex(service.get('TimeoutStopSec')!, /^\d+min$/);
});

test('the deployment of Kubernetes starts workers, and gives them time to end', async t => {
	const [text = ''] = blocks('yaml');
	const [document, ...others] = parseAllDocuments(text);
	t.deepEqual(document!.errors, []);
	t.is(others.length, 0);
	const {kind, spec} = document!.toJS() as {
		kind: string;
		spec: {
			replicas: number;
			selector: {matchLabels: unknown};
			template: {
				metadata: {labels: unknown};
				spec: {terminationGracePeriodSeconds: number; containers: {args: string[]; env: {name: string}[]}[]};
			};
		};
	};
	t.is(kind, 'Deployment');
	t.is(spec.replicas, 20);
	t.deepEqual(spec.selector.matchLabels, spec.template.metadata.labels);
	t.true(spec.template.spec.terminationGracePeriodSeconds >= 60);
	const [container] = spec.template.spec.containers;
	t.deepEqual(await unknownFlags(container!.args), []);
	t.deepEqual(
		container!.env.map(({name}) => name),
		['TLSPROBE_REDIS_PASSWORD'],
	);
});
