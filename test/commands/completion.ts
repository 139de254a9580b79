import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {setFlagsFromString} from 'node:v8';
import test, {type ExecutionContext} from 'ava';
import {findClients} from '../../source/clients/find-clients.js';
import type {Flag} from '../../source/commands/command.js';
import {describeCommands} from '../../source/commands/describing/describe-commands.js';
import type {NamedKind} from '../../source/commands/describing/value-kind.js';
import {valueWords} from '../../source/commands/describing/value-words.js';
import {commands} from '../../source/commands/index.js';
import {isTopicWord} from '../../source/commands/probing/topic-word.js';
import {commonFlags, optionOf} from '../../source/commands/read-flags.js';
import {readVersions} from '../../source/commands/read-values.js';
import {parseAlpn} from '../../source/exchange/parse-alpn.js';
import {parseTopic} from '../../source/formats/explaining/topic.js';
import {parseProbes} from '../../source/probes/probe-words.js';
import {parseOperatingSystem} from '../../source/windows/operating-systems.js';
import {makeFolder, nobody} from '../helpers/lists.js';
import {needsTool} from '../helpers/needs-tool.js';
import {runInProcess} from '../helpers/run-in-process.js';

const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;

const scriptOf = async (shell: string): Promise<string> => (await runInProcess(['completion', shell])).stdout;

/** The options that the declaration of each command has, as they are written. */
const declared = new Map(
	await Promise.all(
		Object.keys(commands).map(async name => {
			const {flags} = (await commands[name]!.load()).default;
			return [name, Object.entries<Flag>({...flags, ...commonFlags}).flatMap(([flag, spec]) => spellings(flag, spec))] as const;
		}),
	),
);

function spellings(name: string, flag: Flag): string[] {
	const isNegatable = flag.type === 'string' ? flag.isNegatable : /^colou?r$/.test(name);
	return [...(flag.shortFlag ? [`-${flag.shortFlag}`] : []), optionOf(name), ...(isNegatable ? [`--no-${name}`] : [])];
}

const described = await describeCommands(commands);

