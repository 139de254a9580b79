import test from 'ava';
import {makeFolder, readResults} from '../helpers/lists.js';
import {startNameServer} from '../helpers/name-server.js';
import {runInFolder} from '../helpers/run-in-folder.js';
import {runInProcess} from '../helpers/run-in-process.js';
import {startTlsServer} from '../helpers/tls-server.js';

const compliant = {minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3'} as const;

const refusals: readonly (readonly [argv: readonly string[], message: RegExp])[] = [
	[[], /^name a host, such as/],
	[['--'], /^name a host, such as/],
	[[''], /^a target is empty/],
	[['a.example', ''], /^a target is empty/],
	// Too long for the name of a file.
	[['a'.repeat(5000)], /^"a+": /],
	[['chekc'], /did you mean tlsprobe check\? For a host of that name write chekc:443$/],
	[['Cataloge'], /did you mean tlsprobe catalog\?/],
	[['help', 'chekc'], /did you mean tlsprobe help check\?$/],
	[['help', 'nothing-like-it'], /tlsprobe help lists them$/],
	[['completion'], /^name a shell: tlsprobe completion bash\|zsh\|fish\|powershell$/],
	[['schema', 'windos'], /^schema takes result, check, .*, not "windos"; did you mean windows\?$/],
	[['schema', 'diff', 'clients'], /^schema prints one schema at a time; leave out "clients"$/],
	[['completions'], /^there is no command completions; did you mean tlsprobe completion\? For a host of that name write completions:443$/],
	[['version'], /^there is no command version; tlsprobe --version prints the version\. For a host of that name write version:443$/],
	[['-'], /^"-" is not a host; to probe the targets of a list on standard input: tlsprobe --hosts -$/],
	[['127.0.0.1:-1'], /^"127\.0\.0\.1:-1": not a port from 1 to 65535: "-1"$/],
	[['127.0.0.1:443-445'], /^"127\.0\.0\.1:443-445": a range of ports, 443-445; list them with commas, as in host:443,8443$/],
	[['hosts.txt'], /^hosts\.txt is a file; to probe its targets: tlsprobe --hosts hosts\.txt$/],
	[['my hosts.txt'], /^my hosts\.txt is a file; to probe its targets: tlsprobe --hosts "my hosts\.txt"$/],
	[['C:\\none\\hosts.txt'], /^C:\\none\\hosts\.txt is a path of Windows, not a host; .*tlsprobe --hosts FILE$/],
	[['./hosts.txt'], /^\.\/hosts\.txt is a file;/],
	[['a.example', 'hosts.txt'], /^hosts\.txt is a file;/],
	[['--hosts', 'hosts.txt', 'hosts.txt'], /^hosts\.txt is a file;/],
	[['targets'], /^targets is a file;/],
	[['export.reg'], /tlsprobe windows export\.reg$/],
	[['tlsprobe.yaml'], /tlsprobe check tlsprobe\.yaml$/],
	[['clients', 'hosts.txt'], /^hosts\.txt is a file;/],
	[['help', 'check', 'diff'], /^help shows one command at a time; leave out "diff"$/],
	[['check', '--init', '-o', '-', '127.0.0.1:1'], /^--output takes the name of a file/],
	[['explain', ''], /^the name of a file is empty/],
	[['windows', '--os', 'Windows 3.1'], /; did you mean windows-8\.1\? names: windows-xp,/],
	[['-k', 'a.example'], /^unknown option -k; leave it out/],
	[['-p', '443', 'a.example'], /^unknown option -p; the port follows the host: HOST:PORT$/],
	[['--port', '443', 'a.example'], /^unknown option --port; the port follows the host/],
	[['--sni', 'b.example', 'a.example'], /^unknown option --sni; .*--servername NAME$/],
	[['--insecure', 'a.example'], /^unknown option --insecure; leave it out/],
	[['--verbose', 'a.example'], /^unknown option --verbose; --explain/],
	[['-v', 'a.example'], /^unknown option -v; --explain/],
	[['-connect', 'a.example:443'], /^unknown option -connect; name the host without an option/],
	[['-servername', 'a.example'], /^unknown option -servername; did you mean --servername\?$/],
	[['-tls1_2', 'a.example'], /^unknown option -tls1_2; .*--versions/],
	[['\u2014json', 'a.example'], /; write --json$/],
	[['--Versions', '1.2', 'a.example'], /; did you mean --versions\?$/],
	[['-46', 'a.example'], /^-4 and -6 together leave no address/],
	[['-o', '-q', 'a.example'], /^--output needs a value/],
	[['listen', '-p1', '-p2'], /^--port is given more than once/],
	[['-iL', 'list'], /^unknown option -iL; .*--hosts FILE$/],
	[['--starttls-smtp', 'a.example'], /^unknown option --starttls-smtp; write --starttls smtp$/],
	[['--silent', 'a.example'], /^unknown option --silent; .*--quiet$/],
	[['catalog', '-q'], /^unknown option -q; this command prints only its result$/],
	[['--resolve', 'a.example:443:0.0.0.0', 'a.example'], /^--resolve: 0\.0\.0\.0 is not the address of a server/],
	[['--quiet', '--progress', '--hosts', 'hosts.txt'], /^--quiet and --progress cannot be used together/],
];

const fileNames: readonly string[] = ['hosts.txt', 'my hosts.txt', 'targets', 'export.reg', 'tlsprobe.yaml'];

for (const [argv, message] of refusals) {
	test(`${JSON.stringify(argv)} gets advice on what to write instead`, async t => {
		const file = makeFolder(t);
		for (const name of fileNames) {
			file(name, 'a.example\n');
		}

		const hasFile = argv.some(word => fileNames.includes(word.replace('./', '')));
		const {code, stdout, stderr} = await (hasFile ? runInFolder(argv, {cwd: file('.')}) : runInProcess(argv));
		t.is(code, 2);
		t.is(stdout, '');
		t.regex(stderr, /^tlsprobe: [^\n]+\n$/);
		t.regex(stderr.slice('tlsprobe: '.length, -1), message);
	});
}

test('help shows what --help shows', async t => {
	t.deepEqual(await runInProcess(['help']), await runInProcess(['--help']));
	t.deepEqual(await runInProcess(['help', 'check']), await runInProcess(['check', '--help']));
	t.is((await runInProcess(['help', 'help'])).code, 0);
});

test('hosts whose names are like those of commands or files are probed with their port, behind -- or where no file is', async t => {
	const {port} = await startTlsServer(t, compliant);
	const resolve = (host: string): readonly string[] => ['--json', '--resolve', `${host}:${port}:127.0.0.1`];
	for (const host of ['lab', 'help', 'chekc', 'completion', 'lab1', 'hosts.txt']) {
		const {code, stdout} = await runInProcess([...resolve(host), `${host}:${port}`]);
		t.is(code, 0, host);
		t.is(readResults(stdout)[0]!.host, host);
	}

	const {stdout} = await runInProcess(['--json', '--resolve', 'chekc:443:127.0.0.1', '--retries', '0', '--timeout', '1s', '--', 'chekc']);
	t.is(readResults(stdout)[0]!.target, 'chekc:443');
});

test('a name that its name server blocks is never a pass, and nothing is connected to', async t => {
	const server = await startTlsServer(t, compliant);
	const names = await startNameServer(t, {'blocked.example': {A: ['0.0.0.0']}});
	const target = `blocked.example:${server.port}`;
	for (const argv of [[target], ['--hosts', '-', target]]) {
		const {code, stdout} = await runInProcess(['--json', '--dns', names.address, ...argv]);
		t.is(code, 3);
		t.like(readResults(stdout)[0]!, {address: null, reason: 'blocked-by-dns', problem: '0.0.0.0', verdict: 'inconclusive'});
	}

	const {stdout} = await runInProcess(['--dns', names.address, target]);
	t.regex(stdout, /DNS blocks the name: it resolves to 0\.0\.0\.0/);
	t.deepEqual(server.serverNames, []);
});

const colors: readonly (readonly [value: string, isColored: boolean])[] = [
	['', true],
	['1', true],
	['2', true],
	['3', true],
	['true', true],
	['0', false],
	['false', false],
	['other', false],
];

for (const [value, isColored] of colors) {
	test(`FORCE_COLOR=${value} is ${isColored ? 'colours' : 'none'}, and --no-color none either way`, async t => {
		const environment = {FORCE_COLOR: value};
		t.is((await runInProcess(['catalog'], {environment})).stdout.includes('\u001B['), isColored);
		t.false((await runInProcess(['catalog', '--no-colour'], {environment})).stdout.includes('\u001B['));
	});
}
