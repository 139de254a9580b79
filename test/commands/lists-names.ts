import test from 'ava';
import {gists, lines, makeFolder, readResults} from '../helpers/lists.js';
import {startNameServer} from '../helpers/name-server.js';
import {runInProcess} from '../helpers/run-in-process.js';

const briefly = ['--versions', '1.2', '--retries', '0', '--timeout', '3s'];

test('--dns asks the given server for both families, each name once', async t => {
	const server = await startNameServer(t, {
		'one.example': {A: ['127.0.0.1']},
		'both.example': {A: ['127.0.0.2'], AAAA: ['::1']},
		'several.example': {A: ['127.0.0.3', '127.0.0.4']},
	});
	const input = lines(['one.example:1', 'both.example:1', 'several.example:1', 'one.example:2', 'one.example:3', 'BOTH.example.:2']);
	const {stdout} = await runInProcess(['--hosts', '-', '--json', '--dns', server.address, ...briefly], {input});
	const refused = 'inconclusive inconclusive:unreachable';
	t.deepEqual(
		gists(stdout).filter(line => !line.includes('::1')),
		[
			`both.example:1 127.0.0.2 ${refused}`,
			`both.example:2 127.0.0.2 ${refused}`,
			`one.example:1 127.0.0.1 ${refused}`,
			`one.example:2 127.0.0.1 ${refused}`,
			`one.example:3 127.0.0.1 ${refused}`,
			`several.example:1 127.0.0.3 ${refused}`,
			`several.example:1 127.0.0.4 ${refused}`,
		],
	);
	t.deepEqual(server.asked.toSorted(), [
		'A both.example',
		'A one.example',
		'A several.example',
		'AAAA both.example',
		'AAAA one.example',
		'AAAA several.example',
	]);
});

test('a name that does not exist, a server that is silent, and garbage are distinguished', async t => {
	const server = await startNameServer(t, {
		'empty.example': {},
		'silent.example': 'silent',
		'garbage.example': 'garbage',
		'half.example': {A: ['127.0.0.1'], AAAA: 'garbage'},
	});
	const names = ['gone.example', 'empty.example', 'silent.example', 'garbage.example', 'half.example'];
	const argv = ['--hosts', '-', '--json', '--ordered', '--dns', server.address, '--versions', '1.2', '--retries', '0', '--timeout', '3s'];
	const {code, stdout} = await runInProcess(argv, {input: lines(names.map(name => `${name}:1`))});
	t.deepEqual(
		readResults(stdout).map(({host, reason, address}) => `${host} ${reason ?? address}`),
		[
			'gone.example name-not-found',
			'empty.example name-not-found',
			'silent.example name-lookup-failed',
			'garbage.example name-lookup-failed',
			'half.example 127.0.0.1',
		],
	);
	t.is(code, 3);
});

test('names without an answer do not hold up the others', async t => {
	const silent = Array.from({length: 20}, (_, index) => `silent-${index}.example`);
	const good = Array.from({length: 20}, (_, index) => `good-${index}.example`);
	const server = await startNameServer(t, {
		...Object.fromEntries(silent.map(name => [name, 'silent' as const])),
		...Object.fromEntries(good.map(name => [name, {A: ['127.0.0.1']}])),
	});
	const input = lines([...silent, ...good].map(name => `${name}:1`));
	const argv = ['--hosts', '-', '--json', '--dns', server.address, ...briefly];
	const {stdout} = await runInProcess(argv, {input});
	const hosts = readResults(stdout).map(({host}) => host);
	t.deepEqual(hosts.slice(0, 20).toSorted(), good.toSorted());
	t.is(hosts.length, 40);
});

test('the hosts file counts before the server', async t => {
	const server = await startNameServer(t, {localhost: {A: ['127.9.9.9']}});
	const {stdout} = await runInProcess(['--hosts', '-', '--json', '--dns', server.address, ...briefly], {input: 'localhost:1\n'});
	const results = readResults(stdout);
	t.true(results.length > 0 && results.every(({address}) => address === '127.0.0.1' || address === '::1'));
	t.deepEqual(server.asked, []);
});

test('a list may hold many names of one server', async t => {
	const names = Array.from({length: 1000}, (_, index) => `host-${index}.example`);
	const server = await startNameServer(t, Object.fromEntries(names.map(name => [name, {A: ['127.0.0.1']}])));
	const at = makeFolder(t);
	const {stdout} = await runInProcess([
		'--hosts',
		at('list', lines(names.map(name => `${name}:1`))),
		'--json',
		'--dns',
		server.address,
		...briefly,
	]);
	t.is(new Set(gists(stdout)).size, 1000);
	t.deepEqual([...new Set(readResults(stdout).map(({address}) => address))], ['127.0.0.1']);
});