test('every option that a command declares is in its description, and says what it is for', t => {
	for (const [command, options] of declared) {
		const found = described.find(({name}) => name === command)!.options;
		t.deepEqual(found.flatMap(option => option.spellings).toSorted(), options.toSorted(), command);
		t.deepEqual(
			found.filter(({text}) => !/[\w)"/]( \.\.\.)?$/.test(text)).map(item => item.spellings),
			[],
			`${command}: describe each in its help or in that of tlsprobe`,
		);
	}
});

test('what stands for a value in the help is known to completions, and what has no value has none', t => {
	for (const {name, options} of described) {
		t.deepEqual(
			options.filter(({value}) => value?.placeholder === 'VALUE').map(item => `${name} ${item.spellings.join(' ')}`),
			[],
		);
	}
});

/** The part of a script that is about a command. */
const partOf: Readonly<Record<(typeof shells)[number], (script: string, command: string) => string>> = {
	bash: (script, command) => new RegExp(`^\\t\\t${command}\\) _tlsprobe_words .*$`, 'm').exec(script)![0],
	zsh: (script, command) => new RegExp(`^\\t${command}\\)\\n\\t\\t_arguments[^;]*(?:;(?!;)[^;]*)*;;$`, 'm').exec(script)![0],
	fish: (script, command) => [...script.matchAll(new RegExp(`^complete .*__tlsprobe_is (?:[a-z ]+ )?${command}[ '].*$`, 'gm'))].join('\n'),
	powershell: (script, command) => new RegExp(`^\\t\\t'${command}' = \\[ordered\\]@\\{$[^}]*\\}`, 'm').exec(script)![0],
};

for (const shell of shells) {
	test(`the script for ${shell} has every option of every command`, async t => {
		const script = await scriptOf(shell);
		for (const [command, options] of declared) {
			const part = partOf[shell](script, command);
			const has = (option: string): boolean => {
				const written = shell === 'fish' ? (option.startsWith('--') ? `-l ${option.slice(2)}` : `-s ${option.slice(1)}`) : option;
				return new RegExp(`(?<![\\w-])${written}(?![\\w-])`).test(part);
			};
			t.deepEqual(
				options.filter(option => !has(option)),
				[],
				command,
			);
		}
	});

	test(`the script for ${shell} has every word of every value, and does not run tlsprobe`, async t => {
		const script = await scriptOf(shell);
		for (const word of Object.values(valueWords).flat()) {
			t.true(script.includes(word), word);
		}

		t.notRegex(script, /[$<]\(tlsprobe|^\s*tlsprobe /m);
	});

	if (shell !== 'powershell' && needsTool(`the script for ${shell} is well written`, [shell])) {
		test(`the script for ${shell} is well written`, async t => {
			const {status, stderr} = spawnSync(shell, ['-n', makeFolder(t)('script', await scriptOf(shell))], {encoding: 'utf8'});
			t.deepEqual({status, stderr}, {status: 0, stderr: ''});
		});
	}
}

test('no word means something to a shell', t => {
	t.deepEqual(
		Object.values(valueWords)
			.flat()
			.filter(word => !/^[\w.+/=-]+$/.test(word)),
		[],
	);
});

test('the script for powershell is well written', async t => {
	// Node.js would optimise the functions of the grammar, which takes 15 seconds of processor time and parses no faster here.
	setFlagsFromString('--liftoff-only');
	// It is CommonJS, whatever its types say.
	const require = createRequire(import.meta.url);
	const {Parser, Language} = require('@vscode/tree-sitter-wasm') as typeof import('@vscode/tree-sitter-wasm');
	await Parser.init();
	const parser = new Parser();
	parser.setLanguage(await Language.load(readFileSync(require.resolve('@vscode/tree-sitter-wasm/wasm/tree-sitter-powershell.wasm'))));
	const isWrong = (text: string): boolean => parser.parse(text)!.rootNode.hasError;
	const script = await scriptOf('powershell');
	t.false(isWrong(script));
	t.true(isWrong(script.replace('if ($isFirst)', 'if ($isFirst')), 'what is wrong is found');
});

/** The candidates of each command line, by the function that the script defines, in one shell. */
async function inBash(t: ExecutionContext, all: readonly (readonly string[])[]): Promise<readonly (readonly string[])[]> {
	const calls = all.map(words => {
		const quoted = words.map(word => `'${word}'`).join(' ');
		return `COMP_WORDS=(${quoted}) COMP_CWORD=${words.length - 1} COMPREPLY=()\n_tlsprobe\nprintf '%s\\n' "\${COMPREPLY[@]}"\n`;
	});
	return answersOf(t, 'bash', ['--noprofile', '--norc'], await scriptOf('bash'), calls);
}

async function inFish(t: ExecutionContext, all: readonly (readonly string[])[]): Promise<readonly (readonly string[])[]> {
	const calls = all.map(words => `complete -C '${words.join(' ')}'\n`);
	const answers = await answersOf(t, 'fish', ['--no-config'], await scriptOf('fish'), calls);
	return answers.map(lines => lines.map(line => line.split('\t')[0]!.replace(/(?<=^--[\w-]+)=$/, '')));
}

const mark = '-- next --';

/** The lines that each call prints, after a script. */
function answersOf(
	t: ExecutionContext,
	shell: string,
	options: readonly string[],
	script: string,
	calls: readonly string[],
): readonly (readonly string[])[] {
	const text = [script, ...calls].join(`\nprintf '%s\\n' '${mark}'\n`);
	const {stdout, stderr, status} = spawnSync(shell, [...options, makeFolder(t)('script', text)], {encoding: 'utf8'});
	t.deepEqual({status, stderr}, {status: 0, stderr: ''});
	return stdout
		.split(`${mark}\n`)
		.slice(1)
		.map(answer => answer.trim().split('\n'));
}

/** Everything that is offered there. */
const offered: readonly (readonly [words: readonly string[], candidates: readonly string[]])[] = [
	[
		['tlsprobe', ''],
		[...Object.keys(commands), 'help'],
	],
	[['tlsprobe', '--policy', 'pci-dss,mozilla-'], valueWords.policies.filter(name => /^mozilla-/.test(name)).map(name => `pci-dss,${name}`)],
	[['tlsprobe', '--versions', ''], valueWords.versions],
	[['tlsprobe', '--only', 'pass,fail,'], ['pass,fail,inconclusive']],
	[['tlsprobe', 'check', '--expect', ''], valueWords.policies],
	[['tlsprobe', 'clients', '--client', 'java-8'], valueWords.clients.filter(name => name.startsWith('java-8'))],
	[['tlsprobe', 'listen', '--answer', ''], valueWords.answers],
	[['tlsprobe', 'explain', '--format', ''], ['text']],
	[
		['tlsprobe', 'help', 'l'],
		['listen', 'lab'],
	],
	[
		['tlsprobe', 'windows', '--server', 'iis,s'],
		['iis,schannel', 'iis,sql-server'],
	],
	[
		['tlsprobe', 'schema', 'cl'],
		['clients', 'clients-list'],
	],
	[['tlsprobe', 'lab', '--pe'], ['--peer']],
];

for (const [shell, complete] of [
	['bash', inBash],
	['fish', inFish],
] as const) {
	if (needsTool(`${shell} offers what there is`, [shell])) {
		test(`${shell} offers what there is`, async t => {
			const found = await complete(
				t,
				offered.map(([words]) => words),
			);
			t.is(found.length, offered.length);
			for (const [index, [words, candidates]] of offered.entries()) {
				t.deepEqual(found[index]!.toSorted(), candidates.toSorted(), words.join(' '));
			}
		});

		test(`${shell} offers every option of every command`, async t => {
			const found = await complete(
				t,
				[...declared.keys()].map(command => ['tlsprobe', command, '--']),
			);
			t.is(found.length, declared.size);
			for (const [index, [command, options]] of [...declared].entries()) {
				t.deepEqual([...new Set(found[index])].toSorted(), options.filter(option => option.startsWith('--')).toSorted(), command);
			}
		});
	}
}

for (const [argv, message] of [
	[[], 'tlsprobe: name a shell: tlsprobe completion bash|zsh|fish|powershell\n'],
	[['bash', 'zsh'], 'tlsprobe: completion prints one script at a time; leave out "zsh"\n'],
	[['csh'], 'tlsprobe: completion takes bash, zsh, fish, powershell, not "csh"; did you mean zsh?\n'],
] as const) {
	test(`tlsprobe completion ${argv.join(' ')}: says what to write`, async t => {
		const {code, stdout, stderr} = await runInProcess(['completion', ...argv]);
		t.deepEqual({code, stdout, stderr}, {code: 2, stdout: '', stderr: message});
	});
}

const takes: Readonly<Partial<Record<NamedKind, (word: string) => boolean>>> = {
	clients: word => findClients(word).length > 0,
	probes: word => parseProbes([word]).kind === 'probes',
	protocols: word => parseAlpn(word).kind === 'alpn',
	topics: word => isTopicWord(word) && 'topic' in parseTopic(word),
	versions: word => readVersions([word]).length > 0,
	'windows-versions': word => parseOperatingSystem(word)?.name === word,
};

for (const [kind, isTaken] of Object.entries(takes) as [NamedKind, (word: string) => boolean][]) {
	test(`${kind}: every word that is offered is taken`, t => {
		t.deepEqual(
			valueWords[kind].filter(word => !isTaken(word)),
			[],
		);
	});
}

const onWindows = ['windows', '--os', 'windows-server-2012'];

for (const [option, kind, argv] of [
	['--arch', 'architectures', onWindows],
	['--role', 'roles', onWindows],
	['--client', 'windows-clients', onWindows],
	['--server', 'windows-servers', onWindows],
	['--service', 'windows-services', onWindows],
	['--switch', 'switches', onWindows],
	['--format', 'text-formats', onWindows],
	['--format', 'explain-formats', ['explain', 'fixtures/flows/openssl-tls10-to-tls13/004-TLSv1.3-short.flow']],
] as const) {
	test(`${argv[0]} ${option}: every word that is offered is taken, and no other`, async t => {
		for (const word of valueWords[kind]) {
			t.not((await runInProcess([...argv, `${option}=${word}`])).code, 2, word);
		}

		t.is((await runInProcess([...argv, `${option}=none`])).code, 2);
	});
}

for (const [option, kind, argv] of [
	['--answer', 'answers', ['listen', '--port', '0', '--count', '1']],
	['--addresses', 'addresses', [nobody]],
	['--proxy-protocol', 'proxy-protocols', [nobody]],
	['--only', 'verdicts', [nobody]],
	['--format', 'formats', [nobody]],
	['--policy', 'policies', [nobody]],
	['--starttls', 'starttls', [nobody]],
	['--format', 'baseline-formats', ['baseline', nobody, '-o', 'none.jsonl']],
	['--cloud', 'clouds', ['--catalog', 'azure-backup']],
	['--config-type', 'products', ['check', '--config', 'package.json']],
] as const) {
	test(`${argv[0]} ${option}: what is offered is what the refusal of another word names`, async t => {
		const {code, stderr} = await runInProcess([...argv, `${option}=none`]);
		t.is(code, 2);
		t.deepEqual(
			valueWords[kind].filter(word => !new RegExp(`(?<![\\w-])${word.replaceAll('.', '\\.')}(?![\\w-])`).test(stderr)),
			[],
			stderr,
		);
	});
}
